from dataclasses import replace

from rehearse.domain.answer import Answer, Mode, Source
from rehearse.domain.coverage import Correction, Coverage, MistakeMark, MistakeState, SectionState
from rehearse.domain.delivery import Delivery, Stretch
from rehearse.domain.guide import Guide, Mistake, SampleSentence, Scenario, Section
from rehearse.domain.guide_versions import GUIDE_VERSION, guide_version, section_versions
from rehearse.history.compare import (
    Change,
    Passage,
    Side,
    answer_side,
    compare,
    edited_lines,
    hindrance,
    sample_side,
)
from tests.fakes import small_guide
from tests.unit.history.support import NOW, marks, spoken

GUIDE = Guide(
    "g", "G", "q", "f", "s", (),
    tuple(Section(name, name.title(), "s", "a", "f", examples=("a", "b", "c")) for name in ("one", "two", "three")),
    tuple(Mistake(name, name.title(), "i", "vague") for name in ("vague", "generic", "no-two")),
    (Scenario("s", "S", 1, "q", "w", (
        SampleSentence("Hello there."), SampleSentence("We did this and that.", "one"), SampleSentence("Yes.", "three"),
    )),),
)  # fmt: skip
OLD = Answer(
    "a", "g", "s", "q", NOW, Source.MICROPHONE, Mode.COACHED,
    transcript=spoken("one two three four"),
    coverage=marks("one", "two three", made="vague generic", avoided="no-two"),
    delivery=Delivery(120, (), 3, (), 0, 0, (), (Stretch("one", 0, 6), Stretch(None, 6, 8)), ()),
)  # fmt: skip
NEW = replace(OLD, coverage=marks("two three", "one", made="generic no-two", avoided="vague"), delivery=None)


def test_what_was_gained_and_lost() -> None:
    found = compare(answer_side(OLD), answer_side(NEW), GUIDE)
    assert (found.gained, found.lost) == (("two", "three"), ("one",))
    assert (found.mistakes_came, found.mistakes_went, found.mistakes_stayed) == (("no-two",), ("vague",), ("generic",))
    assert found.left.words_per_minute == 120
    assert found.right.words_per_minute is None
    assert found.left.duration == 1.6


def test_shares_are_of_the_spoken_time_and_absent_without_times() -> None:
    one, two, _ = compare(answer_side(OLD), answer_side(NEW), GUIDE).sections
    assert (one.left_share, two.left_share, one.right_share) == (0.75, 0.0, None)


def test_corrections_count() -> None:
    corrected = replace(OLD, corrections=(Correction("two", "covered"),))
    assert compare(answer_side(OLD), answer_side(corrected), GUIDE).gained == ("two",)


def test_the_sample_can_be_one_side() -> None:
    found = compare(sample_side(GUIDE, GUIDE.scenarios[0]), answer_side(OLD), GUIDE)
    assert found.left.sections == {
        "one": SectionState.COVERED, "two": SectionState.MISSING, "three": SectionState.COVERED,
    }  # fmt: skip
    assert found.lost == ("three",)
    assert found.left.passages[1] == Passage("We did this and that.", "one")
    assert [one.left_share for one in found.sections] == [5 / 8, 0, 1 / 8]
    assert found.left.words == 8
    assert found.left.duration is None


def test_a_side_that_was_not_judged_changes_nothing() -> None:
    found = compare(answer_side(replace(OLD, coverage=None)), answer_side(OLD), GUIDE)
    assert {one.change for one in found.sections} == {Change.SAME}
    for one, other in ((OLD, replace(OLD, coverage=None)), (replace(OLD, coverage=None), OLD)):
        found = compare(answer_side(one), answer_side(other), GUIDE)
        assert (found.mistakes_came, found.mistakes_went, found.mistakes_stayed) == ((), (), ())


def test_what_could_not_be_heard_is_neither_lost_nor_gained() -> None:
    assert OLD.coverage is not None
    unheard = replace(
        OLD.coverage, sections=tuple(replace(one, state=SectionState.UNCLEAR) for one in OLD.coverage.sections)
    )
    muffled = answer_side(replace(OLD, coverage=unheard))
    for left, right in ((answer_side(OLD), muffled), (muffled, answer_side(OLD))):
        assert {one.change for one in compare(left, right, GUIDE).sections} == {Change.SAME}
    assert compare(sample_side(GUIDE, GUIDE.scenarios[0]), muffled, GUIDE).lost == ()


def opened(coverage: Coverage, mistake_id: str) -> Coverage:
    """One mistake wasn't judged."""
    return replace(
        coverage,
        mistakes=tuple(
            MistakeMark(one.mistake_id, MistakeState.OPEN) if one.mistake_id == mistake_id else one
            for one in coverage.mistakes
        ),
    )


def test_a_mistake_that_one_side_was_not_judged_on_is_neither_gone_nor_new() -> None:
    assert OLD.coverage is not None
    assert NEW.coverage is not None
    unsure = answer_side(replace(NEW, coverage=opened(NEW.coverage, "vague")))
    found = compare(answer_side(OLD), unsure, GUIDE)
    assert (found.mistakes_came, found.mistakes_went, found.mistakes_stayed) == (("no-two",), (), ("generic",))
    assert (found.mistakes_unsure, found.mistakes_judged) == (("vague",), True)
    unsure = answer_side(replace(OLD, coverage=opened(OLD.coverage, "no-two")))
    found = compare(unsure, answer_side(NEW), GUIDE)
    assert (found.mistakes_came, found.mistakes_went, found.mistakes_unsure) == ((), ("vague",), ("no-two",))


def test_beside_an_answer_too_short_to_judge_no_mistake_is_called_gone_or_new() -> None:
    assert NEW.coverage is not None
    short = answer_side(replace(NEW, coverage=replace(NEW.coverage, judged=False)))
    found = compare(answer_side(OLD), short, GUIDE)
    assert (found.mistakes_came, found.mistakes_went, found.mistakes_stayed) == ((), (), ())
    assert (found.mistakes_unsure, found.mistakes_judged) == (("vague", "generic"), False)


def test_only_answers_to_a_guide_that_is_still_there_stand_side_by_side() -> None:
    assert hindrance(OLD, NEW, {"g": GUIDE}) == ""
    assert "different guides" in hindrance(replace(OLD, guide_id="h"), NEW, {"g": GUIDE})
    assert "The guide “g” is gone" in hindrance(OLD, NEW, {})
    assert "has changed" in hindrance(OLD, replace(NEW, scenario_id="t"), {"g": GUIDE})


def test_an_edit_of_the_guide_between_the_two_is_told() -> None:
    guide = small_guide()
    first, *rest = guide.sections
    edited = replace(guide, sections=(replace(first, examples=("Other.", "Words.", "Now.")), *rest))
    before = Side({"goal": SectionState.COVERED, "old": SectionState.MISSING}, frozenset(), 9, None, None, None, {},
                  versions=section_versions({GUIDE_VERSION: guide_version(guide)}))  # fmt: skip
    after = replace(before, sections={"goal": SectionState.COVERED},
                    versions=section_versions({GUIDE_VERSION: guide_version(edited)}))  # fmt: skip
    found = compare(before, after, edited)
    assert (found.changed, found.gone) == (("goal",), ("old",))
    assert edited_lines(found, edited) == (
        "Changed in the guide between the two: Goal. Their marks were made by different examples.",
        "No longer in the guide: old.",
    )
    unknown = compare(replace(before, sections={}, versions={}), after, edited)
    assert edited_lines(unknown, edited) == (), "nobody knows which text an old answer was marked against"
