"""A guide's YAML, validated against the classes of `domain.guide`; every problem with its line and its mend."""

import errno
from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, get_args, get_type_hints

from rehearse.domain.guide import Guide, Section
from rehearse.domain.shown import shown_line
from rehearse.errors import GuideError
from rehearse.files import UTF8
from rehearse.guides.checks import cross_checks
from rehearse.guides.positions import MAX_BYTES, Document, read_document, too_large
from rehearse.guides.positions import Path as Place
from rehearse.guides.problems import MOST_PROBLEMS, guide_error, raise_any
from rehearse.reading import read_bytes


def load_guide(path: Path) -> Guide:
    """Read and check one guide.

    Raises:
        GuideError: the file can't be read, or every problem in it, a line each as `file:line: what, what to write`.
    """
    name = shown_line(path.name)
    try:
        raw = read_bytes(path, MAX_BYTES)
        text = raw.decode(UTF8)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise GuideError(f"{name}:{line}: this isn't UTF-8 text, save the file as UTF-8") from error
    except IsADirectoryError:
        raise GuideError(f"{shown_line(str(path))} is a folder", next_step="Name a guide's .yaml file.") from None
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise too_large(name) from error
        raise GuideError(
            f"Can't read {shown_line(str(path))}", why=error.strerror or str(error), next_step="Check the path."
        ) from error
    return parse_guide(text, name)


def parse_guide(text: str, name: str) -> Guide:
    """Check a guide's text; `name` is how problems call the file.

    Raises:
        GuideError: every problem, a line each.
    """
    from pydantic import ValidationError

    document = read_document(text, name)
    if not isinstance(document.value, dict):
        raise GuideError(f"{name}:1: a guide is a list of `name: value` lines, begin with `id:`")
    try:
        guide: Guide = _adapter().validate_python(document.value)
    except ValidationError as error:
        raise _invalid(error, document, name) from error
    guide = with_letters(guide)
    raise_any([(document.line(path), what) for path, what in cross_checks(guide)], name)
    return guide


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


def _invalid(error: Any, document: Document, name: str) -> GuideError:
    """What pydantic has found; words are put only to the problems that are told."""
    problems = error.errors()
    places: list[Place] = [tuple(problem["loc"]) for problem in problems]
    around = {place[:length] for place in places for length in range(len(place))}
    found = [
        (document.line(place), problem, place)
        for problem, place in zip(problems, places, strict=True)
        # A list whose items failed is called too short as well; the items say what is wrong.
        if not (problem["type"] == "too_short" and place in around)
    ]
    found.sort(key=itemgetter(0))
    told = [
        (line, f"{'.'.join(map(str, place))}: {_said(problem, place, document.written.get(place))}")
        for line, problem, place in found[:MOST_PROBLEMS]
    ]
    return guide_error(told, name, more=len(found) - len(told))


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
