"""The report as Markdown and as a page: everything in it, and nothing that anybody said is markup."""

import base64
import hashlib
import re
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.domain.delivery import Pause
from rehearse.reports.markdown import report_markdown
from rehearse.reports.page import report_page
from rehearse.reports.report import InterviewReport, NextDrill
from tests.unit.history.support import spoken
from tests.unit.opinions.test_page import EVIL, Read
from tests.unit.reports.support import NO_LESSON, C, M, T, all_three, answer, figures, question, report, vague


def whole() -> InterviewReport:
    """One with something of everything."""
    late = spoken("The goal was fewer wrong orders. " * 5, pace=2.0)
    made = report(
        [question("a", "b"), question("c", "gone"), question(None, skipped=True), question("deleted")],
        [
            answer("a", all_three(C, T, M), mistakes=(NO_LESSON, vague()), delivery=figures()),
            answer("b", {"lesson": C}, follow_up="a", sure=0.99, delivery=figures()),
            answer("c", all_three(M, C, C), said=late, delivery=figures(pace=120.0, pauses=(Pause(7.0, 12.0),))),
        ],
    )
    return replace(
        made,
        trend="As it went on you spoke slower.",
        without_figures=("Answer 4 was typed.",),
        next_drill=NextDrill("small", "first", "Something small", "Goal came up in none of 2."),
    )


def test_the_markdown_holds_everything_in_order() -> None:
    text = report_markdown(whole())
    places = [
        "2 of 4 questions answered, question 3 skipped, the answer to question 4 deleted.",
        "Planned for 10 minutes, took 5:12.",
        "## Best moments",
        "1. **Lesson** (question 1, 0:07 to 0:08; answer `b`)",
        "> “Nobody told me why.”",
        "## Weakest moments",
        "1. **Goal left out** (question 2; answer `c`)",
        "> Asked was: “What did you ship?”",
        "2. **Vague** (question 1, 0:02 to 0:03; answer `a`)",
        "| A small guide | Question 1 | Question 2 |",
        "| Goal | ✔ | · |",
        "| Lesson | ✔+ | ✔ |",
        "### 1. Something small",
        "2/3 sections, 1 of them when asked; 2 mistakes.",
        "- **No lesson**: Nothing was said about it. You made it good when asked.",
        "Asked further:\n\n- And the lesson?",
        "1 answer to further questions can't be looked at any more.",
        "### 3. Something small",
        "A small guide. Skipped.",
        "A small guide. The answer was deleted.",
        "As it went on",
        "| 1a | 0:08 of 0:45, short | 150 | 0.0 | 0 |",
        "Answer 4 was typed.",
        "**Something small**: Goal came up in none of 2.",
    ]
    at = -1
    for place in places:
        assert (at := text.find(place, at + 1)) >= 0, place


def test_the_page_says_the_same_and_plays_what_has_sound() -> None:
    made = whole()
    sounds = {made.best[0]: "data:audio/mpeg;base64,AAAA", made.weakest[1]: "data:audio/wav;base64,BBBB"}
    page = Read(report_page(made, sounds))
    assert page.values("src") == ["data:audio/mpeg;base64,AAAA", "data:audio/wav;base64,BBBB"]
    assert page.values("aria-label", "audio") == ["Lesson, question 1, 0:07 to 0:08", "Vague, question 1, 0:02 to 0:03"]
    assert page.values("data-answer") == ["b", "c", "c", "a"]
    text = " ".join(page.text.split())
    for said in (made.summary, made.trend, "Asked: “What did you ship?”", "came up when asked", "only touched",
                 "Next: Something small.", "Answer 4 was typed."):  # fmt: skip
        assert said in text, said
    assert "audio" not in [tag for tag, _ in Read(report_page(made)).elements], "without sound the words alone"


def test_nothing_of_the_page_comes_from_elsewhere_and_only_its_own_script_may_run() -> None:
    page = Read(report_page(whole()))
    (policy,) = (attrs["content"] for _, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    rules = {name: rest.split() for name, _, rest in (one.strip().partition(" ") for one in policy.split(";"))}
    (style,) = (text for tag, text in page.raw if tag == "style")
    (script,) = (text for tag, text in page.raw if tag == "script")
    for rule, text in (("style-src", style), ("script-src", script)):
        assert rules[rule] == [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"]
    assert (rules["default-src"], rules["media-src"]) == (["'none'"], ["data:", "blob:"])
    assert not {tag for tag, _ in page.elements} & {"link", "iframe", "object", "embed", "img", "form", "base", "a"}
    assert not [attrs for _, attrs in page.elements if any(name.startswith("on") or name == "style" for name in attrs)]
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttp|sendBeacon", style + script)


def with_words(made: InterviewReport, words: str) -> InterviewReport:
    """The same, everything that people or guides say being `words`."""

    def said(one: Any, *names: str) -> Any:
        return replace(one, **dict.fromkeys(names, words))

    def moment(one: Any) -> Any:
        return said(one, "title", "why", "words", "asked", "answer_id")

    questions = [
        replace(
            said(one, "guide_title", "title", "words"),
            sections=tuple(said(line, "title", "quote") for line in one.sections),
            mistakes=tuple(said(line, "title", "reason", "quote") for line in one.mistakes),
            further=tuple(words for _ in one.further),
        )
        for one in made.questions
    ]
    return replace(
        made,
        questions=tuple(questions),
        best=tuple(map(moment, made.best)),
        weakest=tuple(map(moment, made.weakest)),
        next_drill=said(made.next_drill, "title", "why"),
    )


WHOLE = whole()
TAME = Read(report_page(with_words(WHOLE, "words")))
hostile = st.one_of(
    st.just(EVIL),
    st.text(min_size=1, max_size=40),
    st.text(st.sampled_from("<>&\"'/=!-`;:{}%#abscript\x00\x1b\u202e\u2028 "), min_size=1, max_size=60),
)


@given(hostile)
@settings(max_examples=60)
def test_whatever_is_said_is_text_and_nothing_else(words: str) -> None:
    made = report_page(with_words(WHOLE, words))
    read = Read(made)
    assert [tag for tag, _ in read.elements] == [tag for tag, _ in TAME.elements]
    assert [sorted(attrs) for _, attrs in read.elements] == [sorted(attrs) for _, attrs in TAME.elements]
    assert [text for tag, text in read.raw] == [text for tag, text in TAME.raw]
    assert not re.search("[\x00-\x08\x0e-\x1f\u202e\ud800]", made)
    made.encode()


@given(hostile)
@settings(max_examples=60)
def test_whatever_is_said_is_no_markdown(words: str) -> None:
    text = report_markdown(with_words(WHOLE, words))
    tame = report_markdown(with_words(WHOLE, "words"))
    assert text.count("\n") == tame.count("\n"), "it opens no line of its own"
    assert not re.search(r"(?<!\\)(?:\\\\)*<\w", text)
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", text)) == len(re.findall(r"(?<!\\)(?:\\\\)*\|", tame))
