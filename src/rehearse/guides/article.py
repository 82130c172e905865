"""The structure of an article in Markdown: its headings and lists, without anything of what they mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rehearse.domain.shown import UNSAFE


@dataclass
class Part:
    """What stands under a heading of the second level; "" before the first of them."""

    title: str
    items: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Article:
    """Title and parts, in order."""

    title: str
    """"" where there is no heading of the first level."""
    before: Part
    """What stands before the first part."""
    parts: tuple[Part, ...]

    @property
    def question(self) -> str:
        """The first sentence that asks something, in a heading or in what stands before the parts; or ""."""
        texts = [self.title, *self.before.paragraphs, *self.before.items, *(part.title for part in self.parts)]
        asking = next((text for text in texts if "?" in text), "")
        asked = re.split('[.!:“”"]', asking.partition("?")[0])[-1]
        return f"{asked.strip()}?" if asking else ""


LONGEST = 5000
"""Characters of a paragraph or a list item that are read."""

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s(.*))?")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(.*)")
_FENCE = re.compile(r"\s*(```+|~~~+)")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*")


def read_article(text: str) -> Article:
    """Headings, list items and paragraphs (CommonMark's, as far as they matter here); code and tables are left out."""
    title = ""
    before = Part("")
    parts: list[Part] = []
    for kind, found in _blocks(text):
        part = parts[-1] if parts else before
        if kind == 1:
            title = title or found
        elif kind == 2:
            parts.append(Part(found))
        elif kind == _LISTED:
            part.items.append(found)
        elif kind == _TOLD:
            part.paragraphs.append(found)
    return Article(title, before, tuple(part for part in parts if part.title))


NOT_WRITTEN = re.compile(f"{UNSAFE.pattern}|[\ufeff\ufffe\uffff]")
"""What may stand in no guide."""

_LISTED, _TOLD = -1, 0
"""Kinds of blocks besides headings, which have their level."""


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Level or kind, and words."""
    gathered: list[str] = []
    kind = _TOLD

    def done() -> Iterator[tuple[int, str]]:
        if words := plain(" ".join(gathered)[:LONGEST]):
            yield kind, words
        gathered.clear()

    for line in _lines(text):
        heading, item = _HEADING.fullmatch(line), _ITEM.fullmatch(line)
        underline = _UNDERLINE.fullmatch(line)
        if heading:
            yield from done()
            yield len(heading[1]), plain((heading[2] or "").strip().rstrip("#"))
            kind = _TOLD
        elif underline and gathered and kind == _TOLD:
            yield 1 if underline[1][0] == "=" else 2, plain(" ".join(gathered)[:LONGEST])
            gathered.clear()
        elif not line.strip() or _RULE.fullmatch(line):
            yield from done()
            kind = _TOLD
        elif item:
            yield from done()
            kind = _LISTED
            gathered.append(item[1])
        elif not line.lstrip().startswith(("|", "<")):
            gathered.append(line.strip().lstrip("> "))
    yield from done()


def _lines(text: str) -> Iterator[str]:
    """All but what stands between fences, and but what programs read at the top."""
    lines = text.split("\n")
    if lines and lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:]):
        end = next(at for at, line in enumerate(lines[1:], 1) if line.strip() == "---")
        lines = lines[end + 1 :]
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1][:3]
        elif found and found[1].startswith(fence):
            fence = ""
        elif not fence:
            yield line


def plain(text: str) -> str:
    """The words alone: no emphasis, code, pictures or tags; of a link its text."""
    text = NOT_WRITTEN.sub("", text.replace("\t", " "))
    text = re.sub(r"!\[[^\[\]]*\]\([^()]*\)", "", text)
    text = re.sub(r"\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])", r"\1", text)
    text = re.sub(r"<[^<>]*>", "", text)
    text = re.sub(r"(\*\*|__|`|\*|~~)(?=\S)|(?<=\S)(\*\*|__|`|\*|~~)", "", text)
    text = re.sub(r"^\[[ xX]\]\s+", "", text)
    return " ".join(text.split())
