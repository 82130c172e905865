import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

from rehearse.domain.coverage import UNHEARD, Correction, Match, SectionMark, SectionState
from rehearse.domain.transcript import Transcript, Word
from rehearse.errors import InputError
from rehearse.opinions.page import build_page
from rehearse.opinions.sentences import LONGEST_SENTENCE, paragraphs
from tests.fakes import small_guide
from tests.unit.history.support import spoken, transcripts
from tests.unit.opinions.support import ANSWER_ID, SAID, answered

GUIDE = small_guide()
EVIL = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(1)><!-- \x1b]0;owned\x07 \u202e\ud800 {question}"


class Read(HTMLParser):
    """What a page holds: its elements with their attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self.text = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.raw.append((self._inside, data))
        else:
            self.text += data

    def values(self, name: str, tag: str = "") -> list[str | None]:
        return [attrs[name] for one, attrs in self.elements if name in attrs and tag in ("", one)]


def test_every_mark_that_was_settled_is_asked_about_with_its_words() -> None:
    page = Read(build_page(answered(), GUIDE, "data:audio/mpeg;base64,AAAA"))
    assert page.values("data-mark") == ["goal", "steps", "lesson", "no-lesson"]
    assert page.values("data-state") == ["covered", "thin", "missing", "made"]
    assert page.values("data-start", "button") == ["0.00", "2.40", "0.80"]
    assert page.values("data-end", "button") == ["2.32", "3.12", "1.52"]
    assert page.values("value", "input") == ["yes", "no", "can't tell"] * 4
    assert page.values("src") == ["data:audio/mpeg;base64,AAAA"]
    quoted = ("“What did you ship?”", "“The goal was fewer wrong orders.”")
    told = ("What was done.", "This came up.", "Nothing was said about it.", "Better: Say what you learned.")
    for said in (*quoted, *told, "4 short questions", "0 of 4 answered"):
        assert said in " ".join(page.text.split()), said


def test_what_was_said_without_a_microphone_is_no_unclear_speech() -> None:
    answer = answered()
    assert answer.coverage is not None
    away = SectionMark("lesson", SectionState.UNCLEAR, why=(Match(UNHEARD, "microphone away for 6 s at 0:12", 1.0),))
    coverage = replace(answer.coverage, sections=(*answer.coverage.sections[:2], away))
    page = " ".join(Read(build_page(replace(answer, coverage=coverage), GUIDE)).text.split())
    assert "This couldn't be heard: the microphone was away for a while" in page
    assert "speech without clear words" not in page


def test_the_users_own_corrections_are_not_asked_about() -> None:
    mine = replace(answered(), corrections=(Correction("goal", "missing"),))
    assert Read(build_page(mine, GUIDE)).values("data-state")[0] == "covered"


def test_without_sound_there_is_nothing_to_hear() -> None:
    page = Read(build_page(answered(Transcript.typed(SAID)), GUIDE))
    assert page.values("data-start", "button") == []
    assert "audio" not in [tag for tag, _ in page.elements]
    assert "Read the answer" in page.text


def test_without_the_guide_the_marks_stand_by_their_ids() -> None:
    assert "no-lesson" in Read(build_page(answered(), None)).text


def test_nothing_of_the_page_comes_from_elsewhere_and_only_its_own_script_may_run() -> None:
    page = Read(build_page(answered(), GUIDE, "data:audio/mpeg;base64,AAAA"))
    (policy,) = (attrs["content"] for _, attrs in page.elements if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    rules = {name: rest.split() for name, _, rest in (one.strip().partition(" ") for one in policy.split(";"))}

    def allowed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    (style,) = (text for tag, text in page.raw if tag == "style")
    values, script = (text for tag, text in page.raw if tag == "script")
    assert rules["default-src"] == ["'none'"]
    assert rules["style-src"] == [allowed(style)]
    assert rules["script-src"] == [allowed(script)]
    assert set(rules["media-src"]) == {"data:", "blob:"}
    assert json.loads(values)["answer"] == ANSWER_ID
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"link", "iframe", "object", "embed", "img", "form", "base"}
    assert not [attrs for _, attrs in page.elements if any(name.startswith("on") or name == "style" for name in attrs)]
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttp|sendBeacon", style + script)
    assert page.values("href") == ["#questions"]


def hostile() -> tuple[Any, Any]:
    section, mistake = GUIDE.sections[0], GUIDE.mistakes[0]
    guide = replace(
        GUIDE,
        title=EVIL,
        sections=(replace(section, title=EVIL, summary=EVIL), *GUIDE.sections[1:]),
        mistakes=(replace(mistake, title=EVIL, instead=EVIL), *GUIDE.mistakes[1:]),
    )
    words = replace(answered(spoken(" ".join([EVIL.replace(" ", "\xa0")] * 30)), EVIL), id=EVIL)
    assert words.coverage is not None
    mistakes = tuple(replace(one, reason=EVIL) for one in words.coverage.mistakes)
    return replace(words, coverage=replace(words.coverage, mistakes=mistakes)), guide


def test_what_was_made_to_do_harm_is_text_and_nothing_else() -> None:
    tame, wild = Read(build_page(answered(), GUIDE)), build_page(*hostile())
    read = Read(wild)
    assert {tag for tag, _ in read.elements} == {tag for tag, _ in tame.elements}
    assert {name for _, attrs in read.elements for name in attrs} == {
        name for _, attrs in tame.elements for name in attrs
    }
    assert len([1 for tag, _ in read.elements if tag == "script"]) == 2
    assert json.loads(next(text for tag, text in read.raw if tag == "script"))["answer"] == EVIL
    assert "<script>alert(1)</script>" in read.text
    assert not re.search("[\x00-\x08\x0e-\x1f\u202e\ud800]", wild)
    wild.encode()


@pytest.mark.parametrize("change", [{"coverage": None}, {"judged": False}])
def test_an_answer_without_marks_has_nothing_to_ask(change: dict[str, Any]) -> None:
    answer = answered()
    assert answer.coverage is not None
    bare = replace(answer, coverage=None if "coverage" in change else replace(answer.coverage, **change))
    with pytest.raises(InputError, match="nothing to ask about"):
        build_page(bare, GUIDE)


@given(transcripts)
@settings(max_examples=50)
def test_paragraphs_hold_every_word_once_in_order(transcript: Transcript) -> None:
    spans = [span for paragraph in paragraphs(transcript) for span in paragraph]
    assert [index for first, end in spans for index in range(first, end)] == list(range(len(transcript.words)))
    assert all(0 < end - first <= LONGEST_SENTENCE for first, end in spans)


def test_a_pause_and_a_full_stop_cut() -> None:
    quick, late = spoken("One two. Three").utterances[0], spoken("Four.", start=9.0).utterances[0]
    cut = list(paragraphs(Transcript((quick, late), duration=10.0)))
    assert cut == [[(0, 2), (2, 3)], [(3, 4)]]
    assert list(paragraphs(Transcript((replace(late, words=(Word("x"),) * 41),)))) == [[(0, 40), (40, 41)]]
