"""A new guide passes the check, whatever it is called."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rehearse.guides.checks import is_id
from rehearse.guides.loader import parse_guide
from rehearse.guides.schema import MODELINE
from rehearse.guides.template import Outline, ids_for, outline_text, template_text


@pytest.mark.parametrize(
    "title", ["My question", "What's “next”: a plan?", 'A "quoted" \\ title', "# no remark", "{x}", "12"]
)
def test_the_template_passes_its_own_check(title: str) -> None:
    guide = parse_guide(template_text("my-question", title), "my-question.yaml")
    assert (guide.id, guide.title) == ("my-question", title)


@given(st.lists(st.text("0123456789abenoxy", min_size=1, max_size=6), min_size=1, max_size=5).map("-".join))
@example("12")
@example("on")
@example("null")
@example("1e5")
@example("2026-01-02")
@example("0x1f")
def test_any_id(guide_id: str) -> None:
    assert parse_guide(template_text(guide_id, "Title"), "x.yaml").id == guide_id


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60))
def test_any_title(title: str) -> None:
    assert parse_guide(template_text("mine", title), "mine.yaml").title == title


LINE = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60)


@given(LINE, LINE, st.lists(LINE, min_size=2, max_size=8), LINE)
@example("on", "1", ["Result", "no result"], "# x")
@example("a: b", "'", ["結果", "成果"], '"')
def test_any_outline(question: str, field: str, sections: list[str], scenario: str) -> None:
    outline = Outline("mine", "Mine", question, field, tuple(sections), scenario)
    guide = parse_guide(outline_text(outline), "mine.yaml")
    assert (guide.question, guide.field, guide.scenarios[0].question) == (question, field, scenario)
    assert [section.title for section in guide.sections] == sections
    served = [sentence.section for sentence in guide.scenarios[0].sample]
    assert served == [section.id for section in guide.sections]
    examples = [text for section in guide.sections for text in section.examples]
    assert len(examples) == 3 * len(sections)


def test_ids_are_made_of_titles_and_none_twice() -> None:
    assert ids_for(["Café & Tee", "cafe tee", "結果", "x" * 60]) == ["cafe-tee", "cafe-tee-2", "section-3", "x" * 40]
    assert all(map(is_id, ids_for(["a" * 60] * 12)))


def test_a_new_guide_names_its_schema_in_its_first_line() -> None:
    assert (
        template_text("mine", "Mine").splitlines()[0] == MODELINE == "# yaml-language-server: $schema=guide.schema.json"
    )
