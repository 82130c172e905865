"""`rehearse history list` and `search`: what they show, leave out and say."""

from pathlib import Path

import pytest

from rehearse.claims import claim
from rehearse.cli import main
from rehearse.domain.answer import Answer
from rehearse.history.answers import AnswerStore
from rehearse.settings import find_places
from tests.house.answers import keep, lost_database, said


@pytest.mark.parametrize(("option", "known"), [("--scenario", "beginner, "), ("--guide", "model-deployment")])
def test_a_place_that_does_not_exist_is_bad_input(
    kept: Answer, option: str, known: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "list", option, "bogus"]) == 2
    said = capsys.readouterr().err
    assert "“bogus”" in said
    assert known in said


def test_answers_to_a_guide_that_is_gone_can_be_listed(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = keep("gone", "first")
    listed = said(capsys, "list", "--guide", "gone", "--scenario", "first", "--json")
    assert [row["id"] for row in listed] == [answer.id]


def test_a_search_says_that_there_are_more(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        keep("gone", "first")
    assert main(["history", "search", "pears", "--limit", "2"]) == 0
    assert "2 of 3 answers" in capsys.readouterr().err
    assert len(said(capsys, "search", "pears", "--limit", "0", "--json")) == 3


def test_a_list_says_that_there_are_more(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        keep("gone", "first")
    assert main(["history", "list", "--limit", "2"]) == 0
    told = capsys.readouterr()
    assert (len(told.out.splitlines()), told.err) == (2, "2 of 3 answers; --limit 0 shows all.\n")
    assert main(["history", "list", "--limit", "3"]) == 0
    assert capsys.readouterr().err == ""


def test_a_filter_that_finds_nothing_doesn_t_say_that_there_is_nothing(
    kept: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    for options, told in (
        (["--guide", "ab-test"], "No answer is to that question."),
        (["--scenario", "beginner", "--trash"], "No answer in the trash is to that question."),
        (["--guide", "model-deployment", "--cut-off"], "No answer that was cut off is to that question."),
    ):
        assert main(["history", "list", *options]) == 0
        assert told in capsys.readouterr().out


def test_what_was_cut_off_is_found_behind_what_is_being_given(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one that somebody works on is newer, and none of those to be listed."""
    paths = lost_database(own_home, 3)
    main(["doctor", "--repair"])
    newest = said(capsys, "list", "--cut-off", "--json")[0]["id"]
    held = claim(next(path for path in paths if path.stem == newest))
    assert held is not None
    try:
        assert main(["history", "list", "--cut-off", "--limit", "1"]) == 0
    finally:
        held.release()
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert newest not in told.out
    assert "1 of 2 answers" in told.err


def test_a_phrase_in_quotes_of_the_shell_is_one(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = keep("gone", "first")
    assert [row["id"] for row in said(capsys, "search", "sold pears", "--json")] == [answer.id]
    assert said(capsys, "search", "pears sold", "--json") == []
    for typed in (["pears", "sold"], ['pears "we sold"'], ["we sold", "pears"]):
        assert len(said(capsys, "search", *typed, "--json")) == 1


def test_a_search_says_what_is_from_a_note(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = keep("gone", "first")
    AnswerStore(find_places().database, find_places().recordings).note(answer.id, "Slower next time.")
    assert [row["in_notes"] for row in said(capsys, "search", "slower", "--json")] == [True]
    assert [row["in_notes"] for row in said(capsys, "search", "pears", "--json")] == [False]
    assert main(["history", "search", "slower"]) == 0
    assert "\n    Note: Slower next time." in capsys.readouterr().out


def test_unjudged_answers_say_so(kept: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "list"]) == 0
    assert "not judged" in capsys.readouterr().out
