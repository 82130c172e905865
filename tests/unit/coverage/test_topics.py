"""Which words deny a section, and which stand in every phrase."""

from dataclasses import replace

import pytest

from rehearse.coverage import language
from rehearse.coverage.topics import names_nothing, topic_words
from rehearse.domain.guide import Guide
from rehearse.guides.library import GuideLibrary
from tests.fakes import small_guide

IGNORANCE = (
    "We had no idea how many there were.",
    "I had no idea what they'd do with it.",
    "We didn't know which of them it was.",
    "We had no time for that.",
    "I don't think that was it.",
    "Nobody knows where it comes from.",
    "I didn't know how it works.",
)
"""Says that somebody didn't know or hadn't got something, and not what."""


def named_by(*synonyms: str, hollow: tuple[str, ...] = ()) -> Guide:
    guide = small_guide()
    first = replace(guide.sections[0], synonyms=synonyms, hollow=hollow)
    return replace(guide, sections=(first, *guide.sections[1:]))


@pytest.mark.parametrize("guide_id", GuideLibrary().ids())
def test_not_knowing_denies_no_section_of_a_shipped_guide(guide_id: str) -> None:
    guide = GuideLibrary().load(guide_id)
    for index, section in enumerate(guide.sections):
        topics = topic_words(guide, index)
        assert [text for text in IGNORANCE if language.denies(text, topics)] == [], section.id


def test_common_words_of_synonyms_and_hollow_phrases_are_no_topics() -> None:
    topics = topic_words(named_by("what came of it", "who didn't join", hollow=("with many people in mind",)), 0)
    assert not topics & {"what", "didn't", "with", "many", "mind"}
    assert {"join", "people"} <= topics


def test_the_words_that_name_a_section_deny_it() -> None:
    topics = topic_words(named_by("dashboards", "watching it live", hollow=("a monitoring concept",)), 0)
    assert language.denies("There were no dashboards.", topics)
    assert language.denies("We had no monitoring at all.", topics)
    assert not language.denies("There were no tests.", topics)


@pytest.mark.parametrize("word", ["what", "many", "with", "didn't", "can't", "they're", "nobody's"])
def test_these_name_nothing(word: str) -> None:
    assert names_nothing(word)


@pytest.mark.parametrize("word", ["drift", "budget", "people", "wrong", "users'"])
def test_these_name_something(word: str) -> None:
    assert not names_nothing(word)
