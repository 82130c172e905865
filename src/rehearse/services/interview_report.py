"""The report over an interview: loaded, written as Markdown or as a page with the sound of its moments."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from rehearse.domain.moments import local
from rehearse.errors import AudioFileError, InputError
from rehearse.files import free_path
from rehearse.reports.markdown import report_markdown
from rehearse.reports.moments import Moment, MomentKind
from rehearse.reports.report import InterviewReport, NextDrill, build_report
from rehearse.services.interviews import Interviews
from rehearse.services.new_files import write_new
from rehearse.services.next_drill import next_drill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rehearse.domain.answer import Answer
    from rehearse.domain.guide import Guide, Scenario
    from rehearse.domain.sound import Samples
    from rehearse.services.equipment import Equipment
    from rehearse.services.studio import Studio

ReportKind = Literal["markdown", "html"]
ENDINGS: Mapping[ReportKind, str] = {"markdown": "md", "html": "html"}
"""What a report can be written as, and its file's ending."""

BEFORE, AFTER = 0.3, 0.4
"""Seconds that are heard before and after a moment's words."""
AROUND_PAUSE = 2.5
"""The same around a pause: what was said last, and how it went on."""
LONGEST = 30.0
"""Seconds of sound that a moment takes in the page at most: 120 kB of MP3."""


@dataclass(frozen=True)
class LoadedReport:
    """A report, and what its moments point into."""

    report: InterviewReport
    answers: Mapping[str, Answer]
    """By id, those that can be looked at or brought back."""
    guides: Mapping[str, Guide]
    """By id, those of the interview that can be read."""


def load_report(equipment: Equipment, interview_id: str, now: datetime) -> LoadedReport:
    """The report of a kept interview; `now` is UTC.

    Raises:
        InputError: there is no such interview.
        StoreError: what is kept can't be read.
    """
    kept = Interviews(equipment).get(interview_id)
    answers: dict[str, Answer] = {}
    for answer_id in kept.interview.answer_ids():
        with suppress(InputError):  # it was deleted meanwhile
            answers[answer_id] = equipment.store.get(answer_id)
    guides: dict[str, Guide] = {}
    for guide_id in {question.guide_id for question in kept.interview.questions}:
        with suppress(InputError):  # gone or broken: its sections stand by their ids
            guides[guide_id] = equipment.library.load(guide_id)
    report = build_report(kept.id, kept.interview, answers, guides, begun_at=kept.begun_at, ended_at=kept.ended_at)
    return LoadedReport(replace(report, next_drill=_next_drill(equipment, now)), answers, guides)


def _next_drill(equipment: Equipment, now: datetime) -> NextDrill | None:
    """The one that the home screen names too; None before any answer."""
    found = next_drill(equipment, now)
    if found is None:
        return None
    return NextDrill(found.guide.id, found.scenario.id, found.scenario.title, found.suggestion.why)


def guide_of(equipment: Equipment, drill: NextDrill) -> tuple[Guide, Scenario]:
    """The guide and scenario of what is next, as they are now.

    Raises:
        InputError: either of them is gone, or the guide can't be read.
    """
    guide = equipment.library.load(drill.guide_id)
    if not guide.has_scenario(drill.scenario_id):
        raise InputError(
            f"“{drill.title}” isn't in the guide “{guide.title}” any more",
            next_step="The home screen says what is next now.",
        )
    return guide, guide.scenario(drill.scenario_id)


# -- sound ------------------------------------------------------------------------------------------------------------


def heard_span(moment: Moment) -> tuple[float, float] | None:
    """From which to which second of the answer a moment is played; None where it has no place in a recording."""
    if moment.start is None:
        return None
    quiet = moment.kind is MomentKind.PAUSE
    start = max(0.0, moment.start - (AROUND_PAUSE if quiet else BEFORE))
    end = max(moment.start, moment.end or moment.start) + (AROUND_PAUSE if quiet else AFTER)
    return start, min(end, start + LONGEST)


def moment_sound(loaded: LoadedReport, moment: Moment) -> Samples | None:
    """What is heard at a moment; None where there is no recording of it, or it can't be read."""
    span = heard_span(moment)
    answer = loaded.answers.get(moment.answer_id)
    if span is None or answer is None or answer.recording is None or not answer.transcript.timed:
        return None
    from rehearse.audio.recorded import read_recording
    from rehearse.domain.sound import SAMPLE_RATE

    try:
        sound = read_recording(answer.recording)
    except AudioFileError:
        return None
    cut = sound[round(span[0] * SAMPLE_RATE) : round(span[1] * SAMPLE_RATE)]
    return cut.copy() if len(cut) else None


# -- files ------------------------------------------------------------------------------------------------------------


def report_text(studio: Studio, interview_id: str, kind: ReportKind) -> str:
    """The report as a text: Markdown, or an HTML page that holds the sound of its moments.

    Raises:
        InputError: there is no such interview.
        StoreError: what is kept can't be read.
    """
    return _text(load_report(studio.equipment, interview_id, datetime.now(UTC)), kind)


def _text(loaded: LoadedReport, kind: ReportKind) -> str:
    if kind == "markdown":
        return report_markdown(loaded.report)
    from rehearse.audio.compressed import data_uri
    from rehearse.reports.page import report_page

    sounds = {}
    for moment in loaded.report.moments:
        sound = moment_sound(loaded, moment)
        if sound is not None:
            sounds[moment] = data_uri(sound)
    return report_page(loaded.report, sounds)


def report_stem(report: InterviewReport) -> str:
    """A name for the report's files that every system takes: `interview-2026-11-23-1420-9827ca`."""
    tail = re.sub(r"[^A-Za-z0-9]+", "", report.interview_id)[-6:]
    return f"interview-{local(report.begun_at):%Y-%m-%d-%H%M}-{tail}"


def write_reports(loaded: LoadedReport, kinds: list[ReportKind], folder: Path) -> list[Path]:
    """Write the report into a folder, which is made if need be; existing files are never overwritten.

    Raises:
        InputError: the folder can't be written to.
    """
    written = []
    for kind in kinds:
        path = free_path(folder / f"{report_stem(loaded.report)}.{ENDINGS[kind]}")
        write_new(path, _text(loaded, kind), make_folder=True)
        written.append(path)
    return written
