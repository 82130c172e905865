"""Labelled answers: the fifty-two, the further sixty in two halves, two further writers', and the other guides'."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
SHARED = HERE.parents[1].parent / "shared" / "eval"


@dataclass(frozen=True)
class Labelled:
    """An answer with what people ticked."""

    id: str
    scenario: str
    text: str
    sections: frozenset[str]
    mistakes: frozenset[str]
    evidence: Mapping[str, tuple[str, ...]]
    """Verbatim words by section; empty where nobody quoted any."""


def fifty_two() -> list[Labelled]:
    """The answers that others wrote and labelled; empty without ../shared."""
    return _joined(SHARED / "answers.yaml", SHARED / "labels.yaml")


def tuning() -> list[Labelled]:
    """Thirty further answers that the engine's constants may be chosen by."""
    return _joined(SHARED / "more-answers.yaml", HERE / "labels-tuning.yaml")


def unopened() -> list[Labelled]:
    """Thirty further answers that nothing was chosen by: for the final figure alone."""
    return _joined(SHARED / "more-answers.yaml", HERE / "labels-unopened.yaml")


def second() -> list[Labelled]:
    """Forty-five by another writer, that constants may be chosen by."""
    return _joined(HERE / "answers-second.yaml", HERE / "labels-second.yaml")


def third() -> list[Labelled]:
    """Forty-five by a third writer: for the final figure alone."""
    return _joined(HERE / "answers-third.yaml", HERE / "labels-third.yaml")


def of_guide(name: str) -> list[Labelled]:
    """The answers to one of the other guides."""
    return _joined(HERE / f"answers-{name}.yaml", HERE / f"labels-{name}.yaml")


def _joined(answers: Path, labels: Path) -> list[Labelled]:
    if not answers.exists() or not labels.exists():
        return []
    said = {row["id"]: row for row in yaml.safe_load(answers.read_text(encoding="utf-8"))}
    return [
        Labelled(
            row["id"],
            said[row["id"]]["scenario"],
            " ".join(said[row["id"]]["text"].split()),
            frozenset(row["sections"]),
            frozenset(row["mistakes"]),
            {section: _quotes(quote) for section, quote in (row.get("evidence") or {}).items()},
        )
        for row in yaml.safe_load(labels.read_text(encoding="utf-8"))
    ]


def _quotes(quote: str | list[str]) -> tuple[str, ...]:
    return (quote,) if isinstance(quote, str) else tuple(quote)
