"""`rehearse history second-opinion`: the page is written; what comes back is kept, shown, exported, forgotten."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.cli import main
from rehearse.domain.answer import Answer, Source
from rehearse.domain.coverage import Correction
from rehearse.history.answers import AnswerStore
from rehearse.settings import find_places
from tests.house.answers import begin_answer
from tests.unit.history.support import marks, spoken
from tests.unit.opinions.support import saved


def open_store() -> AnswerStore:
    places = find_places().create()
    return AnswerStore(places.database, places.recordings)


@pytest.fixture
def kept(own_home: Path) -> Answer:
    """A marked answer to a shipped guide with its recording."""
    store = open_store()
    begun = begin_answer(store, Source.MICROPHONE)
    assert begun.recording is not None
    with RecordingWriter(begun.recording) as writer:
        writer.append(np.zeros(16_000, np.float32))
    coverage = marks("context monitoring", "iteration", made="vague", avoided="generic")
    answer = store.complete(replace(begun, transcript=spoken("We put it on a server."), coverage=coverage))
    store.close()
    return answer


def label(mark: str, state: str, agree: str, quote: str = "", comment: str = "") -> dict[str, str]:
    return {"mark": mark, "state": state, "agree": agree, "quote": quote, "comment": comment}


def sent_back(folder: Path, answer_id: str, friend: str = "Ann", **other: Any) -> str:
    labels = [label("context", "covered", "no", "on a server.", "that is *how*"), label("vague", "made", "can't tell")]
    path = folder / f"from-{friend}.json"
    path.write_text(json.dumps(saved(answer=answer_id, friend=friend, **{"labels": labels, **other})), encoding="utf-8")
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(["history", *arguments]) == status
    captured = capsys.readouterr()
    return captured.err if status else captured.out


def test_the_page_is_written_once_and_never_over_something(
    kept: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "for Ann.html"
    assert "send it to a friend" in told(capsys, "second-opinion", "last", str(page))
    written = page.read_text(encoding="utf-8")
    assert 'src="data:audio/mpeg;base64,' in written
    assert kept.id in written
    assert "Context and goal" in written
    assert "already. Choose another name." in told(capsys, "second-opinion", "last", str(page), status=2)
    assert page.read_text(encoding="utf-8") == written
    assert "Choose another folder." in told(capsys, "second-opinion", "last", str(page / "x.html"), status=2)
    assert "is a folder. Name a file in it" in told(capsys, "second-opinion", "last", str(tmp_path), status=2)
    assert "ends in .html" in told(capsys, "second-opinion", "last", str(tmp_path / "back.json"), status=2)
    monkeypatch.chdir(tmp_path)
    name = json.loads(told(capsys, "second-opinion", kept.id, "--json"))
    assert name.startswith("second-opinion-2024-03-01-")
    assert (tmp_path / name).is_file()


def test_a_recording_that_is_gone_leaves_the_words(
    kept: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kept.recording is not None
    kept.recording.unlink()
    told(capsys, "second-opinion", "last", str(tmp_path / "a.html"))
    assert "<audio" not in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_what_friends_say_stands_beside_the_marks(
    kept: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bo = sent_back(tmp_path, kept.id, "Bo", labels=[label("context", "covered", "yes")], comment="")
    said = told(capsys, "second-opinion", "--read", sent_back(tmp_path, kept.id), bo)
    assert "Ann on 2 marks: 1 no, 1 can't tell." in said
    assert "Bo on 1 mark: 1 yes." in said
    shown = told(capsys, "show", "last")
    beside = ("Ann: no, “on a server.” (that is *how*)", "Bo: yes", "Ann: can't tell", "Ann on the whole: well told")
    assert [line for line in map(str.strip, shown.splitlines()) if line.startswith(("Ann", "Bo"))] == list(beside)
    exported = json.loads(told(capsys, "show", "last", "--json"))["opinions"]
    assert [(one["friend"], one["comment"], len(one["labels"])) for one in exported] == [
        ("Ann", "well told", 2),
        ("Bo", "", 1),
    ]
    assert exported[0]["labels"][0] == {
        "id": "context", "state": "covered", "agrees": "no", "quote": "on a server.", "comment": "that is *how*",
    }  # fmt: skip
    told(capsys, "export", "--format", "md", "--format", "json", "--to", str(tmp_path / "out"))
    (markdown,) = (tmp_path / "out").glob("*.md")
    text = markdown.read_text(encoding="utf-8")
    assert "covered.\n  - Ann: no, “on a server.” (that is \\*how\\*)\n  - Bo: yes\n" in text
    assert "## What friends said of it\n\n- **Ann**: well told\n" in text
    (plain,) = (tmp_path / "out").glob("*.json")
    assert json.loads(plain.read_text(encoding="utf-8"))["opinions"] == exported


def test_a_mark_that_was_corrected_since_says_what_the_friend_saw(
    kept: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "second-opinion", "--read", sent_back(tmp_path, kept.id))
    store = open_store()
    store.replace_corrections(kept.id, [Correction("context", "missing")])
    store.close()
    assert "Ann: no to “covered”, “on a server.”" in told(capsys, "show", "last")


def test_the_same_friend_again_a_name_given_and_forgetting(
    kept: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sent_back(tmp_path, kept.id, "")
    told(capsys, "second-opinion", "--read", path)
    read = json.loads(told(capsys, "second-opinion", "--read", path, "--name", "Cleo", "--json"))
    assert read == [{"id": kept.id, "friend": "Cleo", "marks": 2}]
    assert "takes the place of an earlier one" in told(capsys, "second-opinion", "--read", path, "--name", "cleo")
    friends = [one["friend"] for one in json.loads(told(capsys, "show", "last", "--json"))["opinions"]]
    assert friends == ["a friend", "cleo"]
    assert "is one by: a friend, cleo" in told(capsys, "second-opinion", "last", "--forget", "Ann", status=2)
    told(capsys, "second-opinion", "last", "--forget", "A friend")
    assert [one["friend"] for one in json.loads(told(capsys, "show", "last", "--json"))["opinions"]] == ["cleo"]


def test_what_cannot_be_taken_is_one_sentence_and_the_rest_is_kept(
    kept: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stray = sent_back(tmp_path, "20200101T000000000000-ffffff", "stray")
    assert "is about an answer that isn't in the history" in told(capsys, "second-opinion", "--read", stray, status=2)
    other = sent_back(tmp_path, kept.id, "other", labels=[label("no-such", "covered", "yes")])
    assert "the answer has no mark “no-such”" in told(capsys, "second-opinion", "--read", other, status=2)
    assert "--read stands alone" in told(capsys, "second-opinion", "last", "--read", stray, status=2)
    assert "wants an answer" in told(capsys, "second-opinion", status=2)
    said = told(capsys, "second-opinion", "--read", stray, sent_back(tmp_path, kept.id), other, status=2)
    assert len(said.splitlines()) == 2
    assert len(json.loads(told(capsys, "show", "last", "--json"))["opinions"]) == 1
    told(capsys, "delete", "last")
    assert "isn't in the history" in told(capsys, "second-opinion", "--read", sent_back(tmp_path, kept.id), status=2)


def test_an_answer_without_marks_has_nothing_to_ask(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store()
    store.complete(begin_answer(store, Source.TYPED))
    store.close()
    assert "it has no marks" in told(capsys, "second-opinion", "last", str(tmp_path / "a.html"), status=2)
    assert not (tmp_path / "a.html").exists()
