"""What a schema can't say, each with the path of the value that has the problem."""

from dataclasses import replace
from typing import Any

import pytest

from rehearse.domain.guide import Guide, Intent, Mistake, SampleSentence, Term, WrittenCard
from rehearse.guides.checks import cross_checks
from rehearse.guides.loader import with_letters
from tests.fakes import small_guide

GUIDE = small_guide()
CARD = WrittenCard("one", "Which?", "this", ("that",), "Because.")


def with_section(at: int, **parts: Any) -> Guide:
    sections = list(GUIDE.sections)
    sections[at] = replace(sections[at], **parts)
    return replace(GUIDE, sections=tuple(sections))


def with_scenario(**parts: Any) -> Guide:
    return replace(GUIDE, scenarios=(replace(GUIDE.scenarios[0], **parts),))


def test_a_sound_guide_has_no_problem() -> None:
    assert cross_checks(GUIDE) == []


@pytest.mark.parametrize(
    ("guide", "path", "said"),
    [
        (
            replace(GUIDE, id="My Guide"),
            ("id",),
            "“My Guide” isn't an id, write lower-case letters, digits and hyphens",
        ),
        (replace(GUIDE, id="-x"), ("id",), "“-x” isn't an id"),
        (replace(GUIDE, title=" "), ("title",), "nothing but space stands here, write a text"),
        (with_scenario(question="\n  "), ("scenarios", 0, "question"), "nothing but space stands here"),
        (with_section(1, examples=("a", "\t", "b")), ("sections", 1, "examples", 1), "nothing but space stands here"),
        (with_section(1, id="Steps"), ("sections", 1, "id"), "“Steps” isn't an id"),
        (
            replace(GUIDE, intents=(*GUIDE.intents, Intent("practical", "Again", "Why?"))),
            ("intents", 1, "id"),
            "the id “practical” stands here twice, give each its own",
        ),
        (
            replace(GUIDE, mistakes=(*GUIDE.mistakes, Mistake("goal", "Goal", "Say it.", "vague"))),
            ("mistakes", 2, "id"),
            "a section is called “goal” too, choose another id",
        ),
        (
            replace(GUIDE, terms=(Term("Docker", sections=("step",)),)),
            ("terms", 0, "sections", 0),
            "there is no section “step”, did you mean “steps”?",
        ),
        (
            replace(GUIDE, terms=(Term("Docker", sections=("goal", "zzz")),)),
            ("terms", 0, "sections", 1),
            "there is no section “zzz”, known are: goal, steps, lesson",
        ),
        (
            replace(GUIDE, mistakes=(replace(GUIDE.mistakes[0], sections=("leson",)),)),
            ("mistakes", 0, "sections", 0),
            "there is no section “leson”, did you mean “lesson”?",
        ),
        (
            with_scenario(sample=(SampleSentence("Hello."), SampleSentence("The goal.", "goals"))),
            ("scenarios", 0, "sample", 1, "section"),
            "there is no section “goals”, did you mean “goal”?",
        ),
        (
            with_scenario(intents=("practise",)),
            ("scenarios", 0, "intents", 0),
            "there is no intent “practise”, did you mean “practical”?",
        ),
        (
            replace(GUIDE, cards=(replace(CARD, section="lessons"),)),
            ("cards", 0, "section"),
            "there is no section “lessons”, did you mean “lesson”?",
        ),
        (with_section(1, letter="G"), ("sections", 1, "letter"), "two sections have the letter G, choose another"),
        (with_section(1, letter="·"), ("sections", 1, "letter"), "“·” isn't a letter, write one capital letter"),
        (with_section(1, letter="SS"), ("sections", 1, "letter"), "“SS” isn't a letter"),
        (
            with_section(2, share=(0.5, 0.2)),
            ("sections", 2, "share"),
            "the least share 0.5 is above the greatest 0.2, swap them",
        ),
        (
            replace(GUIDE, mistakes=(replace(GUIDE.mistakes[0], sections=()),)),
            ("mistakes", 0, "detector"),
            "`section-missing` needs `sections:`, name at least one",
        ),
        (
            replace(GUIDE, mistakes=(replace(GUIDE.mistakes[1], detector="examples"),)),
            ("mistakes", 0, "detector"),
            "`examples` needs `examples:`, write at least three",
        ),
        (
            with_section(1, follow_ups=("And what did you do?", "What about “{quote}”?")),
            ("sections", 1, "follow_ups", 1),
            "there is no placeholder “{quote}”, nothing is filled in here, write it out",
        ),
        (
            with_section(0, deeper=("“{quote}”: how so?", "You said “{qoute}”. How so?")),
            ("sections", 0, "deeper", 1),
            "there is no placeholder “{qoute}”, only {quote} is filled in here",
        ),
        (
            replace(GUIDE, mistakes=(replace(GUIDE.mistakes[1], follow_ups=("How is {title} a reason?",)),)),
            ("mistakes", 0, "follow_ups", 0),
            "there is no placeholder “{title}”, only {quote} is filled in here",
        ),
        (
            replace(GUIDE, term_questions=("Why {}?",)),
            ("term_questions", 0),
            "there is no placeholder “{}”, only {term} is filled in here",
        ),
        (
            with_scenario(short_seconds=60, answer_seconds=60),
            ("scenarios", 0, "short_seconds"),
            "this must be less than answer_seconds",
        ),
        (
            replace(GUIDE, cards=(replace(CARD, distractors=("that", " THIS ")),)),
            ("cards", 0, "distractors"),
            "two options say the same, change one",
        ),
    ],
)
def test_a_problem_is_said_at_its_place(guide: Guide, path: tuple[str | int, ...], said: str) -> None:
    found = cross_checks(guide)
    assert any(where == path and what.startswith(said) for where, what in found), found


def test_placeholders_that_are_known_are_no_problem() -> None:
    guide = with_section(0, follow_ups=("What for?",), deeper=("“{quote}”: how so?", "And then?"))
    mistakes = (replace(GUIDE.mistakes[1], follow_ups=("“{quote}”: how much is that?", "How much?")),)
    assert cross_checks(replace(guide, mistakes=mistakes, term_questions=("Why {term}?",))) == []


def test_the_same_id_in_two_lists_is_fine() -> None:
    guide = replace(GUIDE, intents=(Intent("goal", "Goal", "Why?"),))
    assert cross_checks(guide) == []


def test_more_sections_than_letters_are_one_problem() -> None:
    sections = tuple(replace(GUIDE.sections[0], id=f"part-{n}", letter="") for n in range(30))
    guide = with_letters(replace(GUIDE, sections=sections, mistakes=(), scenarios=with_scenario(sample=()).scenarios))
    assert cross_checks(guide) == [(("sections", 26), "more than 26 sections, join some")]
