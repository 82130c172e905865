"""What guides share: aliases of tools and ordinary talk, only where a guide asks for it."""

from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.domain.guide import Guide, Term
from rehearse.errors import GuideError
from rehearse.guides.library import GuideLibrary
from rehearse.guides.loader import load_guide
from rehearse.guides.stock import read_stock, stock_names, with_stock
from rehearse.guides.template import template_text
from tests.fakes import small_guide

TERMS = (Term("Postgres", ("post gres",)), Term("Our own tool"), Term("grape", ("a p i",)))


def drawing_on(*stocks: str) -> Guide:
    return replace(small_guide(), terms=TERMS, small_talk=("Hello.",), stock=stocks)


def test_a_guide_that_draws_on_none_stays_as_it_is() -> None:
    assert with_stock(drawing_on()) == drawing_on()


def test_a_known_name_gets_the_other_ways_to_say_it_after_its_own() -> None:
    postgres, own, grape = with_stock(drawing_on("tools")).terms
    assert postgres.aliases[0] == "post gres"
    assert "postgresql" in postgres.aliases
    assert len(set(postgres.aliases)) == len(postgres.aliases)
    assert (own, grape) == TERMS[1:]


def test_no_alias_is_given_to_two_terms() -> None:
    taken = replace(drawing_on("tools"), terms=(Term("Postgres"), Term("Greenplum", ("postgresql",))))
    assert "postgresql" not in with_stock(taken).terms[0].aliases


def test_ordinary_talk_comes_after_its_own() -> None:
    talk = with_stock(drawing_on("talk")).small_talk
    assert talk[0] == "Hello."
    assert set(read_stock("talk").small_talk) < set(talk)
    assert len(talk) > 100


def test_a_stock_that_is_none_is_a_problem_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    text = template_text("mine", "Mine")
    path.write_text(text.replace("\nfield:", "\nstock: [tolls]\nfield:"), encoding="utf-8")
    with pytest.raises(GuideError, match="there is no stock “tolls”, did you mean “tools”"):
        load_guide(path)


def test_a_stock_is_no_guide() -> None:
    assert set(stock_names()) == {"talk", "tools"}
    assert not set(stock_names()) & set(GuideLibrary().ids())
    assert all(read_stock(name).aliases or read_stock(name).small_talk for name in stock_names())
