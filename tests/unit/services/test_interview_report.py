import stat
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recorded import read_recording
from rehearse.domain.sound import SAMPLE_RATE
from rehearse.errors import InputError
from rehearse.reports.moments import MomentKind
from rehearse.reports.report import Fate
from rehearse.services.interview_report import (
    heard_span,
    load_report,
    moment_sound,
    report_stem,
    report_text,
    write_reports,
)
from rehearse.services.studio import Studio
from tests.interviewing import BEGUN, whole_interview
from tests.ui.driving import fake_studio

NOW = BEGUN + timedelta(days=1)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return fake_studio(tmp_path / "home")


def test_a_spoken_interview_is_reported_with_its_sound(studio: Studio) -> None:
    kept = whole_interview(studio)
    loaded = load_report(studio.equipment, kept.id, NOW)
    report = loaded.report
    assert [one.fate for one in report.questions] == [Fate.JUDGED, Fate.JUDGED, Fate.SKIPPED]
    assert report.summary == (
        "2 of 3 questions answered, question 3 skipped. 3 of 6 sections came up, 1 of them only when asked; 3 mistakes."
    )
    assert [turn.name for turn in report.spoken] == ["1", "1a", "2"]
    assert report.spent == 145.0
    assert [moment.kind for moment in report.weakest] == [MomentKind.MISSING, MomentKind.MISTAKE]
    assert report.next_drill is not None
    assert report.next_drill.why == "Lesson came up in none of your last 2 answers."
    best, (missing, mistake) = report.best[0], report.weakest
    for moment in (best, mistake):
        span, sound = heard_span(moment), moment_sound(loaded, moment)
        assert span is not None
        assert sound is not None
        recording = loaded.answers[moment.answer_id].recording
        assert recording is not None
        first = round(span[0] * SAMPLE_RATE)
        assert np.array_equal(sound, read_recording(recording)[first : first + len(sound)])
        assert len(sound) / SAMPLE_RATE == pytest.approx(span[1] - span[0], abs=0.001)
    assert heard_span(missing) is None
    assert moment_sound(loaded, missing) is None


def test_texts_hold_the_sound_that_is_kept(studio: Studio) -> None:
    kept = whole_interview(studio)
    page = report_text(studio, kept.id, "html")
    assert page.count("<audio") == 3
    assert page.count('src="data:audio/') == 3
    text = report_text(studio, kept.id, "markdown")
    assert "And the lesson?" in text
    assert "data:" not in text
    for name in studio.equipment.places.recordings.iterdir():
        name.unlink()
    assert "<audio" not in report_text(studio, kept.id, "html"), "without the recordings the words alone"


def test_a_typed_interview_has_no_delivery_and_no_sound(studio: Studio) -> None:
    kept = whole_interview(studio, typed=True)
    report = load_report(studio.equipment, kept.id, NOW).report
    assert (report.spoken, report.trend) == ((), "")
    assert len(report.moments) == 4
    assert not any(moment.playable for moment in report.moments)
    page = report_text(studio, kept.id, "html")
    assert "<audio" not in page
    assert "Delivery" not in page


def test_what_was_deleted_or_thrown_away_meanwhile_is_named(studio: Studio) -> None:
    kept = whole_interview(studio)
    first, _, second = kept.interview.answer_ids()
    studio.equipment.store.purge([first], whatever=True)
    studio.equipment.store.discard(second)
    loaded = load_report(studio.equipment, kept.id, NOW)
    assert [one.fate for one in loaded.report.questions] == [Fate.DELETED, Fate.TRASHED, Fate.SKIPPED]
    assert loaded.report.moments == ()
    assert "The answer was deleted." in report_text(studio, kept.id, "markdown")
    with pytest.raises(InputError, match="no interview"):
        load_report(studio.equipment, "x", NOW)


def test_files_are_for_their_owner_alone_and_never_overwritten(studio: Studio, tmp_path: Path) -> None:
    loaded = load_report(studio.equipment, whole_interview(studio).id, NOW)
    folder = tmp_path / "new" / "folder"
    page, text = write_reports(loaded, ["html", "markdown"], folder)
    assert (page.suffix, text.suffix, page.stem) == (".html", ".md", report_stem(loaded.report))
    assert {stat.S_IMODE(path.stat().st_mode) for path in (page, text)} == {0o600}
    before = text.read_bytes()
    assert write_reports(loaded, ["markdown"], folder) == [folder / f"{text.stem}-2.md"]
    assert text.read_bytes() == before
    with pytest.raises(InputError, match="Choose another folder"):
        write_reports(loaded, ["markdown"], page / "inside")
    assert sorted(path.name for path in folder.iterdir()) == sorted([page.name, text.name, f"{text.stem}-2.md"])
