"""What stands beside the questions of a running interview."""

from datetime import UTC, datetime, timedelta

import pytest

from rehearse.domain.interview import AskedFurther, Interview, Question
from rehearse.reports.fates import Fate, Standing
from rehearse.services.kept_interview import KeptInterview
from rehearse.ui.screens.interview.lines import past_line, planned_lines, standing_line

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
BEGUN = Interview(10, 2, (Question("g", "s", 90),))


@pytest.mark.parametrize(
    ("interview", "now", "said"),
    [
        (BEGUN, True, "▸ Something small now"),
        (BEGUN, False, "○ Something small"),
        (BEGUN.skipping(0), False, "– Something small skipped"),
        (BEGUN.over(0), False, "– Something small not asked"),
        (BEGUN.with_answer(0, "one").over(0), False, "● Something small answered"),
    ],
)
def test_a_question_says_what_became_of_it(interview: Interview, now: bool, said: str) -> None:
    (question,) = interview.questions
    line = standing_line(1, "Something small", question, None, now=now, width=60).plain
    assert " ".join(line.split()) == f"1 {said}"


@pytest.mark.parametrize(
    ("fate", "said"),
    [
        (Fate.JUDGED, "answered"),
        (Fate.TOO_SHORT, "too little was said to judge"),
        (Fate.OTHER_LANGUAGE, "too little of it was in English"),
        (Fate.DELETED, "the answer was deleted"),
    ],
)
def test_an_answer_that_wont_count_isnt_called_answered(fate: Fate, said: str) -> None:
    (question,) = BEGUN.with_answer(0, "one").over(0).questions
    line = standing_line(1, "Something small", question, fate, now=False, width=60).plain
    assert f" {said}" in line
    assert len(line) <= 60


@pytest.mark.parametrize("width", [40, 56, 76])
@pytest.mark.parametrize("fate", [None, *Fate])
@pytest.mark.parametrize("follow_ups", [0, 2])
def test_what_became_of_a_question_fits_beside_its_title(width: int, fate: Fate | None, follow_ups: int) -> None:
    further = (AskedFurther("wording", "missing", "goal", "an answer"),) * follow_ups
    question = Question("g", "s", 90, answer_id="one", further=further)
    line = standing_line(1, "Something rather large that was shipped", question, fate, now=False, width=width).plain
    assert len(line) <= width
    assert line.startswith(" 1  ● Something")
    if width == 76 and follow_ups:
        assert line.endswith(", and 2 follow-ups")


@pytest.mark.parametrize(
    ("fates", "ended", "said"),
    [
        ((Fate.JUDGED, Fate.JUDGED), NOW, "yesterday       2/2 answered              Something"),
        ((Fate.JUDGED, Fate.TOO_SHORT), NOW, "yesterday       1/2 answered, 1 too short  Something"),
        ((Fate.DELETED, Fate.TOO_SHORT), None, "yesterday       0/2 answered, 1 too short, 1 deleted, broken off  "),
    ],
)
def test_a_past_interview_says_how_far_it_is_and_why_not_all_counts(
    fates: tuple[Fate, ...], ended: datetime | None, said: str
) -> None:
    kept = KeptInterview("id", NOW - timedelta(days=1), ended, Interview(10, 2, (Question("g", "s", 90),) * 2))
    line = past_line(kept, Standing(fates), {"g": "Something with a rather long title to it"}, NOW, 76).plain
    assert line.startswith(said)
    assert len(line) <= 76


ASKED = [
    ("Deploying a model: First deployment, batch prediction", Question("g", "s", 90, "Deployment came up in none")),
    (
        "A small guide: " + "When all the others are your equals, in the same office",
        Question("g", "t", 90, "not tried"),
    ),
    ("A small guide: " + "When all the others are your equals, in other offices", Question("g", "u", 90, "")),
]


@pytest.mark.parametrize("width", [56, 76, 116])
def test_what_would_be_asked_is_whole(width: int) -> None:
    lines = [line.plain for line in planned_lines(ASKED, width, 20)]
    assert all(len(line) <= width for line in lines)
    said = " ".join(" ".join(lines).split())
    assert "…" not in said
    for number, (title, one) in enumerate(ASKED, 1):
        assert f"{number} {title} {one.why}".rstrip() in said
    if width == 116:
        assert len(lines) == len(ASKED)


def test_where_there_is_no_room_for_it_a_title_comes_before_its_reason() -> None:
    lines = [line.plain for line in planned_lines(ASKED, 76, 4)]
    assert len(lines) == len(ASKED)
    assert all(title in line for line, (title, _) in zip(lines, ASKED, strict=True))
    assert lines[0].endswith("  Deployment…")
    assert "not tried" not in lines[1]
    assert all(len(line) <= 76 for line in lines)


def test_titles_take_a_second_line_where_only_their_reasons_have_no_room() -> None:
    lines = [line.plain for line in planned_lines(ASKED, 56, 6)]
    said = " ".join(" ".join(lines).split())
    assert all(title in said for title, _ in ASKED)
    assert len(lines) == 6


def test_titles_that_are_cut_are_told_apart_and_say_so() -> None:
    lines = [line.plain.rstrip() for line in planned_lines(ASKED, 40, 0)]
    assert len(lines) == len(ASKED)
    assert all("…" in line and len(line) <= 40 for line in lines)
    assert lines[1].endswith("the same office")
    assert lines[2].endswith("in other offices")
