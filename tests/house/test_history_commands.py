"""`rehearse history`: show, delete, restore, export and recordings from the shell, as text and as JSON."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearse.cli import main
from rehearse.domain.answer import MICROPHONE_AWAY, Answer, AnswerStatus, Source
from rehearse.domain.coverage import UNHEARD, Match, SectionMark, SectionState
from rehearse.domain.delivery import Delivery
from rehearse.domain.transcript import Transcript
from rehearse.history.answers import AnswerStore
from rehearse.settings import find_places
from tests.house.answers import begin_answer, keep, lost_database, said
from tests.unit.history.support import marks, spoken


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


def test_what_a_format_cannot_hold_is_said(kept: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = find_places()
    store = AnswerStore(places.database, places.recordings)
    for _ in range(2):
        typed = replace(
            begin_answer(store, Source.TYPED), transcript=Transcript.typed("We ship."), coverage=marks("goal")
        )
        store.complete(typed)
    lacking = "rehearse: 2 typed answers have no times: no srt was written of them.\n"
    assert main(["history", "export", "--format", "srt", "--to", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert (len(told.out.splitlines()), told.err) == (1, lacking)
    assert main(["history", "export", typed.id, "--format", "srt", "--to", str(tmp_path / "out"), "--json"]) == 0
    told = capsys.readouterr()
    assert (json.loads(told.out), told.err) == (
        [],
        lacking.replace("2 typed answers have", "1 typed answer has").replace("of them", "of it"),
    )
    del kept


def test_one_that_can_t_be_read_doesn_t_stop_the_others(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [keep("gone", "first").id for _ in range(3)]
    with closing(sqlite3.connect(find_places().database)) as connection, connection:
        connection.execute(
            "UPDATE details SET transcript = '{' WHERE key = (SELECT key FROM answers WHERE id = ?)", [ids[1]]
        )
    for options in ([], ["--json"]):
        folder = tmp_path / f"out{len(options)}"
        assert main(["history", "export", "--to", str(folder), *options]) == 1
        told = capsys.readouterr()
        written = json.loads(told.out) if options else told.out.split()
        assert sorted(written) == sorted(map(str, folder.iterdir()))
        assert len(written) == 2
        assert f"The answer {ids[1]} can't be read" in told.err
    assert main(["history", "export", ids[1], "--to", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == ("", 1)


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


@pytest.mark.parametrize(("guide", "scenario"), [("gone", "first"), ("model-deployment", "gone")])
def test_an_answer_outlives_its_guide(
    own_home: Path, guide: str, scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(guide, scenario)
    assert main(["history", "show", "last"]) == 0
    out = capsys.readouterr().out
    assert all(words in out for words in ("We sold pears.", "goal: covered", "mistake vague: made", "“Why?”"))


@pytest.mark.parametrize("guide", ["model-deployment", "gone"])
def test_time_without_a_microphone_is_told(own_home: Path, guide: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = keep(guide, "beginner")
    assert said(capsys, "show", "last", "--json")["microphone_away"] == 0.0
    away = Match(UNHEARD, "microphone away for 6 s at 0:12", 1.0)
    unheard = SectionMark("monitoring", SectionState.UNCLEAR, why=(away,))
    coverage = marks("context", avoided="vague")
    places = find_places()
    AnswerStore(places.database, places.recordings).save(
        replace(
            answer,
            coverage=replace(coverage, sections=(*coverage.sections, unheard)),
            settings={MICROPHONE_AWAY: 6.2},
        )
    )
    assert main(["history", "show", "last"]) == 0
    out = capsys.readouterr().out
    assert "The microphone was away for 6 s: what was said then wasn't heard." in out
    assert ("microphone away for 6 s at 0:12" in out) is (guide == "model-deployment")
    assert said(capsys, "show", "last", "--json")["microphone_away"] == 6.2


def test_what_was_told_when_asked_is_said_in_place_of_advice(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = keep("model-deployment", "beginner")
    places = find_places()
    store = AnswerStore(places.database, places.recordings)
    missing = SectionMark("monitoring", SectionState.MISSING)
    coverage = marks("context", avoided="vague")
    store.save(replace(answer, coverage=replace(coverage, sections=(*coverage.sections, missing))))
    assert main(["history", "show", "last"]) == 0
    assert "Advice: Monitoring and maintenance didn't come up." in capsys.readouterr().out
    asked = begin_answer(store, Source.TYPED)
    store.complete(replace(asked, coverage=marks("monitoring"), follow_up_of=answer.id, follow_up_section="monitoring"))
    assert main(["history", "show", answer.id]) == 0
    out = capsys.readouterr().out
    assert "Advice: In the end all of it came up." in out
    assert "Told when asked: Monitoring and maintenance." in out


def test_recordings_without_an_answer_are_noticed_and_brought_back(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost_database(own_home, 3)
    for _ in range(2):  # without a database, and with an empty one
        assert main(["history", "list"]) == 0
        shown = capsys.readouterr()
        assert "No answers yet" not in shown.out
        assert "3 recordings have no answer; `rehearse doctor --repair` brings them back." in shown.err
        main(["doctor"])
        assert "3 recordings without an answer" in capsys.readouterr().out
    main(["doctor", "--repair"])
    assert "Found 3 recordings without an answer" in capsys.readouterr().out
    assert len(said(capsys, "list", "--cut-off", "--json")) == 3


def test_the_doctor_notices_recordings_where_there_is_no_database(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost_database(own_home, 2)
    assert main(["doctor"]) == 1
    assert "none; 2 recordings without an answer" in capsys.readouterr().out


def test_a_missing_recording_is_told_without_a_repair_too(kept: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    assert kept.recording is not None
    kept.recording.unlink()
    main(["doctor"])
    assert "1 kept, the sound of 1 is gone" in capsys.readouterr().out


def test_what_was_cut_off_can_be_deleted_by_its_id(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = lost_database(own_home, 1)
    main(["doctor", "--repair"])
    capsys.readouterr()
    assert said(capsys, "delete", "abcdef", "--forever", "--json") == [path.stem]
    assert not path.exists()
    assert said(capsys, "list", "--cut-off", "--json") == []


def test_a_repair_leaves_standard_output_to_json(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lost_database(own_home, 1)
    main(["doctor", "--repair", "--json"])
    told = capsys.readouterr()
    assert "Found 1 recording without an answer" in told.err
    assert {"part", "state", "said"} <= json.loads(told.out)[0].keys()


def test_a_repair_completes_the_headers(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = lost_database(own_home, 1)
    right = path.read_bytes()
    path.write_bytes(right[:4] + bytes(4) + right[8:40] + bytes(4) + right[44:])
    main(["doctor", "--repair"])
    assert "Completed 1 recording" in capsys.readouterr().out
    assert path.read_bytes() == right


def from_the_future() -> Answer:
    places = find_places().create()
    store = AnswerStore(places.database, places.recordings)
    begun = begin_answer(store, Source.TYPED)
    ahead = datetime.now(UTC) + timedelta(days=365)
    return store.complete(replace(begun, created_at=ahead, transcript=spoken("We sold pears.")))


def test_a_date_in_the_future_is_said_and_put_right(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = from_the_future()
    assert main(["history", "list"]) == 0
    listed = capsys.readouterr()
    assert "(future date)" in listed.out
    assert f"`rehearse history redate {answer.id}` puts it right" in listed.err
    assert main(["history", "show", "last"]) == 0
    assert "is still to come" in capsys.readouterr().out
    assert [row["in_future"] for row in said(capsys, "list", "--json")] == [True]
    (done,) = said(capsys, "redate", "last", "--json")
    assert datetime.fromisoformat(done["before"]) == answer.created_at
    assert abs(datetime.fromisoformat(done["date"]) - datetime.now(UTC)) < timedelta(minutes=1)
    (row,) = said(capsys, "list", "--json")
    assert (row["in_future"], row["created_at"]) == (False, done["date"])
    assert said(capsys, "redate", answer.id, "--to", "2026-01-02 14:20", "--json")[0]["before"] == done["date"]
    assert main(["history", "list"]) == 0
    assert "  2026-01-02 14:20  " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("when", "what"),
    [
        ("yesterday", "“yesterday” is no date."),
        ("9999-01-01", "9999-01-01 00:00 is still to come: "),
        ("0001-01-01T00:00+14:00", "“0001-01-01T00:00+14:00” is no date."),
        ("1903-05-01", "1903-05-01 00:00 is before there were computers"),
    ],
)
def test_a_date_that_cannot_be_is_bad_input(
    own_home: Path, when: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = from_the_future()
    assert main(["history", "redate", answer.id, "--to", when]) == 2
    assert capsys.readouterr().err.startswith(f"rehearse: {what}")
    assert [row["in_future"] for row in said(capsys, "list", "--json")] == [True]


def test_whose_voice_it_was_is_said_where_it_wasn_t_ones_own(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = find_places().create()
    store = AnswerStore(places.database, places.recordings)
    for source in (Source.MICROPHONE, Source.DEMO, Source.FILE):
        spent = Delivery(148, (), 0, (), 0, 9, (), (), ())
        done = replace(begin_answer(store, source), transcript=spoken("We put it on a server."), delivery=spent)
        store.complete(replace(done, status=AnswerStatus.FINISHED, coverage=marks("context")))
    typed = replace(begin_answer(store, Source.TYPED), transcript=spoken("We put it on a server."))
    store.complete(replace(typed, status=AnswerStatus.FINISHED, coverage=marks("context")))
    assert main(["history", "list"]) == 0
    ends = [line.split("0:02  ")[-1].strip() for line in capsys.readouterr().out.splitlines()]
    assert sorted(ends) == ["148 wpm", "148 wpm  (demo)", "148 wpm  (file)", "typed"]
