"""What an interviewer asks about after an answer, and in which words."""

from dataclasses import replace

import pytest

from rehearse.domain.coverage import Coverage, Match, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.follow_ups import filled, first_unused, follow_up
from rehearse.domain.gaps import Contradiction, Gap, GapKind, UnreasonedTerm, gaps, spoken
from rehearse.domain.guide import Mistake
from rehearse.domain.transcript import Quote
from tests.fakes import small_guide

GUIDE = small_guide()
LINES = {
    "missing": ["What about {title}?"],
    "deeper": ["“{quote}”: how so?", "More on “{quote}”?"],
    "contradiction": ["First “{earlier}”, then “{quote}”?"],
    "term": ["Why {term}?"],
    "mistake": ["“{quote}”: sure?"],
    "transition": ["Next.", "On we go."],
}


def quote(text: str, at: int = 0) -> Quote:
    return Quote(text, None, None, at, at + len(text.split()))


CUE = (Match("cue", "we did", 1.0),)


def marks(**states: SectionState) -> Coverage:
    return Coverage(
        tuple(
            SectionMark(
                section.id,
                state := states.get(section.id, SectionState.COVERED),
                () if state is SectionState.MISSING else (quote(f"we did {section.id} well"),),
                why=CUE,
            )
            for section in GUIDE.sections
        ),
        (),
        final=True,
    )


FIRST, SECOND = GUIDE.sections[0].id, GUIDE.sections[1].id
MISSING, THIN = SectionState.MISSING, SectionState.THIN


def test_nothing_is_asked_where_all_came_up_or_nothing_was_judged() -> None:
    assert gaps(GUIDE, marks()) == []
    assert gaps(GUIDE, replace(marks(**{FIRST: MISSING}), judged=False)) == []


def test_contradictions_come_first_then_what_was_left_out_then_what_was_touched_then_names() -> None:
    found = gaps(
        GUIDE,
        marks(**{FIRST: MISSING, SECOND: THIN}),
        [Contradiction(FIRST, told=quote("we watched it daily", 20), denied=quote("nobody watched it", 3))],
        [UnreasonedTerm("Docker", None, 1, quote("docker")), UnreasonedTerm("Kubernetes", SECOND, 3, quote("cube"))],
    )
    assert [(gap.kind, gap.about) for gap in found] == [
        (GapKind.CONTRADICTION, ""),
        (GapKind.MISSING, ""),
        (GapKind.THIN, ""),
        (GapKind.TERM, "Kubernetes"),
        (GapKind.TERM, "Docker"),
    ]
    assert (found[0].earlier, found[0].quote) == ("nobody watched it", "we watched it daily")
    assert found[2].quote == f"we did {SECOND} well"


def test_of_sections_left_out_the_one_with_the_largest_share_comes_first_and_settled_ones_dont() -> None:
    all_missing = marks(**{section.id: MISSING for section in GUIDE.sections})
    shares = {section.id: section.share[1] for section in GUIDE.sections}
    asked = [shares[gap.section_id] for gap in gaps(GUIDE, all_missing)]
    assert asked == sorted(asked, reverse=True)
    assert len(asked) == len(GUIDE.sections)
    assert FIRST not in [gap.section_id for gap in gaps(GUIDE, all_missing, settled={FIRST})]


def test_a_mistake_is_asked_about_by_its_own_words_unless_a_section_was_left_out_by_it() -> None:
    vague = Mistake("vague", "Too vague", "Name things.", "vague", follow_ups=("How much, in numbers?",))
    absent = Mistake("absent", "No goal", "Say it.", "section-missing", sections=(FIRST,))
    guide = replace(GUIDE, mistakes=(vague, absent))
    made = tuple(MistakeMark(one.id, MistakeState.MADE) for one in guide.mistakes)
    (gap,) = gaps(guide, replace(marks(), mistakes=made))
    assert (gap.kind, gap.about) == (GapKind.MISTAKE, "vague")
    asked = follow_up(guide, gap, LINES, ())
    assert asked is not None
    assert asked.text == "How much, in numbers?"


def test_a_mistake_that_points_at_words_is_asked_for_the_section_of_those_words() -> None:
    vague = Mistake("vague", "Too vague", "Name things.", "vague")
    guide = replace(GUIDE, mistakes=(vague,))
    said = marks()
    sections = (
        said.sections[0],
        replace(said.sections[1], evidence=(quote("it was much better", 30),)),
        *said.sections[2:],
    )
    made = MistakeMark("vague", MistakeState.MADE, evidence=(quote("much better", 32),))
    (gap,) = gaps(guide, replace(said, sections=sections, mistakes=(made,)))
    assert (gap.section_id, gap.quote) == (SECOND, "much better")


def test_no_wording_is_used_twice_and_the_guides_own_come_first() -> None:
    section = replace(GUIDE.sections[0], follow_up="And why?", follow_ups=("What for?",))
    guide = replace(GUIDE, sections=(section, *GUIDE.sections[1:]))
    gap, used = Gap(GapKind.MISSING, section.id), set[str]()
    asked: list[str] = []
    while (found := follow_up(guide, gap, LINES, used)) and len(asked) < 9:
        asked.append(found.text)
        used.add(found.phrasing)
    assert asked == ["And why?", "What for?", f"What about {section.title}?"]


def test_words_that_hardly_touch_a_section_arent_read_back() -> None:
    said = marks(**{FIRST: THIN})
    vaguely = replace(said.sections[0], why=(Match("example", "We wanted fewer wrong orders.", 0.5),))
    (gap,) = gaps(GUIDE, replace(said, sections=(vaguely, *said.sections[1:])))
    assert (gap.kind, gap.quote) == (GapKind.THIN, "")
    asked = follow_up(GUIDE, gap, LINES, ())
    assert asked is not None
    assert asked.text == GUIDE.sections[0].follow_up


def test_a_wording_that_quotes_is_left_out_where_there_are_no_words_to_quote() -> None:
    assert follow_up(GUIDE, Gap(GapKind.CONTRADICTION, FIRST), LINES, ()) is None
    asked = follow_up(GUIDE, Gap(GapKind.THIN, FIRST, "it ran"), LINES, {"deeper/0"})
    assert asked is not None
    assert asked.text == "More on “it ran”?"
    assert filled("{a} and {b}", {"a": "{b}", "b": "x"}) == "x and x"


def test_a_quote_is_read_back_short_and_without_what_connected_it() -> None:
    assert spoken("So, and we put it live.") == "we put it live"
    assert spoken("And so on") == "And so on"
    assert spoken(" ".join(f"w{n}" for n in range(20))) == " ".join(f"w{n}" for n in range(12)) + " …"
    assert spoken("She said “ship it” and „go“ to us.") == "She said ‘ship it’ and ‚go‘ to us"


def test_what_is_said_around_the_questions_begins_again_once_all_was_said() -> None:
    assert first_unused(LINES, "transition", {"transition/0"}) == ("transition/1", "On we go.")
    assert first_unused(LINES, "transition", {"transition/0", "transition/1"})[0] == "transition/0"


@pytest.mark.parametrize("wording", ["You said {quote}. How?", 'You said "{quote}". How?', "You said “{quote}”. How?"])
def test_what_is_read_back_stands_in_quotes_however_a_guide_has_written_it(wording: str) -> None:
    section = replace(GUIDE.sections[0], deeper=(wording,))
    guide = replace(GUIDE, sections=(section, *GUIDE.sections[1:]))
    asked = follow_up(guide, Gap(GapKind.THIN, section.id, "it ran"), LINES, ())
    assert asked is not None
    assert asked.text == "You said “it ran”. How?"
