"""YAML with the line of every value kept, so that a problem can be shown where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rehearse.errors import GuideError

Path = tuple[str | int, ...]
"""Keys and indices from the top of the document."""

MAX_BYTES = 2_000_000
MAX_DEPTH = 12

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """Plain values, and the line (from 1) of each."""

    value: Any
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_document(text: str, name: str) -> Document:
    """Parse YAML safely.

    Raises:
        GuideError: not YAML, too large, too deep, a key twice, an alias, or several documents.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise GuideError(f"{name}:1: the file is larger than {MAX_BYTES // 1_000_000} MB, split the guide")
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise GuideError(f"{name}:1: the file is empty, `rehearse guide new ID` writes one to begin with")
        problems = list(_structure(node, name, 0, set()))
        if problems:
            raise GuideError("\n".join(problems))
        value = loader.construct_document(node)
        return Document(value, dict(_lines(node, ())))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = error.problem or "this isn't YAML"
        raise GuideError(f"{name}:{line}: {what}, check indentation and quotes here") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise GuideError(
            f"{name}:1: this isn't YAML: {str(error).splitlines()[0] if str(error) else error!r}"
        ) from error
    finally:
        loader.dispose()


def _structure(node: Node, name: str, depth: int, seen: set[int]) -> Iterator[str]:
    line = node.start_mark.line + 1
    if id(node) in seen:
        yield f"{name}:{line}: an alias (*name), write the value out"
        return
    seen.add(id(node))
    if depth > MAX_DEPTH:
        yield f"{name}:{line}: nested too deeply, compare with `rehearse guide schema`"
        return
    if isinstance(node, MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                yield f"{name}:{key.start_mark.line + 1}: a key must be a plain name"
                continue
            if key.value in keys:
                yield f"{name}:{key.start_mark.line + 1}: “{key.value}” stands here twice, remove one"
            keys.add(key.value)
            yield from _structure(value, name, depth + 1, seen)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from _structure(value, name, depth + 1, seen)


def _lines(node: Node, path: Path) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield (*path, key.value), key.start_mark.line + 1
            yield from (
                (inner, line) for inner, line in _lines(value, (*path, key.value)) if inner != (*path, key.value)
            )
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*path, index))
