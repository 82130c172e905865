"""A guide's YAML, validated against the classes of `domain.guide`; every problem with its place and its mend."""

import errno
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, get_args, get_type_hints

from rehearse.domain.guide import Guide, Section
from rehearse.domain.shown import shown_line
from rehearse.errors import GuideError
from rehearse.files import UTF8
from rehearse.guides.checks import Finding, cross_checks
from rehearse.guides.positions import MAX_BYTES, Document, open_document, too_large
from rehearse.guides.positions import Path as Place
from rehearse.guides.problems import MOST_PROBLEMS, Problem, guide_error, one_problem
from rehearse.guides.salvaged import rests_on, salvaged_guide
from rehearse.guides.stock import with_stock
from rehearse.reading import read_bytes


@dataclass(frozen=True)
class CheckedGuide:
    """A guide without a problem, and where in its file everything stands."""

    guide: Guide
    document: Document


def no_more(_: Guide) -> Sequence[Finding]:
    """Nothing further to check."""
    return ()


def load_guide(path: Path) -> Guide:
    """Read and check one guide.

    Raises:
        GuideError: the file can't be read, or every problem in it, a line each as
            `file:line:column: what, what to write`.
    """
    return check_file(path).guide


def validated(value: object) -> Guide:
    """A guide from plain values, with what it draws on; raises pydantic's ValidationError."""
    guide: Guide = _adapter().validate_python(value)
    return with_stock(with_letters(guide))


def check_file(path: Path, further: Callable[[Guide], Sequence[Finding]] = no_more) -> CheckedGuide:
    """The same, with the places; `further` finds what isn't in the guide alone, as in `check_text`."""
    name = shown_line(path.name)
    try:
        raw = read_bytes(path, MAX_BYTES)
        text = raw.decode(UTF8)
    except UnicodeDecodeError as error:
        # The mark that some editors put before a text isn't in what the codec counts.
        before = raw.removeprefix(BOM_UTF8)[: error.start].decode(errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise one_problem(name, "this isn't UTF-8 text, save the file as UTF-8", line, column) from error
    except IsADirectoryError:
        raise GuideError(f"{shown_line(str(path))} is a folder", next_step="Name a guide's .yaml file.") from None
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise too_large(name) from error
        raise GuideError(
            f"Can't read {shown_line(str(path))}", why=error.strerror or str(error), next_step="Check the path."
        ) from error
    return check_text(text, name, further)


def parse_guide(text: str, name: str) -> Guide:
    """Check a guide's text; `name` is how problems call the file.

    Raises:
        GuideError: every problem, a line each.
    """
    return check_text(text, name).guide


def check_text(text: str, name: str, further: Callable[[Guide], Sequence[Finding]] = no_more) -> CheckedGuide:
    """Check a guide's text in one pass: its YAML, its fields, and what they refer to.

    Args:
        text: of the file.
        name: how problems call the file.
        further: finds more in a guide, some of whose fields may be empty because they couldn't be read.

    Raises:
        GuideError: every problem, a line each.
    """
    from pydantic import ValidationError

    document = open_document(text, name)
    problems = list(document.problems)
    if not isinstance(document.value, dict):
        what = "a guide is a list of `name: value` lines, begin with `id:`"
        raise guide_error([*problems, Problem(1, 1, what)], name)
    told = {problem.line for problem in problems}
    more, broken = 0, frozenset[Place]()
    try:
        guide: Guide = _adapter().validate_python(document.value)
    except ValidationError as error:
        invalid, broken, more = _invalid(error, document)
        problems += [problem for problem in invalid if problem.line not in told]
        guide = salvaged_guide(document.value)
    guide = with_stock(with_letters(guide))
    found = [*cross_checks(guide), *further(guide)]
    seen = [document.problem(place, what) for place, what in found if not rests_on(place, broken)]
    problems += [problem for problem in seen if problem.line not in told]
    if problems:
        raise guide_error(problems, name, more=more)
    return CheckedGuide(guide, document)


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Guide)


def json_schema() -> dict[str, Any]:
    """The JSON schema of a guide, with the fields' meanings, for editors."""
    from rehearse.guides.schema import described_schema

    return described_schema(_adapter())


def with_letters(guide: Guide) -> Guide:
    """The guide with a timeline letter for every section: its own, or the first of its title that is free."""
    taken = {section.letter.upper() for section in guide.sections if section.letter}
    sections: list[Section] = []
    for section in guide.sections:
        letter = section.letter.upper()
        if not letter:
            candidates = [c for c in section.title.upper() if c.isalpha()] + list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            letter = next((c for c in candidates if c not in taken), "")
            taken.add(letter)
        sections.append(replace(section, letter=letter))
    return replace(guide, sections=tuple(sections))


def _invalid(error: Any, document: Document) -> tuple[list[Problem], frozenset[Place], int]:
    """What pydantic has found, its places, and how many problems more there are: words are put only to those that are
    told.
    """
    problems = error.errors()
    places: list[Place] = [tuple(problem["loc"]) for problem in problems]
    around = {place[:length] for place in places for length in range(len(place))}
    found = [
        (document.place(place), problem, place)
        for problem, place in zip(problems, places, strict=True)
        # A list whose items failed is called too short as well; the items say what is wrong.
        if not (problem["type"] == "too_short" and place in around)
    ]
    found.sort(key=itemgetter(0))
    told = [
        Problem(*at, f"{'.'.join(map(str, place))}: {_said(problem, place, document.written.get(place))}")
        for at, problem, place in found[:MOST_PROBLEMS]
    ]
    return told, frozenset(places), len(found) - len(told)


_SAYINGS = {
    "missing": "this is missing, write it",
    "too_short": "too little stands here, add to it",
    "string_too_short": "too little stands here, add to it",
    "tuple_type": "a list is wanted: one `- item` a line",
    "list_type": "a list is wanted: one `- item` a line",
    "dataclass_type": "`name: value` lines are wanted here",
}


def _said(problem: dict[str, Any], path: tuple[str | int, ...], written: str | None) -> str:
    """What is wrong; `written` is the value as it stands in the file, if it is a single one."""
    kind = problem["type"]
    if kind in _SAYINGS:
        return _SAYINGS[kind]
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return f"there is no such field{_did_you_mean(str(path[-1]), path[:-1])}"
    if kind == "string_type":
        return _text_wanted(problem["input"], written)
    if kind == "literal_error":
        given = written if isinstance(problem["input"], bool) else problem["input"]
        return f"{given!r} isn't one of {problem['ctx']['expected']}"
    given = str(problem["input"]) if written is None else written
    return f"{problem['msg'][0].lower()}{problem['msg'][1:]}, not {given[:60]!r}"


def _text_wanted(given: Any, written: str | None) -> str:
    if given is None:
        return "nothing stands here, write a text"
    if isinstance(given, dict | list):
        return "a text is wanted here, not a list or `name: value` lines; put one that holds a colon in quotes"
    return f"a text is wanted, put {(written or str(given))[:60]!r} in quotes"


def _did_you_mean(wrong: str, path: tuple[str | int, ...]) -> str:
    from rapidfuzz.process import extractOne

    known = _fields_at(path)
    best = extractOne(wrong, known, score_cutoff=60)
    if best:
        return f", did you mean “{best[0]}”?"
    return f", known here are: {', '.join(known)}" if known else ""


def _fields_at(path: tuple[str | int, ...]) -> list[str]:
    kind: Any = Guide
    for part in path:
        if isinstance(part, int):
            continue
        if not is_dataclass(kind):
            return []
        kind = _element(get_type_hints(kind).get(part))
    return [field.name for field in fields(kind)] if is_dataclass(kind) else []


def _element(kind: Any) -> Any:
    while kind is not None and not is_dataclass(kind):
        inner = [one for one in get_args(kind) if one is not Ellipsis]
        kind = inner[0] if inner else None
    return kind
