"""The moments of an answer worth hearing again: pauses, fillers, repetitions, and how each section was entered."""

from dataclasses import dataclass
from enum import StrEnum

from rehearse.domain.delivery import Delivery, Hesitation
from rehearse.domain.guide import Guide
from rehearse.domain.wording import counted


class MomentKind(StrEnum):
    """What happens at a moment."""

    FILLER = "filler"
    PAUSE = "pause"
    REPETITION = "said again"
    ENTRY = "section"


@dataclass(frozen=True)
class Moment:
    """Something to hear, with where it is."""

    start: float
    """Seconds of the answer."""
    kind: MomentKind
    text: str


def moments(delivery: Delivery, guide: Guide) -> tuple[Moment, ...]:
    """All of them, in order of time."""
    titles = {section.id: section.title for section in guide.sections}
    found = [Moment(filler.start, MomentKind.FILLER, f"“{filler.text}”") for filler in delivery.fillers]
    found += [
        Moment(pause.start, MomentKind.PAUSE, f"{pause.end - pause.start:.1f} s of silence")
        for pause in delivery.pauses
    ]
    found += [
        Moment(said.start, MomentKind.REPETITION, f"“{said.text}”, {said.times} times") for said in delivery.repetitions
    ]
    found += [
        Moment(entry.at, MomentKind.ENTRY, f"{titles[entry.section_id]} begins{_before(entry)}")
        for entry in delivery.hesitations
        if entry.section_id in titles
    ]
    return tuple(sorted(found, key=lambda moment: moment.start))


def _before(entry: Hesitation) -> str:
    heard = [f"{entry.pause:.1f} s of silence"] if entry.pause >= 0.5 else []
    if entry.fillers:
        heard.append(counted(entry.fillers, "filler"))
    return f", after {' and '.join(heard)}" if heard else ", without hesitation"
