import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from rehearse.domain.answer import MICROPHONE_AWAY, Answer, Mode, Source
from rehearse.domain.coverage import (
    UNHEARD,
    Correction,
    Coverage,
    Match,
    MistakeMark,
    MistakeState,
    SectionMark,
    SectionState,
)
from rehearse.domain.delivery import Delivery, Filler, Pause
from rehearse.domain.transcript import Transcript
from rehearse.errors import InputError
from rehearse.history.export import (
    FORMATS,
    ExportFormat,
    LeftOut,
    can_export,
    export,
    export_answers,
    export_json,
    file_stem,
    left_out,
    render,
)
from rehearse.private import exposed
from tests.fakes import small_guide
from tests.unit.history.support import NOW, answers, marks, spoken

TOLD = spoken("We watched *drift* every day.")
ANSWER = Answer(
    "20261123T142000000000-9827ca", "model-deployment", "beginner", "How <do> you?", NOW, Source.MICROPHONE,
    Mode.COACHED, transcript=TOLD, notes="Slower.",
    coverage=Coverage(
        (
            SectionMark("monitoring", SectionState.COVERED, (TOLD.quote(0, 3),)),
            SectionMark("context", SectionState.MISSING),
        ),
        (MistakeMark("vague", MistakeState.MADE, "No tool is named."), MistakeMark("generic", MistakeState.OPEN)),
    ),
    delivery=Delivery(147.6, (), 0, (), 0.4, 9, (), (), ()),
    corrections=(Correction("context", "covered"),),
)  # fmt: skip
TYPED = replace(ANSWER, transcript=Transcript.typed("We ship.\n\nDaily."), delivery=None, coverage=marks("a"), notes="")


@pytest.fixture(autouse=True)
def in_india(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the reader's clock differs from UTC by a half hour, too."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone can't be changed here")
    monkeypatch.setenv("TZ", "IST-5:30")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_markdown_tells_everything_a_reader_wants() -> None:
    assert render(ANSWER, ExportFormat.MARKDOWN) == (
        "# beginner\n\n2026-11-23 19:50, guide model-deployment\n\n> How \\<do\\> you?\n\n## Sections\n\n"
        "- **monitoring**: covered. “We watched \\*drift\\*” (0:00)\n- **context**: covered (corrected by you).\n\n"
        "## Mistakes\n\n- **vague**: made. No tool is named.\n\n## Delivery\n\n- 148 words a minute\n"
        "- no fillers (0.0 a minute)\n- no pauses over 2 s\n- first word after 0.4 s\n\n"
        "## Transcript\n\n**0:00** We watched \\*drift\\* every day.\n\n## Notes\n\nSlower.\n"
    )


def test_markdown_tells_what_was_not_heard() -> None:
    away = Match(UNHEARD, "microphone away for 6 s at 0:12", 1.0)
    unheard = SectionMark("context", SectionState.UNCLEAR, why=(away,))
    answer = replace(ANSWER, coverage=replace(marks(), sections=(unheard,)), corrections=())
    written = render(replace(answer, settings={MICROPHONE_AWAY: 6.2}), ExportFormat.MARKDOWN)
    assert "\n\nThe microphone was away for 6 s: what was said then wasn't heard.\n\n## Sections\n" in written
    assert "- **context**: unclear. Microphone away for 6 s at 0:12.\n" in written
    assert export_json(replace(ANSWER, settings={MICROPHONE_AWAY: 6.2}))["microphone_away"] == 6.2


def test_a_typed_answer_has_no_times_in_markdown_and_titles_come_from_the_guide() -> None:
    guide = small_guide()
    first = guide.sections[0]
    said = render(replace(TYPED, coverage=marks(first.id)), ExportFormat.MARKDOWN, guide)
    assert f"- **{first.title}**: covered." in said
    assert said.endswith("## Transcript\n\nWe ship.\n\nDaily.\n")
    assert "Delivery" not in said


def test_one_filler_and_one_pause_are_no_plural() -> None:
    once = Delivery(147.6, (Filler("um", 1, 0, 1),), 1.0, (Pause(2, 5),), 0.4, 9, (), (), ())
    said = render(replace(ANSWER, delivery=once), ExportFormat.MARKDOWN)
    assert "- 1 filler (1.0 a minute)\n- 1 pause over 2 s" in said


def test_json_is_the_result_and_the_date() -> None:
    plain = json.loads(render(replace(ANSWER, starred=True), ExportFormat.JSON))
    assert (plain["notes"], plain["starred"], plain["mode"]) == ("Slower.", True, "coached")
    assert plain["date"] == "2026-11-23T19:50:00+05:30"
    assert plain["sections"][1] == {"id": "context", "state": "covered", "evidence": []}


def test_json_says_what_was_asked_and_of_what_it_is_a_part() -> None:
    asked = replace(ANSWER, follow_up_of="first", follow_up_section="context", series_id="held")
    plain = json.loads(render(asked, ExportFormat.JSON))
    assert (plain["question"], plain["source"], plain["judged"]) == ("How <do> you?", "microphone", True)
    assert (plain["follow_up_of"], plain["follow_up_section"], plain["series"]) == ("first", "context", "held")
    little = json.loads(render(replace(TYPED, coverage=replace(marks("a"), judged=False)), ExportFormat.JSON))
    assert (little["judged"], little["source"], little["follow_up_of"]) == (False, "microphone", None)
    assert json.loads(render(replace(ANSWER, coverage=None), ExportFormat.JSON))["judged"] is None


def test_only_what_can_be_is_exported(tmp_path: Path) -> None:
    sound = tmp_path / "a.flac"
    sound.write_bytes(b"sound")
    recorded = replace(ANSWER, recording=sound)
    guides = {"model-deployment": small_guide()}
    gone = replace(ANSWER, recording=tmp_path / "gone.wav")
    made = list(export_answers([recorded, TYPED, TYPED, gone], list(FORMATS), tmp_path / "new" / "folder", guides))
    paths = [one for one in made if isinstance(one, Path)]
    stem = "2026-11-23-1950-model-deployment-beginner-9827ca"
    assert [path.name for path in paths] == [
        f"{stem}.md", f"{stem}.json", f"{stem}.srt", f"{stem}.vtt", f"{stem}.flac",
        f"{stem}-2.md", f"{stem}-2.json", f"{stem}-3.md", f"{stem}-3.json",
        f"{stem}-4.md", f"{stem}-4.json", f"{stem}-2.srt", f"{stem}-2.vtt",
    ]  # fmt: skip
    assert paths[4].read_bytes() == b"sound"
    assert not can_export(gone, ExportFormat.AUDIO)
    assert left_out(one for one in made if isinstance(one, LeftOut)) == [
        "2 typed answers have no times: no srt was written of them.",
        "2 typed answers have no times: no vtt was written of them.",
        "3 answers have no recording: no wav was written of them.",
    ]


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_what_is_written_is_for_its_owner_alone_like_what_it_comes_from(tmp_path: Path) -> None:
    sound = tmp_path / "a.wav"
    sound.write_bytes(b"sound")
    before = os.umask(0)
    try:
        made = list(export_answers([replace(ANSWER, recording=sound)], list(FORMATS), tmp_path / "new" / "folder", {}))
    finally:
        os.umask(before)
    assert len(made) == len(FORMATS)
    assert exposed(tmp_path / "new") == []


def test_nothing_waits_for_the_disk_as_it_can_be_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[int] = []
    monkeypatch.setattr(os, "fsync", waited.append)
    sound = tmp_path / "a.wav"
    sound.write_bytes(b"sound")
    assert len(list(export_answers([replace(ANSWER, recording=sound)], list(FORMATS), tmp_path, {}))) == len(FORMATS)
    assert waited == []


def test_what_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no subtitles.*typed.*Choose md or json"):
        render(TYPED, ExportFormat.SRT)
    with pytest.raises(InputError, match="has no recording"):
        export(TYPED, tmp_path, ExportFormat.AUDIO)
    with pytest.raises(InputError, match=r"no format “pdf”.*md, json"):
        list(export_answers([ANSWER], ["pdf"], tmp_path, {}))
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="Can't write"):
        export(ANSWER, tmp_path / "file", ExportFormat.JSON)
    with pytest.raises(ValueError, match="sound has no text"):
        render(ANSWER, ExportFormat.AUDIO)


@given(answers)
def test_names_are_safe_everywhere(answer: Answer) -> None:
    stem = file_stem(answer)
    assert len(stem) <= 120
    assert all(character.isascii() and (character.isalnum() or character == "-") for character in stem)
    assert stem[0].isdigit()
    assert render(answer, ExportFormat.MARKDOWN)
