"""An article's headings and lists become a draft that can be parsed and that says what is missing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rehearse.errors import GuideError
from rehearse.guides.article import LONGEST, plain, read_article
from rehearse.guides.drafting import draft_text
from rehearse.guides.loader import parse_guide
from rehearse.guides.positions import open_document

ARTICLE = """\
---
layout: post
---
# Answering: “Why this job?”

Interviewers *always* ask it.

## The company

What you **know** of [them](http://example.org).

- They built the `first` register in the whole country
- mission
- I met two of your engineers
  and liked how they argue

### Detail

1. A numbered thing that people say

```
- not an item
## no heading
```

You
---

* [x] one two three four five
"""


def test_headings_lists_and_paragraphs_are_read() -> None:
    article = read_article(ARTICLE)
    assert (article.title, article.question) == ("Answering: “Why this job?”", "Why this job?")
    company, you = article.parts
    assert company.title == "The company"
    assert company.paragraphs == ["What you know of them."]
    assert company.items == [
        "They built the first register in the whole country",
        "mission",
        "I met two of your engineers and liked how they argue",
        "A numbered thing that people say",
    ]
    assert (you.title, you.items) == ("You", ["one two three four five"])


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("# Leading\n\nTell. So what is it? Really.", "So what is it?"),
        ("# Leading\n\n## Why me?", "Why me?"),
        ("# Leading\n\nNothing asked.", ""),
    ],
)
def test_the_question_is_the_first_that_is_asked(text: str, question: str) -> None:
    assert read_article(text).question == question


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("**bold** and *it* and `code` and ~~out~~", "bold and it and code and out"),
        ("a [link](x) and [one][1] ![picture](y)", "a link and one"),
        ("a <b>tag</b>", "a tag"),
        ("3 * 4 and snake_case", "3 * 4 and snake_case"),
        ("a\x1b[31mb\u202ec", "a[31mbc"),
    ],
)
def test_what_is_marked_up_becomes_plain(marked: str, words: str) -> None:
    assert plain(marked) == words


def test_the_draft_holds_the_structure_and_check_names_what_is_missing() -> None:
    text = draft_text("why", read_article(ARTICLE))
    value = open_document(text, "why.yaml").value
    assert (value["title"], value["question"]) == ("Answering: “Why this job?”", "Why this job?")
    company, you = value["sections"]
    assert company["cues"] == ["mission"]
    assert company["examples"][0] == "They built the first register in the whole country"
    assert you["examples"] == ["one two three four five"]
    assert [one["section"] for one in value["scenarios"][0]["sample"]] == ["the-company", "you"]
    with pytest.raises(GuideError) as raised:
        parse_guide(text, "why.yaml")
    said = [line.split(": ", 1)[1] for line in raised.value.what.splitlines()]
    assert said == [
        "field: nothing stands here, write a text",
        "summary: nothing stands here, write a text",
        "sections.0.summary: nothing stands here, write a text",
        "sections.0.advice: nothing stands here, write a text",
        "sections.0.follow_up: nothing stands here, write a text",
        "sections.1.summary: nothing stands here, write a text",
        "sections.1.advice: nothing stands here, write a text",
        "sections.1.follow_up: nothing stands here, write a text",
        "sections.1.examples: too little stands here, add to it",
        "scenarios.0.why: nothing stands here, write a text",
        "scenarios.0.sample.0.text: nothing stands here, write a text",
        "scenarios.0.sample.1.text: nothing stands here, write a text",
    ]


LINES = st.lists(
    st.one_of(
        st.sampled_from(["# ", "## ", "- ", "* ", "1. ", "---", "===", "```", "> ", "", "[a](", "**", "|"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    ),
    max_size=30,
)


@given(st.lists(LINES.map("".join), max_size=12).map("\n".join))
@example("## \x85\n- \ufeffa\n- 'x\n- on\n- 1\n- a: b\n- # c\n- \ufffe")
@example("---\n---\n## no\n## No\n## \n")
def test_any_article_becomes_yaml(text: str) -> None:
    document = open_document(draft_text("mine", read_article(text)), "mine.yaml")
    assert document.problems == ()
    with pytest.raises(GuideError):
        parse_guide(draft_text("mine", read_article(text)), "mine.yaml")


@pytest.mark.parametrize(
    "piece", ["#", "# ", "- ", "[", "](", "![", "<", "*", "a", "?", " ", "-\n", "## a\n", "- a\n", "`"]
)
def test_very_much_of_anything_is_read_to_its_end(piece: str) -> None:
    article = read_article("## x\n" + piece * (200_000 // len(piece)))
    assert len(draft_text("mine", article)) < 100 * LONGEST
