"""`rehearse history import`: sound and texts are kept as answers, and what of a file is missing is said."""

import argparse
import json
from pathlib import Path

import pytest

from rehearse.cli import history
from rehearse.domain.answer import Source
from rehearse.errors import InputError
from rehearse.services.studio import Studio
from tests.damaged_files import damaged
from tests.ui.driving import ANSWER, fake_studio


def imported(studio: Studio, *files: Path, as_json: bool = False) -> int:
    return history._import(studio, argparse.Namespace(guide="small", scenario=None, files=files, json=as_json))


def test_what_a_file_lacks_is_said(own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(fake_studio(own_home), damaged(tmp_path / "a.wav")) == 0
    printed = capsys.readouterr()
    assert printed.err == "rehearse: a.wav holds 1 damaged sample, heard as silence.\n"
    assert "kept as" in printed.out


@pytest.mark.parametrize("name", ["a.txt", "A.MD"])
def test_a_text_is_kept_as_a_typed_answer_and_what_that_lacks_is_said(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    studio, path = fake_studio(own_home), tmp_path / name
    path.write_text(ANSWER, encoding="utf-8-sig")
    assert imported(studio, path) == 0
    (row,) = studio.equipment.store.summaries()
    printed = capsys.readouterr()
    assert f"{path}: kept as {row.id}, a typed answer: it has no times, pace, pauses or sound\n" in printed.out
    assert printed.err == ""
    assert imported(studio, path, as_json=True) == 0
    printed = capsys.readouterr()
    assert printed.err.startswith(f"rehearse: {name} was marked for this question before (")
    (again,) = json.loads(printed.out)
    assert (again["source"], again["delivery"], again["transcript"]["text"]) == ("typed", None, ANSWER)
    kept = studio.equipment.store.get(again["id"])
    assert (kept.source, kept.recording, kept.transcript.timed) == (Source.TYPED, None, False)
    assert [one.id for one in studio.equipment.store.attempts()] == [row.id], "a text counts once too"


def test_a_text_that_cannot_be_an_answer_stops_no_other(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    studio = fake_studio(own_home)
    files = [tmp_path / name for name in ("empty.txt", "latin.md", "gone.txt", "good.txt")]
    files[0].write_text(" \n", encoding="utf-8")
    files[1].write_bytes("Café".encode("latin-1"))
    files[3].write_text(ANSWER, encoding="utf-8")
    assert imported(studio, *files) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.rpartition(f"{tmp_path}/")[2] for line in told] == [
        "empty.txt: empty.txt holds no words. Write an answer of a few sentences into it.",
        "latin.md isn't UTF-8 text. Save it as UTF-8, or give a sound file.",
        "gone.txt. Check the path.",
    ]
    assert studio.equipment.store.count() == 1
    with pytest.raises(InputError, match=r"empty\.txt holds no words"):
        imported(studio, files[0])
