"""The text of a new guide: small, commented, and valid."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rehearse.guides.checks import LONGEST_ID, is_id
from rehearse.guides.schema import MODELINE

_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that YAML 1.1 doesn't read as text."""

TO_REPLACE = "Write here what somebody would say"
"""How a sentence begins that the template has put in place of one's own."""


@dataclass(frozen=True)
class Outline:
    """What a new guide is begun with."""

    id: str
    title: str
    question: str = "Tell me about a time you changed something that mattered"
    field: str = "any job"
    sections: tuple[str, ...] = ("Situation", "Action", "Result")
    """Titles, in the order in which they are told."""
    scenario: str = "Tell me about a time you changed something at work that mattered."
    """The question as the interviewer says it."""


_BEGINNING = """\
{modeline}
# A guide of your own. `rehearse guide check FILE` finds mistakes; `rehearse guide schema` describes every field.
id: {id}
title: {title}
question: {question}
field: {field}
summary: Whether you can tell what you did, why, and what came of it.

intents:
  - id: impact
    title: Impact
    asks: Does this person change things for the better?

sections:
  # A section lights up when something is said that resembles its examples. Write short spoken sentences, from as
  # many different people and trades as you can imagine: a dozen works, fifty work well.
  # Of an answer that leaves a section out the interviewer asks `follow_up`; with `follow_ups` in other words, too.
  # Where it was only touched one of `deeper` is asked; {{quote}} in it stands for what you said.
"""

_SECTIONS = """\
  - id: situation
    title: Situation
    summary: Where it was, and what was wrong.
    advice: Say in one sentence where you were and what was at stake.
    follow_up: What was the situation when you started?
    follow_ups:
      - What would have happened if everything had stayed as it was?
    deeper:
      - You said “{{quote}}”. Who felt that, and how?
      - What did one bad day look like?
    share: [0.1, 0.3]
    examples:
      - Our warehouse shipped the wrong parcel about forty times a week.
      - Two nurses did by hand what took them the whole morning.
      - Customers waited nine days for an answer and were leaving.
    near_misses:
      # Things that sound alike but don't count.
      - I have worked in many situations.
  - id: action
    title: Action
    summary: What you did yourself.
    advice: Say what you did, not what the team did.
    follow_up: And what did you do about it, yourself?
    share: [0.3, 0.6]
    examples:
      - I sat with the packers for two days and timed every step.
      - I wrote a small script that checks the label before it is printed.
      - I asked the three loudest customers what they really needed.
  - id: result
    title: Result
    summary: What came of it, with a figure.
    advice: One number is worth ten adjectives.
    follow_up: What came of it in the end?
    share: [0.1, 0.3]
    examples:
      - Wrong parcels went down to three a week.
      - It gave them an hour back every day.
      - The answer now takes two days and nobody has left since.

mistakes:
  # One with another detector than `section-missing` may have `follow_ups`: what is asked where it was made.
  - id: no-result
    title: No result
    instead: End with what changed, with a number if you can.
    detector: section-missing
    sections: [result]

scenarios:
  - id: at-work
    title: Something at work
    level: 1
    question: {scenario}
    why: It shows that you notice what is wrong and do something about it.
    answer_seconds: 90
    short_seconds: 30
    sample:
      - section: situation
        text: In my last job the returns desk sorted three hundred parcels by hand every morning.
      - section: action
        text: I put a scanner at the door and wrote a page that says which shelf each parcel goes to.
      - section: result
        text: Sorting takes twenty minutes now, and the desk opens an hour earlier.
"""
"""Those of an outline that names none of its own."""

_SECTION = """\
  - id: {id}
    title: {title}
    summary: {summary}
    advice: {advice}
    follow_up: {follow_up}
    examples:
      - {first}
      - {second}
      - {third}
"""

_ENDING = """\

mistakes:
  # One with another detector than `section-missing` may have `follow_ups`: what is asked where it was made.
  - id: {mistake}
    title: {mistake_title}
    instead: {instead}
    detector: section-missing
    sections: [{last}]

scenarios:
  - id: first
    title: The first scenario
    level: 1
    question: {scenario}
    why: Write here what this scenario lets one show.
    answer_seconds: 120
    short_seconds: 40
    # A good answer, cut by section.
    sample:
"""


def template_text(guide_id: str, title: str) -> str:
    """The template with id and title filled in."""
    return outline_text(Outline(guide_id, title))


def outline_text(outline: Outline) -> str:
    """A guide that passes the check; sections of one's own come with sentences to be replaced."""
    beginning = _BEGINNING.format(
        modeline=MODELINE,
        id=quoted(outline.id),
        title=quoted(outline.title),
        question=quoted(outline.question),
        field=quoted(outline.field),
    )
    if outline.sections == Outline.sections:
        return beginning + _SECTIONS.format(scenario=quoted(outline.scenario))
    return beginning + _own_sections(outline)


def _own_sections(outline: Outline) -> str:
    titles = outline.sections
    *ids, mistake = ids_for([*titles, f"no {titles[-1]}"])
    parts = [
        _SECTION.format(
            id=quoted(section_id),
            title=quoted(title),
            summary=quoted(f"Write here in one line what belongs under “{title}”."),
            advice=quoted(f"Write here what a good coach says about “{title}”."),
            follow_up=quoted(f"Can you tell me more about this: {title}?"),
            first=quoted(f"{TO_REPLACE} about “{title}”."),
            second=quoted(f"{TO_REPLACE} about “{title}” in another trade."),
            third=quoted(f"{TO_REPLACE} about “{title}” who is new to the job."),
        )
        for section_id, title in zip(ids, titles, strict=True)
    ]
    ending = _ENDING.format(
        mistake=quoted(mistake),
        mistake_title=quoted(f"Nothing about “{titles[-1]}”"),
        instead=quoted(f"Say a sentence about “{titles[-1]}”."),
        last=quoted(ids[-1]),
        scenario=quoted(outline.scenario),
    )
    sample = [
        f"      - section: {quoted(section_id)}\n        text: {quoted(f'{TO_REPLACE} in a good answer, “{title}”.')}\n"
        for section_id, title in zip(ids, titles, strict=True)
    ]
    return "".join([*parts, ending, *sample])


def ids_for(titles: Sequence[str]) -> list[str]:
    """An id for each title, none twice."""
    found: list[str] = []
    for number, title in enumerate(titles, 1):
        wanted = id_for(title) or f"section-{number}"
        found.append(_free(wanted, found))
    return found


def id_for(title: str) -> str:
    """A title as an id; "" if it has no letter or digit that an id may hold."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    found = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ID].strip("-")
    return found if is_id(found) else ""


def _free(wanted: str, taken: Iterable[str]) -> str:
    others = set(taken)
    if wanted not in others:
        return wanted
    numbered = (f"{wanted[: LONGEST_ID - 3].strip('-')}-{number}" for number in range(2, 100))
    return next(one for one in numbered if one not in others)


def quoted(text: str) -> str:
    """In quotes where YAML would read something else than this text."""
    if text not in _NOT_TEXT and (re.fullmatch(r"[a-z][a-z-]*", text) or _PLAIN.fullmatch(text)):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_PLAIN = re.compile(r"[A-Z][a-z]*(?: [A-Za-z][A-Za-z]*)+[.?]?|[a-z]+(?: [a-z]+)+[.?]?")
"""Several words of letters, with a stop or none: no other reading."""
