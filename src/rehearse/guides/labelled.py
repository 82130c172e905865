"""Labelled answers beside a guide: `answers-ID.yaml` says what people said, `labels-ID.yaml` what of it counts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearse.domain.guide import Guide
from rehearse.domain.shown import shown_line
from rehearse.errors import GuideError
from rehearse.files import UTF8
from rehearse.guides.checks import Finding, unknown
from rehearse.guides.library import LABELLED
from rehearse.guides.positions import MAX_BYTES, Document, open_document
from rehearse.guides.problems import guide_error, one_problem
from rehearse.reading import read_bytes

_ANSWER, _LABEL = ("id", "scenario", "text"), ("id", "sections", "mistakes", "evidence")
_OPTIONAL = ("mistakes", "evidence")


@dataclass(frozen=True)
class LabelledAnswer:
    """What somebody said, and what people ticked in it."""

    id: str
    scenario: str
    text: str
    sections: frozenset[str]
    mistakes: frozenset[str]


def labelled_files(guide_path: Path, guide_id: str) -> tuple[Path, Path]:
    """Where the answers and the labels to a guide would be."""
    answers, labels = (guide_path.parent / f"{kind}-{guide_id}.yaml" for kind in LABELLED)
    return answers, labels


def read_labelled(guide: Guide, guide_path: Path) -> list[LabelledAnswer]:
    """The labelled answers beside a guide's file; none where the two files aren't there.

    Raises:
        GuideError: one of them can't be read, or every problem in it, with its place.
    """
    answers, labels = labelled_files(guide_path, guide.id)
    if not answers.exists() and not labels.exists():
        return []
    said = parse_answers(guide, _text(answers), shown_line(answers.name))
    return parse_labels(guide, said, _text(labels), shown_line(labels.name))


def parse_answers(guide: Guide, text: str, name: str) -> dict[str, tuple[str, str]]:
    """Scenario and words of each answer, by its id; raises GuideError."""
    document, rows = _rows(text, name, _ANSWER)
    scenarios = [scenario.id for scenario in guide.scenarios]
    found: list[Finding] = []
    said: dict[str, tuple[str, str]] = {}
    for at, row in enumerate(rows):
        if not (isinstance(row["text"], str) and row["text"].strip()):
            found.append(((at, "text"), "nothing stands here, write what was said"))
        if row["scenario"] not in scenarios:
            found.append(((at, "scenario"), unknown("scenario", str(row["scenario"]), scenarios)))
        if row["id"] in said:
            found.append(((at, "id"), f"the id “{row['id']}” stands here twice, give each its own"))
        said[row["id"]] = (row["scenario"], " ".join(str(row["text"]).split()))
    _raise(document, found, name)
    return said


def parse_labels(guide: Guide, said: Mapping[str, tuple[str, str]], text: str, name: str) -> list[LabelledAnswer]:
    """The answers that have labels, with them; raises GuideError."""
    document, rows = _rows(text, name, _LABEL)
    known = {
        "sections": [section.id for section in guide.sections],
        "mistakes": [mistake.id for mistake in guide.mistakes],
    }
    found: list[Finding] = []
    labelled: dict[str, LabelledAnswer] = {}
    for at, row in enumerate(rows):
        found += [finding for field, ids in known.items() for finding in _ticks(row, field, ids, at)]
        if row["id"] not in said:
            found.append(((at, "id"), unknown("answer", row["id"], said)))
        elif row["id"] in labelled:
            found.append(((at, "id"), f"the id “{row['id']}” stands here twice, keep one"))
        elif not found:
            ticked = (frozenset(row.get(field) or ()) for field in known)
            labelled[row["id"]] = LabelledAnswer(row["id"], *said[row["id"]], *ticked)
    _raise(document, found, name)
    return list(labelled.values())


def _ticks(row: Mapping[str, Any], field: str, known: Collection[str], at: int) -> Iterator[Finding]:
    ticked = row.get(field)
    if ticked is None and field in _OPTIONAL:
        return
    if not isinstance(ticked, list):
        yield (at, field), "a list is wanted: one `- id` a line, or []"
        return
    for index, one in enumerate(ticked):
        if one not in known:
            yield (at, field, index), unknown(field.removesuffix("s"), str(one), known)


def _rows(text: str, name: str, fields: Collection[str]) -> tuple[Document, list[dict[str, Any]]]:
    """The entries, each with the fields that it must have; raises GuideError."""
    document = open_document(text, name)
    rows = document.value
    if not isinstance(rows, list):
        raise one_problem(name, "a list of answers is wanted, begin each with `- id:`")
    found: list[Finding] = []
    for at, row in enumerate(rows):
        if not isinstance(row, dict):
            found.append(((at,), f"`{'`, `'.join(fields)}` are wanted here"))
            continue
        found += [
            ((at, key), f"there is no field “{key}”, known are: {', '.join(fields)}")
            for key in row
            if key not in fields
        ]
        missing = [key for key in fields if key not in row and key not in _OPTIONAL]
        found += [((at,), f"`{key}:` is missing, write it") for key in missing]
        if "id" in row and not isinstance(row["id"], str):
            found.append(((at, "id"), "a text is wanted, put it in quotes"))
    _raise(document, found, name)
    return document, rows


def _raise(document: Document, found: Collection[Finding], name: str) -> None:
    problems = [*document.problems, *(document.problem(place, what) for place, what in found)]
    if problems:
        raise guide_error(problems, name)


def _text(path: Path) -> str:
    try:
        return read_bytes(path, MAX_BYTES).decode(UTF8)
    except UnicodeDecodeError as error:
        raise one_problem(shown_line(path.name), "this isn't UTF-8 text, save the file as UTF-8") from error
    except OSError as error:
        raise GuideError(
            f"Can't read {shown_line(str(path))}",
            why=error.strerror or str(error),
            next_step=f"Labelled answers are two files: {LABELLED[0]}-ID.yaml and {LABELLED[1]}-ID.yaml.",
        ) from error
