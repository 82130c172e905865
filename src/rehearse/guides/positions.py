"""YAML with the place of every value kept, so that a problem can be shown where it stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rehearse.domain.shown import UNSAFE
from rehearse.errors import GuideError
from rehearse.guides.problems import Problem, one_problem, raise_any, unsafe_in

Path = tuple[str | int, ...]
"""Keys and indices from the top of the document."""

MAX_BYTES = 2_000_000
MAX_DEPTH = 12

_UNREADABLE = re.compile(f"[^\t\n\r\x20-\ufffd\U00010000-\U0010ffff]|(?!\r){UNSAFE.pattern}")
"""What YAML doesn't allow in a text (YAML 1.1, section 4.1.1), and what is never shown."""

_PREFIX = "tag:yaml.org,2002:"
_TEXT = f"{_PREFIX}str"
_PLAIN = {_TEXT, *(f"{_PREFIX}{kind}" for kind in ("int", "float", "bool", "null"))}
"""What an untagged scalar may be read as. Dates and the like are surely meant as text."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """Plain values, and line and column (from 1) of each."""

    value: Any
    places: dict[Path, tuple[int, int]]
    written: dict[Path, str]
    """Each single value as it stands in the file: `yes` where YAML reads True."""
    problems: tuple[Problem, ...] = ()
    """What is no plain YAML, where the rest could be read all the same."""

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of a value, or of the nearest thing around it that has them."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def line(self, path: Path) -> int:
        """The line alone."""
        return self.place(path)[0]

    def problem(self, path: Path, what: str) -> Problem:
        """A problem of the value there."""
        return Problem(*self.place(path), what)


def read_document(text: str, name: str) -> Document:
    """Parse YAML safely.

    Raises:
        GuideError: not YAML, too large, too deep, a key twice, an alias, a tag, or several documents.
    """
    document = open_document(text, name)
    raise_any(document.problems, name)
    return document


def open_document(text: str, name: str) -> Document:
    """The same, but what needn't stop the reading stands in `problems`, for all to be told at once; raises GuideError
    for the rest.
    """
    if len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        raise too_large(name)
    raise_any(list(_unreadable(text)), name)
    try:
        raise_any(list(_outline(text)), name)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise one_problem(name, "the file is empty, `rehearse guide new ID` writes one to begin with")
            problems = tuple(_structure(node, loader))
            if any(problem.what == _KEY for problem in problems):
                raise_any(problems, name)
            places, written = dict(_places(node, ())), dict(_written(node, ()))
            return Document(_constructed(loader, node, problems, name), places, written, problems)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise _said(error, text, name) from error
    except yaml.YAMLError as error:
        raise one_problem(name, f"this isn't YAML: {' '.join(str(error).split())}") from error


def _constructed(loader: Any, node: Node, problems: Sequence[Problem], name: str) -> Any:
    """The values; where a problem that is known keeps them from being made, that is all there is to tell."""
    try:
        return loader.construct_document(node)
    except (ValueError, LookupError, TypeError, yaml.YAMLError):
        raise_any(problems, name)
        raise


def too_large(name: str) -> GuideError:
    """What to say of a file of more than `MAX_BYTES`."""
    return one_problem(name, f"the file is larger than {MAX_BYTES // 1_000_000} MB, split the guide")


def _unreadable(text: str) -> Iterator[Problem]:
    line, at = 1, 0
    for found in _UNREADABLE.finditer(text):
        line, at = line + text.count("\n", at, found.start()), found.start()
        column = at - text.rfind("\n", 0, at)
        yield Problem(line, column, f"the character U+{ord(found[0]):04X} isn't text, delete it")


_SAYINGS = (
    ("tab character", "a tab stands here, indent with spaces"),
    ("another document", "a second document begins here, keep one guide a file"),
    ("mapping values are not allowed", "a colon inside a text, put the text in quotes"),
    ("quoted scalar", "a quotation mark opens here and never closes, close it"),
    ("flow sequence", "a [ opens here and never closes, close it"),
    ("flow mapping", "a { opens here and never closes, close it"),
)
"""What the parser's own words mean."""


def _said(error: yaml.MarkedYAMLError, text: str, name: str) -> GuideError:
    problem = " ".join(f"{error.problem or ''}".split())
    mark = error.problem_mark or error.context_mark
    index = mark.index if mark else 0
    if error.context_mark and not text[index:].strip():
        # Something never ends: where it began tells more than where the file stops.
        mark, problem = error.context_mark, f"{problem} {error.context}"
    elif text[index : index + 1] == "\t":
        problem = "tab character"
    line, column = _at(mark)
    for words, meaning in _SAYINGS:
        if words in problem:
            return one_problem(name, meaning, line, column)
    what = f"{problem or 'this is no YAML'}, check indentation and quotes here"
    return one_problem(name, what, line, column)


def _at(mark: Any) -> tuple[int, int]:
    """Line and column, from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _outline(text: str) -> Iterator[Problem]:
    """What must be known before the parts are put together: that recursion is safe, and nothing is an alias or a tag.

    An alias can make a small file unfold without end, and nesting some thousand deep overflows libyaml's stack.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line, column = _at(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            yield Problem(line, column, f"an alias (*{event.anchor}), write the value out")
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent) and (tag := getattr(event, "tag", None)) is not None:
            yield Problem(line, column, f"a tag ({tag}), leave it out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield Problem(line, column, "nested too deeply, compare with `rehearse guide schema`")
                return


_KEY = "a key must be a plain name"


def _structure(node: Node, loader: Any) -> Iterator[Problem]:
    at = _at(node.start_mark)
    if isinstance(node, ScalarNode):
        if unsafe := unsafe_in(node.value):
            yield Problem(*at, unsafe)
        elif node.tag not in _PLAIN:
            yield Problem(*at, f"“{_short(node.value)}” isn't read as text, put it in quotes")
        elif node.tag != _TEXT:
            try:
                loader.construct_object(node)
            except (ValueError, LookupError):
                yield Problem(*at, f"“{_short(node.value)}” is no number that can be read, put it in quotes")
    elif isinstance(node, MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            at = _at(key.start_mark)
            if not isinstance(key, ScalarNode) or key.tag != _TEXT:
                yield Problem(*at, _KEY)
                continue
            if unsafe := unsafe_in(key.value):
                yield Problem(*at, unsafe)
            if key.value in keys:
                yield Problem(*at, f"“{_short(key.value)}” stands here twice, remove one")
            keys.add(key.value)
            yield from _structure(value, loader)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from _structure(value, loader)


def _short(value: str) -> str:
    """On one line, and not all of a long one."""
    line = " ".join(value.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _written(node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, ScalarNode):
        yield path, node.value
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _written(value, (*path, key.value))
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield from _written(value, (*path, index))


def _places(node: Node, path: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    yield path, _at(node.start_mark)
    if isinstance(node, MappingNode):
        for key, value in node.value:
            within = (*path, key.value)
            yield within, _at(key.start_mark)
            yield from ((inner, at) for inner, at in _places(value, within) if inner != within)
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield from _places(value, (*path, index))
