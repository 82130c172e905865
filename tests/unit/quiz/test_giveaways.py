import pytest

from rehearse.quiz.giveaways import Names, names_of, stem, title_names, words
from tests.fakes import small_guide


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("deployment", "deployed"),
        ("monitoring", "monitors"),
        ("improvement", "improves"),
        ("randomisation", "random"),
        ("randomised", "randomization"),
        ("metrics", "metric"),
        ("shipping", "shipped"),
        ("learnings", "learned"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_short_words_keep_their_letters() -> None:
    assert [stem(word) for word in ("goal", "uses", "loss")] == ["goal", "uses", "loss"]


def test_words_have_neither_case_nor_punctuation() -> None:
    assert words("So — we’d SHIPPED it, twice!") == ["so", "we’d", "shipped", "it", "twice"]


def test_a_name_is_found_in_any_form_and_order() -> None:
    names = Names([["sample", "size"], ["deployment"]])
    assert names.inside("The size of our samples was small.")
    assert names.inside("It deploys at night.")
    assert not names.inside("The sample was small.")
    assert not names.inside("We employed two people.")


def test_filler_words_of_a_title_tell_nothing() -> None:
    names = title_names("Context and goal")
    assert not names.inside("It was and is slow.")
    assert names.inside("Our goals were modest.")


def test_synonyms_give_a_section_away_too() -> None:
    from dataclasses import replace

    section = replace(small_guide().sections[0], synonyms=("the why", "business case"))
    assert names_of(section).inside("There was no business case at all.")
    assert not names_of(section).inside("Business was slow.")
