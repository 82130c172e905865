"""A draft of a guide from an article's structure: what only a person can write stays empty, and `check` names it."""

from collections.abc import Iterator

from rehearse.guides.article import Article, Part
from rehearse.guides.checks import MOST_SECTIONS
from rehearse.guides.schema import MODELINE
from rehearse.guides.template import ids_for, quoted

MOST_ITEMS = 60
"""List items taken over of each part."""
LONGEST = 300
"""Characters of one; a longer one is no sentence that somebody says."""
SPOKEN_WORDS = 5
"""Words from which an item is taken for a sentence, and below which for a cue."""


def draft_text(guide_id: str, article: Article) -> str:
    """The draft; `rehearse guide check` says what is missing in it."""
    return "\n".join(_draft(guide_id, article)) + "\n"


def _draft(guide_id: str, article: Article) -> Iterator[str]:
    title = _short(article.title) or guide_id.replace("-", " ").capitalize()
    yield MODELINE
    yield "# A draft made of an article's headings and lists. `rehearse guide check` names what is still missing."
    yield f"id: {quoted(guide_id)}"
    yield f"title: {quoted(title)}"
    if not article.question:
        yield "# The article asks nothing: this is its title. Write the question as an interviewer asks it."
    yield f"question: {quoted(_short(article.question) or title)}"
    yield "field:  # where it is asked: data science, any job"
    yield "summary:  # one line: what the question checks"
    yield ""
    yield "intents: []  # what the interviewer really wants to find out: id, title, asks"
    yield ""
    parts = article.parts[:MOST_SECTIONS]
    ids = ids_for([part.title for part in parts])
    if not parts:
        yield "# The article has no headings of the second level (##). A guide has two sections or more."
        yield "sections: []"
    else:
        yield "# Take out what is no part of an answer: introductions, summaries, links."
        yield "sections:"
    for section_id, part in zip(ids, parts, strict=True):
        yield from _section(section_id, part)
    if left_out := len(article.parts) - len(parts):
        yield f"  # {left_out} further headings were left out: an answer has {MOST_SECTIONS} sections at most."
    yield ""
    yield "# The common mistakes; for instance, with the id of a section:"
    yield "#  - id: no-result"
    yield "#    title: No result"
    yield "#    instead: End with what changed."
    yield "#    detector: section-missing"
    yield f"#    sections: [{ids[-1] if ids else 'result'}]"
    yield "mistakes: []"
    yield ""
    yield "scenarios:"
    yield "  - id: first"
    yield f"    title: {quoted(title)}"
    yield "    level: 1"
    yield f"    question: {quoted(_short(article.question) or title)}"
    yield "    why:  # what this scenario lets one show"
    yield "    # A good answer as somebody would say it: write what belongs to each section behind `text:`."
    yield "    sample:" if ids else "    sample: []"
    for section_id in ids:
        yield f"      - section: {quoted(section_id)}"
        yield "        text:"
    if article.before.items:
        yield ""
        yield "# These stood before the first section:"
        yield from (_remark(item, "") for item in article.before.items[:MOST_ITEMS])


def _section(section_id: str, part: Part) -> Iterator[str]:
    items = [_short(item) for item in part.items[:MOST_ITEMS]]
    spoken = [item for item in items if len(item.split()) >= SPOKEN_WORDS]
    cues = [item for item in items if len(item.split()) < SPOKEN_WORDS]
    yield f"  - id: {quoted(section_id)}"
    yield f"    title: {quoted(_short(part.title))}"
    if part.paragraphs:
        yield _remark(f"The article says: {part.paragraphs[0]}", "    ")
    yield "    summary:  # one line: what belongs here"
    yield "    advice:  # what a good coach says about it"
    yield "    follow_up:  # what the interviewer asks where it was left out"
    if cues:
        yield "    # Keep those that point to this section almost by themselves."
        yield "    cues:"
        yield from (f"      - {quoted(cue)}" for cue in cues)
    if spoken:
        yield "    # Rewrite these as things that people say, and add others: a dozen or more."
        yield "    examples:"
        yield from (f"      - {quoted(item)}" for item in spoken)
    else:
        yield "    examples: []  # things that people say: short spoken sentences, a dozen or more"
    if len(part.items) > MOST_ITEMS:
        yield _remark(f"{len(part.items) - MOST_ITEMS} further list items were left out.", "    ")


def _remark(text: str, indentation: str) -> str:
    return f"{indentation}# {_short(text)}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
