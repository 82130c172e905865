"""`rehearse history delete` and `restore`: which answers are meant, and that nothing goes where it isn't clear."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rehearse.cli import main
from rehearse.domain.answer import Source
from rehearse.history.answers import AnswerStore
from rehearse.settings import find_places
from tests.house.answers import begin_answer
from tests.unit.history.support import spoken


@pytest.fixture
def store(own_home: Path) -> AnswerStore:
    places = find_places().create()
    return AnswerStore(places.database, places.recordings)


def keep(store: AnswerStore, end: str, hours: int) -> str:
    """An answer whose id ends like that, so many hours after the first; its id."""
    begun = begin_answer(store, Source.TYPED)
    moment = begun.created_at + timedelta(hours=hours)
    whole = f"{moment:%Y%m%dT%H%M%S%f}-{end}"
    return store.complete(replace(begun, id=whole, created_at=moment, transcript=spoken("We sold pears."))).id


@pytest.fixture
def three(store: AnswerStore) -> list[str]:
    """Ids of three answers, the oldest first; the last one is in the trash."""
    ids = [keep(store, end, hours) for hours, end in enumerate(("aaa111", "bbb111", "ccc222"))]
    store.discard(ids[-1])
    return ids


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    capsys.readouterr()
    assert main(["history", "list", "--json", *options]) == 0
    return [row["id"] for row in json.loads(capsys.readouterr().out)]


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> Any:
    capsys.readouterr()
    assert main(["history", *arguments]) == status
    captured = capsys.readouterr()
    return captured.err if status else json.loads(captured.out)


def test_the_last_answer_is_never_one_in_the_trash(three: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    older, newer, thrown = three
    assert said(capsys, "delete", "last", "--forever", "--json") == [newer]
    assert (listed(capsys), listed(capsys, "--trash")) == ([older], [thrown])
    said(capsys, "delete", older, "--json")
    assert "no answer “last”" in said(capsys, "delete", "last", "--forever", status=2)
    assert listed(capsys, "--trash") == [thrown, older]


def test_an_end_that_fits_one_in_the_trash_and_another_deletes_neither(
    three: list[str], store: AnswerStore, capsys: pytest.CaptureFixture[str]
) -> None:
    store.discard(three[0])
    assert "“111” fits 2 answers" in said(capsys, "delete", "111", "--forever", status=2)
    assert (listed(capsys), listed(capsys, "--trash")) == ([three[1]], [three[2], three[0]])
    assert said(capsys, "delete", "a111", "--forever", "--json") == [three[0]]


@pytest.mark.parametrize("wanted", ["", " "])
@pytest.mark.parametrize("action", [["delete"], ["delete", "--forever"], ["show"], ["export"], ["redate"]])
def test_an_empty_id_means_no_answer(
    store: AnswerStore,
    action: list[str],
    wanted: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)  # where an export would go
    only = keep(store, "aaa111", 0)
    assert "An empty id names no answer" in said(capsys, *action, wanted, status=2)
    assert listed(capsys) == [only]


@pytest.mark.parametrize("options", [[], ["--forever"]])
def test_where_one_of_several_isn_t_there_none_is_deleted(
    three: list[str], options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "“nope”" in said(capsys, "delete", three[0], "nope", "--json", *options, status=2)
    assert listed(capsys) == [three[1], three[0]]
    assert said(capsys, "delete", three[0], "a111", "--json", *options) == [three[0]], "named twice"


def test_where_one_of_several_isn_t_in_the_trash_none_is_brought_back(
    three: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "in the trash “nope”" in said(capsys, "restore", three[2], "nope", "--json", status=2)
    assert listed(capsys, "--trash") == [three[2]]
    assert said(capsys, "restore", three[2], "c222", "--json") == [three[2]]
