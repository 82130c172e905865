"""A guide as something to read: chapters in the order in which one studies, without any drawing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rehearse.domain.guide import Guide, Mistake, Scenario, Section
from rehearse.domain.rehearsal import clock_text

SHOWN = 4
"""Examples of each kind that a chapter quotes; the quiz has the others."""
READABLE = 110
"""Characters of an example that is quoted rather than a longer one."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, under a small heading of its own or none."""

    text: str
    heading: str = ""


@dataclass(frozen=True)
class Points:
    """A list; `said` where its items are what people say."""

    heading: str
    items: tuple[str, ...]
    said: bool = False


@dataclass(frozen=True)
class Sample:
    """A sample answer, cut by section."""

    heading: str
    scenario_id: str


Part = Paragraph | Points | Sample


@dataclass(frozen=True)
class Chapter:
    """One page."""

    id: str
    """`question`, `framework`, `section:ID`, `scenario:ID`, `mistake:ID` or `closing`."""
    title: str
    parts: tuple[Part, ...]
    group: str = ""
    """What its entry stands under in the contents."""

    @property
    def text(self) -> str:
        """All words of it but those of a sample answer, to be searched."""
        return "\n".join([self.title, *(line for part in self.parts for line in _lines(part))])


def chapters(guide: Guide) -> tuple[Chapter, ...]:
    """The whole guide: what is asked, how to build the answer, what a good one sounds like, what ruins it."""
    return (
        _question(guide),
        _framework(guide),
        *(_section(guide, section) for section in guide.sections),
        *(_scenario(guide, scenario) for scenario in guide.scenarios),
        *(_mistake(guide, mistake) for mistake in guide.mistakes),
        *_closing(guide),
    )


def found_in(pages: Sequence[Chapter], guide: Guide, typed: str) -> list[Chapter]:
    """The chapters that hold every word of what was typed, as part of a word, in any case; all of them for ""."""
    wanted = typed.casefold().split()
    return [page for page in pages if all(word in _searched(page, guide) for word in wanted)]


def _searched(page: Chapter, guide: Guide) -> str:
    samples = [guide.scenario(part.scenario_id).sample_text for part in page.parts if isinstance(part, Sample)]
    return "\n".join([page.text, *samples]).casefold()


def _question(guide: Guide) -> Chapter:
    parts: list[Part] = [Paragraph(f"“{guide.question}”"), Paragraph(guide.summary)]
    for intent in guide.intents:
        shown = " and ".join(f"“{one.title}”" for one in guide.scenarios if intent.id in one.intents)
        parts.append(Paragraph(f"{intent.asks}{f' Above all in {shown}.' if shown else ''}", intent.title))
    parts += _told(("Tip", guide.tip))
    return Chapter("question", "What they really ask", tuple(parts))


def _framework(guide: Guide) -> Chapter:
    rows = tuple(
        f"{section.letter}  {section.title} ({share_words(section)}): {section.summary}" for section in guide.sections
    )
    return Chapter(
        "framework",
        "How to build the answer",
        (Points("In this order, with about this share of the time", rows), *_told(("Takeaway", guide.takeaway))),
    )


def _section(guide: Guide, section: Section) -> Chapter:
    longest = max(guide.scenarios, key=lambda one: one.answer_seconds)
    low, high = (share * longest.answer_seconds for share in section.share)
    parts: list[Part] = [
        Paragraph(section.summary),
        Paragraph(section.advice, "How to say it"),
        Paragraph(
            f"{share_words(section).capitalize()} of the answer: {clock_text(low)} to {clock_text(high)} of "
            f"{clock_text(longest.answer_seconds)}.",
            "How much of it",
        ),
        Points("What belongs here", quoted(section.examples), said=True),
    ]
    if section.near_misses:
        parts.append(Points("What only sounds like it", quoted(section.near_misses), said=True))
    parts += _asked("What you are asked where it was left out", (section.follow_up, *section.follow_ups))
    parts += _asked("What you are asked where it was only touched", section.deeper)
    ruins = [one.title for one in guide.mistakes if section.id in one.sections]
    if ruins:
        parts.append(Paragraph(", ".join(ruins), "The mistake of leaving it out"))
    return Chapter(f"section:{section.id}", section.title, tuple(parts), "Framework")


def _scenario(guide: Guide, scenario: Scenario) -> Chapter:
    parts = (
        Paragraph(f"“{scenario.question}”"),
        Paragraph(scenario.why, "Why it is asked"),
        Paragraph(f"{clock_text(scenario.think_seconds)} to think, {clock_text(scenario.answer_seconds)} to answer."),
        Sample("A good answer", scenario.id),
    )
    return Chapter(f"scenario:{scenario.id}", scenario.title, parts, "Sample answers")


def _mistake(guide: Guide, mistake: Mistake) -> Chapter:
    parts: list[Part] = [Paragraph(mistake.instead, "What to do instead")]
    if mistake.short_answers:
        parts.append(Points("An answer that makes it", mistake.short_answers[:1], said=True))
    if mistake.repairs:
        parts.append(Points("A sentence that would repair it", mistake.repairs[:1], said=True))
    if mistake.detector == "examples":
        parts.append(Points("How it sounds", quoted(mistake.examples), said=True))
    parts += _asked("What you are asked where it was made", mistake.follow_ups)
    return Chapter(f"mistake:{mistake.id}", mistake.title, tuple(parts), "Mistakes")


def _closing(guide: Guide) -> Iterable[Chapter]:
    parts = _told(("", guide.closing), ("Tip", guide.tip), ("Takeaway", guide.takeaway))
    return [Chapter("closing", "To take along", parts)] if parts else []


def _told(*texts: tuple[str, str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, heading) for heading, text in texts if text)


def _asked(heading: str, wordings: Sequence[str]) -> Iterable[Part]:
    """The interviewer's wordings, if any; “…” where the candidate's own words will stand."""
    shown = tuple(re.sub(r"“?\{quote\}”?", "“…”", wording) for wording in wordings)
    return [Points(heading, shown)] if shown else []


def share_words(section: Section) -> str:
    """`10 to 25 %`; `up to 25 %` and `any share` where the guide says no more."""
    low, high = (round(100 * share) for share in section.share)
    if low <= 0:
        return "any share" if high >= 100 else f"up to {high} %"
    return f"{low} to {high} %"


def quoted(sentences: Sequence[str]) -> tuple[str, ...]:
    """A few of them, from all over the list: those that read well come first, and ways to begin don't repeat."""
    readable = [one for one in sentences if len(one) <= READABLE and one[:1].isupper()] or list(sentences)
    step = max(1, len(readable) // SHOWN)
    chosen: list[str] = []
    for one in [*readable[::step], *readable]:
        if len(chosen) < SHOWN and one not in chosen and _beginning(one) not in map(_beginning, chosen):
            chosen.append(one)
    return tuple(chosen)


def _beginning(sentence: str) -> str:
    return " ".join(re.findall(r"[\w']+", sentence.lower())[:2])


def _lines(part: Part) -> list[str]:
    match part:
        case Paragraph(text, heading):
            return [heading, text]
        case Points(heading, items):
            return [heading, *items]
        case Sample(heading):
            return [heading]
