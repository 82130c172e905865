"""Lists of the commands: columns under each other, cut to a terminal's width, whole in a pipe."""

from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from rehearse.cli import listing
from rehearse.cli.columns import cut, in_columns, tails
from rehearse.domain.answer import AnswerStatus, Mode, Source
from rehearse.domain.series import SeriesKind
from rehearse.history.answers import AnswerSummary


def summary(number: int, *, guide: str = "model-deployment", total: int = 2, of: str | None = None) -> AnswerSummary:
    return AnswerSummary(
        id=f"20261126T1000000000{number:02}-abcd{number:02}",
        guide_id=guide,
        scenario_id="beginner",
        created_at=datetime(2026, 11, 26, 10, tzinfo=UTC),
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        status=AnswerStatus.FINISHED,
        sections_covered=min(2, total),
        sections_total=total,
        mistakes_made=0,
        duration=72.0,
        words_per_minute=140.0,
        starred=False,
        has_recording=False,
        follow_up_of=of,
        series_id="s" if number == 3 else None,
    )


ROWS = [
    summary(1),
    summary(2, of="x"),
    summary(3, guide="explain-a-model-to-a-stakeholder", total=12),
    summary(4, total=0),
]
KINDS = {"s": SeriesKind.INTERVIEW}


@pytest.mark.parametrize("width", [40, 80, 120])
def test_answers_fit_into_a_line_of_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setattr(listing, "terminal_width", lambda: width)
    lines = listing.row_lines(ROWS, KINDS)
    assert len(lines) == len(ROWS)
    assert max(map(cell_len, lines)) <= width
    assert [line[:6] for line in lines] == ["abcd01", "abcd02", "abcd03", "abcd04"]
    assert "↳ model" in lines[1]
    if width >= 80:
        assert all("/beginner" in line for line in lines), "the guide gives way"
        assert len({line.index("1:12") for line in lines}) == 1, "under each other"
        assert len({line.index("wpm") for line in lines}) == 1


def test_in_a_pipe_nothing_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "terminal_width", lambda: None)
    lines = listing.row_lines(ROWS, KINDS)
    for line, row in zip(lines, ROWS, strict=True):
        assert line.startswith(row.id)
        assert f"{row.guide_id}/beginner" in line
        assert "…" not in line
    assert [line.endswith("(follow-up)") for line in lines] == [False, True, False, False]
    assert lines[2].endswith("(interview)")
    assert "not judged" in lines[3]


def test_wide_letters_are_measured_in_cells() -> None:
    lines = in_columns([("面接", "a"), ("x", "b")], None)
    assert lines == ["面接  a", "x     b"]
    assert cell_len(cut("面接面接", 6)) <= 6
    assert in_columns([("面接面接", "a")], 6) == [cut("面接面接  a", 6)]


def test_ends_of_ids_tell_them_apart() -> None:
    assert tails(["1-abcdef", "2-abcdeg"]) == ["abcdef", "abcdeg"]
    assert tails(["1-abcdef", "2-abcdef"]) == ["1-abcdef", "2-abcdef"]
    assert tails([]) == []
