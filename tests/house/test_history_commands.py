"""`rehearse history`: delete, restore, export and recordings from the shell, as text and as JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.recording import RecordingWriter
from rehearse.cli import main
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.history.answers import AnswerStore
from rehearse.settings import find_places
from tests.unit.history.support import spoken


@pytest.fixture
def kept(own_home: Path) -> Answer:
    """An answer of long ago with its recording, in the home of the commands."""
    places = find_places().create()
    store = AnswerStore(places.database, places.recordings)
    begun = store.begin(
        guide_id="model-deployment",
        scenario_id="beginner",
        question="?",
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={},
        now=datetime(2024, 3, 1, tzinfo=UTC),
    )
    assert begun.recording is not None
    with RecordingWriter(begun.recording) as writer:
        writer.append(np.zeros(16_000, np.float32))
    transcript = spoken("We put it on a server.")
    return store.complete(replace(begun, status=AnswerStatus.FINISHED, transcript=transcript))


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert main(["history", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_deleting_and_bringing_back(kept: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "delete", "last", "--json") == [kept.id]
    assert said(capsys, "list", "--json") == []
    assert [row["id"] for row in said(capsys, "list", "--trash", "--json")] == [kept.id]
    assert said(capsys, "restore", kept.id, "--json") == [kept.id]
    assert [row["id"] for row in said(capsys, "list", "--json")] == [kept.id]


def test_exported_paths_as_json(kept: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = said(capsys, "export", "--format", "md", "--format", "wav", "--to", str(tmp_path / "out"), "--json")
    assert sorted(Path(path).suffix for path in written) == [".md", ".wav"]
    assert all(Path(path).is_file() for path in written)


def test_recordings_are_previewed_and_then_deleted(kept: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    assert kept.recording is not None
    assert said(capsys, "audio", "--json") == {"policy": "always", "deleted": False, "recordings": []}
    preview = said(capsys, "audio", "--policy", "30 days", "--json")
    assert [row["id"] for row in preview["recordings"]] == [kept.id]
    assert preview["recordings"][0]["bytes"] == kept.recording.stat().st_size
    assert kept.recording.exists()
    assert main(["history", "audio", "--policy", "30 days", "--delete"]) == 0
    assert "1 recording, 0.0 MiB, deleted." in capsys.readouterr().out
    assert not kept.recording.exists()
    assert said(capsys, "show", kept.id, "--json")["transcript"]["text"] == "We put it on a server."
