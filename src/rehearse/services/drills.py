"""Drills as they are kept: begun with the first answer, gone on with where they stood, ended when all was said."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from rehearse.domain.answer import Answer, AnswerStatus
from rehearse.domain.guide import Guide
from rehearse.domain.series import Series, SeriesKind
from rehearse.errors import InputError, StoreError
from rehearse.services.equipment import Equipment


@dataclass(frozen=True)
class Drill:
    """What a drill is about: its kind, and what its record says."""

    kind: SeriesKind
    about: Mapping[str, str]
    """Ids of guide, scenario, section or first answer."""


@dataclass(frozen=True)
class Underway:
    """A drill as it stands."""

    series: Series | None = None
    """None before the first answer."""
    answers: tuple[Answer, ...] = ()
    """Oldest first."""
    first: Answer | None = None
    """The answer that it takes up again, for a drill that has one and where it is still there."""


def section_drill(guide: Guide, section_id: str) -> Drill:
    """Rounds of one section."""
    return Drill(SeriesKind.SECTION_DRILL, {"guide": guide.id, "section": section_id})


def ladder(guide: Guide, scenario_id: str) -> Drill:
    """One question in less and less time."""
    return Drill(SeriesKind.LADDER, {"guide": guide.id, "scenario": scenario_id})


def said_anew(guide: Guide, first: Answer) -> Drill:
    """An answer in other words."""
    return Drill(SeriesKind.SAID_ANEW, {"guide": guide.id, "scenario": first.scenario_id, "first": first.id})


def resume(equipment: Equipment, drill: Drill, series_id: str | None = None) -> Underway:
    """How far a drill is: the one of that id, or the newest of the same matter that goes on; raises StoreError.

    Args:
        equipment: where all is kept.
        drill: what it is about.
        series_id: one that was ended may be looked at again.
    """
    found = _named(equipment, drill, series_id) or _unfinished(equipment, drill)
    first = None
    if first_id := (found.record if found else drill.about).get("first"):
        with suppress(InputError):  # deleted for good
            kept = equipment.store.get(first_id)
            first = kept if kept.status is AnswerStatus.FINISHED else None
    return Underway(found, tuple(equipment.series.answers(found.id)) if found else (), first)


def _named(equipment: Equipment, drill: Drill, series_id: str | None) -> Series | None:
    if series_id is None:
        return None
    with suppress(InputError, StoreError):
        found = equipment.series.get(series_id)
        about = {name: value for name, value in drill.about.items() if name != "first"}  # it may be one of the later
        return found if _is_about(found, replace(drill, about=about)) else None
    return None


def _unfinished(equipment: Equipment, drill: Drill) -> Series | None:
    going = equipment.series.of_kind(drill.kind, unfinished=True)
    return next((series for series in going if _is_about(series, drill)), None)


def _is_about(series: Series, drill: Drill) -> bool:
    return series.kind is drill.kind and all(series.record.get(name) == value for name, value in drill.about.items())


def series_for(equipment: Equipment, drill: Drill, underway: Underway, now: datetime) -> Series:
    """The series that the next answer belongs to, begun where there is none yet; raises StoreError."""
    return underway.series or equipment.series.begin(drill.kind, drill.about, now)


def end(equipment: Equipment, series: Series, now: datetime) -> None:
    """It is over; the next of its matter is another one. Raises StoreError."""
    if series.ended_at is None:
        equipment.series.keep(series.id, series.record, now)
