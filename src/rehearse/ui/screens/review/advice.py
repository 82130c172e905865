"""The advice on one answer, cut to the room that its review has for it."""

from dataclasses import replace

from textual.content import Content
from textual.geometry import Size

from rehearse.domain.advice import advice_on, follow_up_section
from rehearse.domain.answer import Answer
from rehearse.domain.guide import Guide, Section
from rehearse.services.replay import can_be_heard
from rehearse.services.studio import Studio
from rehearse.ui.glyphs import shortened
from rehearse.ui.unbroken import joined
from rehearse.ui.wording import offer_line

LOW = 32
"""Rows under which the advice gets two lines; see the style sheet."""
WRAPPING = 9
"""Cells a line loses because words aren't cut."""


def section_to_ask(studio: Studio, guide: Guide, answer: Answer) -> Section | None:
    """What the interviewer would ask about now, if the settings let him."""
    if not studio.equipment.settings.follow_ups:
        return None
    return follow_up_section(guide, answer, studio.told_when_asked(answer.id))


def offer(studio: Studio, guide: Guide, answer: Answer, *, low: bool = False) -> str:
    """The follow-up question, and what was told when asked."""
    answered = studio.told_when_asked(answer.id)
    section = section_to_ask(studio, guide, answer)
    told = [section.title for section in guide.sections if section.id in answered]
    return offer_line(section.title if section else "", told, low=low)


def advice(studio: Studio, guide: Guide, answer: Answer, size: Size, *, whole: bool = False) -> Content:
    """What would have made it better, and the follow-up question, in a window of `size`; with the key for all of it
    where there is no room for the `whole`.
    """
    low = size.height < LOW
    asked = offer(studio, guide, answer, low=low)
    lines = 2 if low else 4
    # Nobody is sent to listen to a recording that was deleted by other means.
    audible = answer if can_be_heard(answer) else replace(answer, recording=None)
    said = advice_on(guide, audible, studio.told_when_asked(answer.id))
    room = lines * (size.width - 2) - len(f"Advice: {asked}") - WRAPPING * (lines - 1)
    if len(said) > room:
        key = joined(f"m: {'less' if whole else 'more'}{' ·' if asked.startswith(' f') else '.' if asked else ''}")
        asked, room = f" {key}{asked}", room - len(key) - 1
    return Content.assemble(("Advice: ", "bold"), said if whole else shortened(said, room), (asked, "bold"))
