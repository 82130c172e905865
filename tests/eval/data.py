"""Labelled answers: the fifty-two, the further sixty in two halves, two further writers', and the other guides'."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True)
class Passage(Labelled):
    """What somebody really said in public about a model that they had built, or about none."""

    about: bool = True
    """Tells of building or running a system; where it doesn't, every tick is a false one."""


def real() -> list[Passage]:
    """Passages that people really said; empty without ../shared."""
    about = {row["id"]: row.get("about", True) for row in _rows(SHARED / "real-labels.yaml")}
    joined = _joined(SHARED / "real.yaml", SHARED / "real-labels.yaml")
    return [Passage(**vars(answer), about=about[answer.id]) for answer in joined]


def nothing_answered() -> list[str]:
    """What people say in recordings that answer no question at all, as their references have it."""
    manifest = SHARED.parent / "audio" / "people" / "manifest.jsonl"
    if not manifest.exists():
        return []
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row["reference"] for row in rows]


def other_guides() -> list[str]:
    """Ids of the guides, but the first, that have labelled answers here."""
    content = HERE.parents[1] / "content"
    return sorted(path.stem for path in content.glob("*.yaml") if (HERE / f"answers-{path.stem}.yaml").exists())


def of_guide(name: str) -> list[Labelled]:
    """The answers to one of the other guides."""
    return _joined(HERE / f"answers-{name}.yaml", HERE / f"labels-{name}.yaml")


def _joined(answers: Path, labels: Path) -> list[Labelled]:
    said = {row["id"]: row for row in _rows(answers)}
    return [
        Labelled(
            row["id"],
            said[row["id"]]["scenario"],
            " ".join(said[row["id"]]["text"].split()),
            frozenset(row["sections"]),
            frozenset(row["mistakes"]),
            {section: _quotes(quote) for section, quote in (row.get("evidence") or {}).items()},
        )
        for row in _rows(labels)
        if row["id"] in said
    ]


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def _quotes(quote: str | list[str]) -> tuple[str, ...]:
    return (quote,) if isinstance(quote, str) else tuple(quote)
