"""What a valid guide is weak in, each with the path of the value."""

from dataclasses import replace
from typing import Any

import pytest

from rehearse.domain.guide import Guide, SampleSentence, Term
from rehearse.guides.folder import shipped_folder
from rehearse.guides.loader import load_guide, parse_guide
from rehearse.guides.positions import Path
from rehearse.guides.template import Outline, outline_text
from rehearse.guides.weak_spots import unsayable, weak_spots
from tests.fakes import small_guide

NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def sound_guide() -> Guide:
    """The small guide with a dozen examples in each section and a sample answer that leaves nothing out."""
    guide = small_guide()
    sections = tuple(
        replace(section, examples=tuple(f"{section.title} number {number} was told." for number in NUMBERS))
        for section in guide.sections
    )
    sample = (*guide.scenarios[0].sample, SampleSentence("I learned to ask.", "lesson"))
    return replace(guide, sections=sections, scenarios=(replace(guide.scenarios[0], sample=sample),))


GUIDE = sound_guide()


def with_section(at: int, **parts: Any) -> Guide:
    sections = list(GUIDE.sections)
    sections[at] = replace(sections[at], **parts)
    return replace(GUIDE, sections=tuple(sections))


def examples(at: int, *more: str) -> tuple[str, ...]:
    return (*GUIDE.sections[at].examples, *more)


def test_a_sound_guide_has_none() -> None:
    assert weak_spots(GUIDE) == []


@pytest.mark.parametrize(
    ("guide", "path", "said"),
    [
        (with_section(0, cues=("at night", "Work")), ("sections", 0, "cues", 1), "the cue “Work” is one common word"),
        (with_section(0, cues=("steps",)), ("sections", 0, "cues", 0), "the cue “steps” is one word that other"),
        (
            with_section(1, cues=("in a box",), near_misses=("It was in a box.", "Nothing was.")),
            ("sections", 1, "cues", 0),
            "the cue “in a box” is in 1 near miss of its own section and in no examples,",
        ),
        (
            with_section(0, examples=GUIDE.sections[0].examples[:11]),
            ("sections", 0, "examples"),
            "“Goal” has 11 examples, write a dozen or more",
        ),
        (
            with_section(0, examples=examples(0, "Fewer errors.")),
            ("sections", 0, "examples", 12),
            "the example “Fewer errors.” is very short",
        ),
        (
            with_section(0, examples=examples(0, "goal, NUMBER one - was told!")),
            ("sections", 0, "examples", 12),
            "this example stands in the section twice",
        ),
        (
            with_section(0, near_misses=("Goal number two was told",)),
            ("sections", 0, "examples", 1),
            "this example is a near miss of the same section too",
        ),
        (
            with_section(1, examples=examples(1, *GUIDE.sections[0].examples[:4])),
            ("sections", 1, "examples", 12),
            "4 examples of “Steps” stand in “Goal” too",
        ),
        (
            replace(GUIDE, terms=(Term("SQL"), Term("train_test_split"))),
            ("terms", 1, "name"),
            "nobody says “train_test_split” as it is written (“_” isn't spoken), add an alias",
        ),
        (
            replace(GUIDE, terms=(Term("Git Hub"), Term("git hub"))),
            ("terms", 1, "name"),
            "the term “git hub” stands here twice",
        ),
        (
            replace(GUIDE, scenarios=small_guide().scenarios),
            ("scenarios", 0, "sample"),
            "the sample answer of “Something small” leaves out “Lesson”, add a sentence for it",
        ),
    ],
)
def test_a_weak_spot_is_said_at_its_place(guide: Guide, path: Path, said: str) -> None:
    found = weak_spots(guide)
    assert any(where == path and what.startswith(said) for where, what in found), found


def test_a_cue_of_two_sections_is_said_of_both() -> None:
    sections = tuple(replace(section, cues=("what it was for",)) for section in GUIDE.sections[:2])
    found = weak_spots(replace(GUIDE, sections=(*sections, GUIDE.sections[2])))
    assert [(path, what) for path, what in found] == [
        (("sections", 0, "cues", 0), "the cue “what it was for” stands in “Steps” too, keep it where it belongs"),
        (("sections", 1, "cues", 0), "the cue “what it was for” stands in “Goal” too, keep it where it belongs"),
    ]


def test_a_few_shared_examples_are_meant() -> None:
    assert weak_spots(with_section(1, examples=examples(1, *GUIDE.sections[0].examples[:2]))) == []


@pytest.mark.parametrize("name", ["SQL", "dbt", "C++", "A/B test", "Weights & Biases", "Node.js", "S3", "GPT-4"])
def test_what_people_say(name: str) -> None:
    assert unsayable(Term(name)) == ""


@pytest.mark.parametrize("name", ["k8s", "a[0]", "結果", "xkcdvbn", "one two three four five six", "=>"])
def test_what_nobody_says_until_it_has_an_alias(name: str) -> None:
    assert unsayable(Term(name))
    assert unsayable(Term(name, aliases=("spoken form",))) == ""


def test_what_the_template_wrote_is_still_to_be_replaced() -> None:
    guide = parse_guide(outline_text(Outline("mine", "Mine", sections=("One", "Two"))), "mine.yaml")
    told = [what for _, what in weak_spots(guide)]
    assert told.count("3 examples are still the template's, write what people say") == 2
    assert "the sample answer of “The first scenario” is still the template's, write one of your own" in told
    assert len(told) == 5


def test_a_shipped_guide_has_few() -> None:
    assert len(weak_spots(load_guide(shipped_folder() / "ab-test.yaml"))) <= 10
