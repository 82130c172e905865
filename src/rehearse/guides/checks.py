"""What a schema can't say: references between the parts of a guide."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from rehearse.domain.guide import Guide
from rehearse.guides.positions import Path
from rehearse.guides.stock import stock_names

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")

LONGEST_ID = 40

MOST_SECTIONS = 26
"""One for each letter of the timeline."""

_NO_TEXTS = ("id", "letter", "section", "stock")
"""Fields whose values are ids or signs, which have checks of their own."""

Finding = tuple[Path, str]
"""Where in a guide, and what is to be said of it."""


def cross_checks(guide: Guide) -> list[Finding]:
    """All problems, each with the path of the value that has it."""
    return [
        *_blanks(guide, ()),
        *_ids(guide),
        *_references(guide),
        *_stocks(guide),
        *_sections(guide),
        *_wordings(guide),
        *_scenarios(guide),
        *_cards(guide),
    ]


def _blanks(value: object, path: Path) -> Iterator[Finding]:
    """Texts of nothing but space, which the length that the schema asks for lets through."""
    if isinstance(value, str):
        if value and not value.strip():
            yield path, "nothing but space stands here, write a text"
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _blanks(item, (*path, index))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in _NO_TEXTS:
                yield from _blanks(getattr(value, field.name), (*path, field.name))


def unknown(kind: str, wrong: str, known: Iterable[str]) -> str:
    """What to say of an id that isn't there."""
    from rapidfuzz.process import extractOne

    names = list(known)
    best = extractOne(wrong, names, score_cutoff=50)
    hint = f"did you mean “{best[0]}”?" if best else f"known are: {', '.join(names)}"
    return f"there is no {kind} “{wrong}”, {hint}"


def _ids(guide: Guide) -> Iterator[Finding]:
    yield from _id_pattern(("id",), guide.id)
    for field in ("intents", "sections", "mistakes", "scenarios", "cards"):
        items = getattr(guide, field)
        counts = Counter(item.id for item in items)
        for index, item in enumerate(items):
            yield from _id_pattern((field, index, "id"), item.id)
            if counts[item.id] > 1:
                yield (field, index, "id"), f"the id “{item.id}” stands here twice, give each its own"
    marks = {section.id for section in guide.sections} & {mistake.id for mistake in guide.mistakes}
    for index, mistake in enumerate(guide.mistakes):
        if mistake.id in marks:
            yield ("mistakes", index, "id"), f"a section is called “{mistake.id}” too, choose another id"


def is_id(value: str) -> bool:
    """Lower-case letters, digits and single hyphens, at most 40 of them."""
    return len(value) <= LONGEST_ID and _ID.fullmatch(value) is not None


def _id_pattern(path: Path, value: str) -> Iterator[Finding]:
    if not is_id(value):
        yield path, f"“{value}” isn't an id, write lower-case letters, digits and hyphens"


def _references(guide: Guide) -> Iterator[Finding]:
    sections = [section.id for section in guide.sections]
    intents = [intent.id for intent in guide.intents]
    named: list[tuple[Path, str]] = []
    for kind in ("terms", "mistakes"):
        for index, item in enumerate(getattr(guide, kind)):
            named += [((kind, index, "sections", at), one) for at, one in enumerate(item.sections)]
    for index, scenario in enumerate(guide.scenarios):
        for at, sentence in enumerate(scenario.sample):
            if sentence.section is not None:
                named.append((("scenarios", index, "sample", at, "section"), sentence.section))
        for at, intent in enumerate(scenario.intents):
            if intent not in intents:
                yield ("scenarios", index, "intents", at), unknown("intent", intent, intents)
    named += [(("cards", i, "section"), card.section) for i, card in enumerate(guide.cards) if card.section is not None]
    for path, section in named:
        if section not in sections:
            yield path, unknown("section", section, sections)


def _stocks(guide: Guide) -> Iterator[Finding]:
    names = stock_names()
    for index, name in enumerate(guide.stock):
        if name not in names:
            yield ("stock", index), unknown("stock", name, names)


def _sections(guide: Guide) -> Iterator[Finding]:
    if len(guide.sections) > MOST_SECTIONS:
        yield (
            ("sections", MOST_SECTIONS),
            f"more than {MOST_SECTIONS} sections, join some",
        )
        return
    letters = Counter(section.letter for section in guide.sections)
    for index, section in enumerate(guide.sections):
        if len(section.letter) != 1 or not section.letter.isalpha():
            yield ("sections", index, "letter"), f"“{section.letter}” isn't a letter, write one capital letter"
        elif letters[section.letter] > 1:
            yield ("sections", index, "letter"), f"two sections have the letter {section.letter}, choose another"
        low, high = section.share
        if low > high:
            yield ("sections", index, "share"), f"the least share {low} is above the greatest {high}, swap them"
    for index, mistake in enumerate(guide.mistakes):
        if mistake.detector == "section-missing" and not mistake.sections:
            yield ("mistakes", index, "detector"), "`section-missing` needs `sections:`, name at least one"
        if mistake.detector == "examples" and not mistake.examples:
            yield ("mistakes", index, "detector"), "`examples` needs `examples:`, write at least three"


def _wordings(guide: Guide) -> Iterator[Finding]:
    """Placeholders that nothing stands for: the interviewer would say them aloud, or never ask."""
    asked: list[tuple[Path, tuple[str, ...], str]] = [(("term_questions",), guide.term_questions, "{term}")]
    for at, section in enumerate(guide.sections):
        asked.append((("sections", at, "follow_ups"), section.follow_ups, ""))
        asked.append((("sections", at, "deeper"), section.deeper, "{quote}"))
    for at, mistake in enumerate(guide.mistakes):
        asked.append((("mistakes", at, "follow_ups"), mistake.follow_ups, "{quote}"))
    for path, wordings, known in asked:
        for index, wording in enumerate(wordings):
            for found in _PLACEHOLDER.findall(wording):
                if found != known:
                    instead = f"only {known} is filled in here" if known else "nothing is filled in here, write it out"
                    yield (*path, index), f"there is no placeholder “{found}”, {instead}"


def _scenarios(guide: Guide) -> Iterator[Finding]:
    for index, scenario in enumerate(guide.scenarios):
        if scenario.short_seconds >= scenario.answer_seconds:
            yield ("scenarios", index, "short_seconds"), "this must be less than answer_seconds"


def _cards(guide: Guide) -> Iterator[Finding]:
    for index, card in enumerate(guide.cards):
        options = [card.answer, *card.distractors]
        if len({option.casefold().strip() for option in options}) < len(options):
            yield ("cards", index, "distractors"), "two options say the same, change one"
