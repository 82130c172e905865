"""A guide as pages: everything that its author wrote for a reader is on one of them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.guides.chapters import READABLE, SHOWN, Points, chapters, found_in, quoted, share_words
from rehearse.guides.folder import shipped_folder
from rehearse.guides.loader import load_guide
from rehearse.guides.pages import as_json, as_markdown, as_plain
from tests.fakes import small_guide


def shipped(name: str) -> Path:
    return shipped_folder() / f"{name}.yaml"


@pytest.mark.parametrize("name", ["ab-test", "disagreement"])
def test_what_was_written_for_a_reader_can_be_read(name: str) -> None:
    guide = load_guide(shipped(name))
    written = " ".join(as_plain(guide, chapters(guide)).split())
    wanted = [guide.question, guide.summary, guide.tip, guide.takeaway, guide.closing]
    wanted += [intent.asks for intent in guide.intents]
    wanted += [text for section in guide.sections for text in (section.summary, section.advice, section.follow_up)]
    wanted += [text for section in guide.sections for text in section.follow_ups]
    wanted += [text.replace("{quote}", "…") for section in guide.sections for text in section.deeper]
    wanted += [text for one in guide.scenarios for text in (one.question, one.why)]
    wanted += [sentence.text for one in guide.scenarios for sentence in one.sample]
    wanted += [text for one in guide.mistakes for text in (one.instead, *one.short_answers[:1], *one.repairs[:1])]
    wanted += [text.replace("{quote}", "…") for one in guide.mistakes for text in one.follow_ups]
    # What a line's end may have changed: "two-sided" is cut behind its hyphen.
    squeezed = written.replace("- ", "-").replace(" ", "")
    missing = [text for text in wanted if text.replace("- ", "-").replace(" ", "") not in squeezed]
    assert missing == []


def test_the_same_in_markdown_and_json() -> None:
    guide = load_guide(shipped("ab-test"))
    pages = chapters(guide)
    written = as_markdown(guide, pages)
    assert written.startswith(f"# {guide.title}\n")
    assert f"> *Metrics:* {guide.scenarios[0].sample[1].text}" in written
    told = json.loads(json.dumps(as_json(guide, pages)))
    assert [page["id"] for page in told["chapters"]] == [page.id for page in pages]
    sentences = [s["text"] for page in told["chapters"] for part in page["parts"] for s in part.get("sentences", [])]
    assert sentences == [sentence.text for one in guide.scenarios for sentence in one.sample]


def test_a_guide_that_says_little_has_pages_too() -> None:
    pages = chapters(small_guide())
    assert [page.id for page in pages] == [
        "question",
        "framework",
        "section:goal",
        "section:steps",
        "section:lesson",
        "scenario:first",
        "mistake:no-lesson",
        "mistake:vague",
    ]
    assert "What only sounds like it" not in pages[2].text, "nothing stands there"


def test_plain_text_is_as_wide_as_the_terminal_and_not_wrapped_without_one() -> None:
    guide = load_guide(shipped("ab-test"))
    pages = chapters(guide)
    assert guide.summary in as_plain(guide, pages).splitlines()
    for width, most in ((60, 60), (80, 80), (200, 80)):
        assert max(map(len, as_plain(guide, pages, width=width).splitlines())) in range(most - 5, most + 1)
    assert as_plain(guide, pages, width=1) == as_plain(guide, pages, width=20), "words stay whole in the narrowest"


def test_what_is_asked_afterwards_stands_under_its_section_and_its_mistake() -> None:
    guide = small_guide()
    section = replace(guide.sections[0], follow_up="Why?", follow_ups=("What for?",), deeper=("“{quote}”: how so?",))
    mistake = replace(guide.mistakes[0], follow_ups=("You said {quote}. How much is that?", "How much?"))
    pages = chapters(replace(guide, sections=(section, *guide.sections[1:]), mistakes=(mistake,)))
    parts = {page.id: page.parts for page in pages}
    assert parts["section:goal"][-2:] == (
        Points("What you are asked where it was left out", ("Why?", "What for?")),
        Points("What you are asked where it was only touched", ("“…”: how so?",)),
    )
    assert parts["mistake:no-lesson"][-1] == Points(
        "What you are asked where it was made", ("You said “…”. How much is that?", "How much?")
    )
    assert "only touched" not in pages[3].text, "nothing stands there"


def test_a_search_finds_pages_by_all_words_also_inside_sample_answers() -> None:
    guide = small_guide()
    pages = chapters(guide)
    assert [page.id for page in found_in(pages, guide, "FEWER orders")] == ["section:goal", "scenario:first"]
    assert found_in(pages, guide, "  ") == list(pages)
    assert found_in(pages, guide, "fewer elephants") == []


def test_quotes_are_few_readable_and_begin_differently() -> None:
    many = [f"We did {word} with the boxes." for word in ("this", "that", "more")] + [
        "lower case, as it is typed",
        "So long a sentence that nobody would want to read it, " + "and on and on it goes, " * 5,
        "A box was moved.",
        "Nobody saw it.",
        "They went home.",
    ]
    chosen = quoted(many)
    assert len(chosen) == SHOWN
    assert all(len(one) <= READABLE and one[0].isupper() for one in chosen)
    assert len({one.split()[0] for one in chosen}) == SHOWN
    assert quoted(("only this one, small",)) == ("only this one, small",)


@pytest.mark.parametrize(
    ("share", "said"), [((0.1, 0.25), "10 to 25 %"), ((0.0, 0.3), "up to 30 %"), ((0.0, 1.0), "any share")]
)
def test_a_share_in_words(share: tuple[float, float], said: str) -> None:
    assert share_words(replace(small_guide().sections[0], share=share)) == said
