"""The quiz in plain lines: through a pipe, as a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.history.reviews import ReviewStore
from rehearse.quiz.deck import build_deck
from rehearse.quiz.plain import run_plain, spoken
from tests.fakes import small_guide
from tests.unit.quiz.support import NOW, card, session, shipped, store

COMMAND = [sys.executable, "-m", "rehearse", "quiz", "--plain"]


def piped(home: Path, typed: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *options],
        input=typed,
        env={**os.environ, "REHEARSE_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def said(lines: list[str], *typed: str, cards: int = 3, folder: Path) -> list[str]:
    """A session with a few cards; what it says."""
    answers = iter(typed)
    quiz = session([card(name) for name in "abcdef"[:cards]], store(folder))
    run_plain(quiz, say=lines.append, listen=lambda: next(answers, None), now=lambda: NOW)
    return lines


def test_questions_out_answers_in(own_home: Path) -> None:
    done = piped(own_home, "1\n0\n3\n", "--guide", "model-deployment")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count("\nQuestion ") == 4
    assert "Question 1, new. Which part does this serve?" in done.stdout
    assert "of 3 right." in done.stdout
    assert "Streak: 1 day in a row." in done.stdout
    guide = shipped("model-deployment")
    assert len(ReviewStore(own_home / "rehearse.db").states([guide.id])) == 3
    assert "\x1b" not in done.stdout


def test_the_end_of_the_input_is_no_error(own_home: Path) -> None:
    done = piped(own_home, "")
    assert done.returncode == 0
    assert "Nothing was answered." in done.stdout


def test_the_next_process_goes_on_where_the_last_one_ended(own_home: Path) -> None:
    first = piped(own_home, "1\n2\n1\n", "--guide", "disagreement").stdout
    second = piped(own_home, "", "--guide", "disagreement").stdout
    assert "Question 1, new." in second
    asked = [line for line in first.splitlines() if line.startswith("Question")]
    assert asked[3].split(". ", 1)[1] in second


def test_without_a_guide_those_that_were_begun_are_asked(own_home: Path) -> None:
    piped(own_home, "1\n", "--guide", "disagreement")
    titles = [section.title for section in shipped("disagreement").sections]
    other = {section.title for section in shipped("model-deployment").sections}
    everything = piped(own_home, "0\n" * 12).stdout
    assert any(title in everything for title in titles)
    assert not any(f". {title}\n" in everything for title in other)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--guide", "nope"), "There is no guide “nope”"),
        (("--section", "nope"), "There is no section “nope”"),
    ],
)
def test_what_doesn_t_exist(own_home: Path, options: tuple[str, str], says: str) -> None:
    done = piped(own_home, "1\n", *options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_that_is_killed_has_kept_every_answer(own_home: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--guide", "model-deployment"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "REHEARSE_HOME": str(own_home)},
        text=True,
    )
    assert process.stdin
    assert process.stdout
    for _ in range(3):
        process.stdin.write("0\n")
    process.stdin.flush()
    for line in process.stdout:
        if line.startswith("Question 4"):
            break
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdin.close()
    process.stdout.close()
    reviews = ReviewStore(own_home / "rehearse.db")
    assert len(reviews.states(["model-deployment"])) == 3
    assert reviews.new_on(reviews.days()[0], ["model-deployment"]) == 3


def test_a_session_line_by_line(tmp_path: Path) -> None:
    lines = said([], "1", "2", "1", "1", folder=tmp_path)
    assert lines[1:] == [
        "",
        "Question 1, new. Which part does this serve?",
        "Statement a on goal.",
        "1. Goal",
        "2. Steps",
        "3. Lesson",
        "Right. It is the goal.",
        "",
        "Question 2, new. Which part does this serve?",
        "Statement b on goal.",
        "1. Goal",
        "2. Steps",
        "3. Lesson",
        "Not quite. The answer is: Goal. It is the goal.",
        "",
        "Question 3, new. Which part does this serve?",
        "Statement c on goal.",
        "1. Goal",
        "2. Steps",
        "3. Lesson",
        "Right. It is the goal.",
        "",
        "Question 4. Which part does this serve?",
        "Statement b on goal.",
        "1. Goal",
        "2. Steps",
        "3. Lesson",
        "Right. It is the goal.",
        "",
        "3 of 4 right.",
        "Streak: 1 day in a row.",
        "1 card comes again tomorrow.",
        "On 9 March you'd probably remember 0 of 1 part; Goal is at risk.",
        "Missed: Statement b on goal. The answer is: Goal.",
        "Weakest first: Goal.",
    ]


def test_unknown_answers_are_asked_again(tmp_path: Path) -> None:
    lines = said([], "9", "foo", "1 2", "-1", "²", "1", folder=tmp_path)
    number = "Type a number from 1 to 3."
    assert lines[7:13] == [number, number, "Type one number.", number, number, "Right. It is the goal."]


def test_commands(tmp_path: Path) -> None:
    lines = said([], "?", "u", "1", "?", "e", "h", "u", "u", "2", "h", "q", folder=tmp_path)
    told = [line for line in lines if not line.startswith(("Question", "Statement", "1.", "2.", "3.")) and line]
    assert told[1:10] == [
        "Answer first.",
        "There is nothing to take back.",
        "Right. It is the goal.",
        "On question 1: Say what it was for.",
        "Noted.",
        "Noted.",
        "Taken back.",
        "There is nothing to take back.",
        "Not quite. The answer is: Goal. It is the goal.",
    ]
    assert told[10] == "That can't be changed."


def test_ordering_and_typing_in_lines(tmp_path: Path) -> None:
    cards = {one.kind.value: one for one in build_deck(small_guide())}
    lines: list[str] = []
    typed = iter(["1", "1 1 2", "lessons, goal and steps"])
    order = session([cards["order"]], store(tmp_path))
    run_plain(order, say=lines.append, listen=lambda: next(typed, None), now=lambda: NOW)
    assert lines.count("Type each number from 1 to 3 once.") == 2
    assert "Type the numbers in the right order, with spaces between." in lines
    recall = session([cards["recall"]], store(tmp_path))
    lines.clear()
    typed = iter(["lesson, gaol / stpes"])
    run_plain(recall, say=lines.append, listen=lambda: next(typed, None), now=lambda: NOW)
    assert "Right. Goal, then Steps, then Lesson." in lines
    assert "1 of 1 right." in lines


def test_arrows_and_gaps_are_said_in_words() -> None:
    assert spoken("Goal → ______ → Lesson") == "Goal, then blank, then Lesson"


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("goal", "the part before Steps"),
        ("steps", "the part between Goal and Lesson"),
        ("lesson", "the part after Steps"),
    ],
)
def test_a_missed_gap_is_told_in_sentences(tmp_path: Path, section: str, says: str) -> None:
    gap = next(one for one in build_deck(small_guide()) if one.id.endswith(f"gap:{section}"))
    lines: list[str] = []
    typed = iter([""])
    run_plain(session([gap], store(tmp_path)), say=lines.append, listen=lambda: next(typed, None), now=lambda: NOW)
    assert f"Missed: {says}. The answer is: {gap.right}." in lines


def test_what_was_missed_is_told_in_short(tmp_path: Path) -> None:
    lines: list[str] = []
    typed = iter(["2"])
    long = card("a", statement="It goes on and on, " * 20)
    run_plain(session([long], store(tmp_path)), say=lines.append, listen=lambda: next(typed, None), now=lambda: NOW)
    missed = next(line for line in lines if line.startswith("Missed: "))
    assert missed.endswith(" … The answer is: Goal.")
    assert len(missed) < 130


def test_one_who_answers_the_same_for_ever_comes_to_an_end(own_home: Path) -> None:
    done = piped(own_home, "1\n" * 500, "--guide", "model-deployment")
    assert done.returncode == 0
    assert done.stdout.count("\nQuestion ") <= 40


def test_a_pipe_that_never_answers_comes_to_an_end(tmp_path: Path) -> None:
    lines: list[str] = []
    quiz = session([card("a"), card("b")], store(tmp_path))
    run_plain(quiz, say=lines.append, listen=lambda: "x", now=lambda: NOW)
    assert "0 of 8 right." in lines
