"""`rehearse interview` in the shell: what is listed, reported, refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.domain.answer import Source
from rehearse.domain.interview import Interview, Question
from rehearse.domain.series import SeriesKind
from rehearse.history.answers import AnswerStore
from rehearse.history.plain_json import to_plain
from rehearse.history.series import SeriesStore
from rehearse.settings import find_places
from tests.house.answers import begin_answer
from tests.unit.history.support import marks, spoken

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def interview(own_home: Path) -> str:
    """The id of one with an answered and a skipped question, broken off."""
    places = find_places().create()
    store = AnswerStore(places.database, places.recordings)
    series = SeriesStore(store)
    kept = series.begin(SeriesKind.INTERVIEW, {}, NOW)
    begun = begin_answer(store, Source.TYPED)
    coverage = marks("context monitoring", "iteration", made="vague")
    answer = replace(begun, transcript=spoken("We put it on a server."), coverage=coverage, series_id=kept.id)
    store.complete(answer)
    held = Interview(20, 1, (Question(answer.guide_id, answer.scenario_id, 150), Question("ab-test", "signup", 150)))
    series.keep(kept.id, to_plain(held.with_answer(0, answer.id).over(0).skipping(1)))
    store.close()
    return kept.id


def told(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(["interview", *arguments]) == status
    captured = capsys.readouterr()
    return captured.err if status else captured.out


def test_interviews_are_listed(interview: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = told(capsys, "--list")
    assert line.startswith(interview)
    assert "1 of 2 answered, broken off" in line
    assert "model-deployment, ab-test" in line
    (one,) = json.loads(told(capsys, "--list", "--json"))
    assert (one["id"], one["minutes"], one["ended_at"]) == (interview, 20, None)
    assert [question["skipped"] for question in one["questions"]] == [False, True]
    assert (one["answered"], [question["fate"] for question in one["questions"]]) == (1, ["judged", "skipped"])


def test_the_list_counts_as_the_report_does_and_says_why(interview: str, capsys: pytest.CaptureFixture[str]) -> None:
    places = find_places()
    store = AnswerStore(places.database, places.recordings)
    (answer,) = SeriesStore(store).answers(interview)
    store.save(replace(answer, coverage=replace(marks(""), judged=False)))
    store.close()
    assert "0 of 2 answered, 1 too short, broken off" in told(capsys, "--list")
    assert "0 of 2 questions answered" in told(capsys, "--report")
    (one,) = json.loads(told(capsys, "--list", "--json"))
    assert (one["answered"], one["questions"][0]["fate"]) == (0, "too_short")


def test_a_report_is_printed_or_written_and_never_over_something(
    interview: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = told(capsys, "--report")
    assert "We put it on a server." in printed or "Context and goal" in printed
    assert printed == told(capsys, "--report", interview[-6:])
    page = tmp_path / "report.html"
    told(capsys, "--report", interview, "--html", "--output", str(page))
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (page.stat().st_mode & 0o077) == 0
    assert "exists already" in told(capsys, "--report", interview, "--html", "--output", str(page), status=2)
    told(capsys, "--report", interview, "--html")
    assert (tmp_path / f"interview-{interview}.html").exists()


def test_the_last_interview_is_the_last_in_which_something_was_answered(
    interview: str, capsys: pytest.CaptureFixture[str]
) -> None:
    places = find_places()
    store = AnswerStore(places.database, places.recordings)
    given = told(capsys, "--report")
    unanswered = Interview(10, 1, (Question("ab-test", "signup", 150),))
    left = SeriesStore(store).begin(SeriesKind.INTERVIEW, to_plain(unanswered), NOW + timedelta(days=1))
    assert told(capsys, "--list").startswith(left.id)
    assert told(capsys, "--report") == given
    assert "Not asked." in told(capsys, "--report", left.id)
    SeriesStore(store).delete(interview)
    assert "Not asked." in told(capsys, "--report"), "there is no other"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--report"], "No interview is kept"),
        (["--report", "nope"], "No interview is kept"),
        (["--report", ""], "An empty id names no interview"),
        (["--html"], "belong to --report"),
        (["--json"], "belongs to --list"),
        (["--minutes", "15"], "10, 20, 30"),
        (["--guides", "model-deployment", "nope"], "nope"),
        (["--follow-ups", "9"], "0, 1, 2, 3"),
    ],
)
def test_what_cant_be_done_is_said(
    own_home: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in told(capsys, *arguments, status=2)


def test_an_empty_list_says_what_to_do(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "`rehearse interview` holds one" in told(capsys, "--list")
    assert json.loads(told(capsys, "--list", "--json")) == []
