"""How far an interview is, where interviews are listed: as its report says, and why."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.domain.answer import AnswerStatus
from rehearse.domain.transcript import Transcript
from rehearse.reports.fates import Standing
from rehearse.services.interview_report import load_report
from rehearse.services.kept_interview import KeptInterview
from rehearse.services.studio import Studio
from tests.interviewing import BEGUN, whole_interview
from tests.ui.driving import fake_studio

NOW = BEGUN + timedelta(days=1)
GERMAN = "Wir haben das Modell in einen Container gepackt, und es läuft jede Nacht. " * 2


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return fake_studio(tmp_path / "home")


def unjudged(studio: Studio, answer_id: str, said: str) -> None:
    answer = studio.equipment.store.get(answer_id)
    assert answer.coverage is not None
    coverage = replace(answer.coverage, judged=False)
    studio.equipment.store.save(replace(answer, coverage=coverage, transcript=Transcript.typed(said)))


def damage(studio: Studio, answer_id: str) -> None:
    """What was said in it can't be read any more."""
    with closing(sqlite3.connect(studio.equipment.places.database)) as store:
        store.execute(
            "update details set transcript = '{' where key = (select key from answers where id = ?)", [answer_id]
        )
        store.commit()


def cut_off(studio: Studio, answer_id: str) -> None:
    answer = studio.equipment.store.get(answer_id)
    studio.equipment.store.save(replace(answer, status=AnswerStatus.RECORDING, coverage=None))


def standing(studio: Studio, kept: KeptInterview) -> Standing:
    (one,) = studio.interviews.standings([kept])
    return one


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (lambda studio, answer_id: unjudged(studio, answer_id, "No."), "1 too short"),
        (lambda studio, answer_id: unjudged(studio, answer_id, GERMAN), "1 not in English"),
        (lambda studio, answer_id: studio.equipment.store.discard(answer_id), "1 in the trash"),
        (lambda studio, answer_id: studio.equipment.store.purge([answer_id], whatever=True), "1 deleted"),
        (cut_off, "1 never marked"),
    ],
)
def test_an_answer_that_the_report_doesnt_count_isnt_counted_in_the_list(
    studio: Studio, what: Callable[[Studio, str], None], why: str
) -> None:
    kept = whole_interview(studio)
    assert (standing(studio, kept).answered, standing(studio, kept).uncounted) == (2, "")
    *_, second = kept.interview.answer_ids()
    what(studio, second)
    listed, report = standing(studio, kept), load_report(studio.equipment, kept.id, NOW).report
    assert listed.fates == tuple(one.fate for one in report.questions)
    assert listed.answered == report.answered == 1
    assert listed.uncounted == why


def test_a_damaged_answer_doesnt_take_away_the_list(studio: Studio) -> None:
    first, second = whole_interview(studio), whole_interview(studio)
    *_, last = first.interview.answer_ids()
    unjudged(studio, last, "No.")
    damage(studio, last)
    one, other = studio.interviews.standings([first, second])
    assert (one.answered, other.answered) == (1, 2)
    assert one.uncounted == "1 too short"


def test_several_interviews_are_counted_each_for_itself(studio: Studio) -> None:
    first, second = whole_interview(studio), whole_interview(studio)
    for answer_id in list(second.interview.answer_ids()):
        studio.equipment.store.discard(answer_id)
    one, other = studio.interviews.standings([first, second])
    assert (one.answered, one.uncounted) == (2, "")
    assert (other.answered, other.uncounted) == (0, "2 in the trash")
