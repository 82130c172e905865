"""The JSON schema of a guide, with the meaning of every field taken from the docstring under it."""

import ast
import inspect
from typing import Any

from rehearse.domain import guide as classes

SCHEMA_FILE = "guide.schema.json"
"""Beside one's own guides, for editors."""

MODELINE = f"# yaml-language-server: $schema={SCHEMA_FILE}"
"""What tells editors (VS Code, Neovim, Emacs, Helix, with the YAML language server) which schema a file follows."""


def described_schema(adapter: Any) -> dict[str, Any]:
    """The schema that editors show while one writes a guide."""
    schema: dict[str, Any] = adapter.json_schema()
    meanings = field_meanings()
    for name, part in [("Guide", schema), *schema.get("$defs", {}).items()]:
        for field, rules in part.get("properties", {}).items():
            if meaning := meanings.get((name, field)):
                rules["description"] = meaning
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def field_meanings() -> dict[tuple[str, str], str]:
    """Class and field to the docstring that stands under the field."""
    tree = ast.parse(inspect.getsource(classes))
    found: dict[tuple[str, str], str] = {}
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        for before, after in zip(node.body, node.body[1:], strict=False):
            if (
                isinstance(before, ast.AnnAssign)
                and isinstance(before.target, ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
                and isinstance(after.value.value, str)
            ):
                found[node.name, before.target.id] = inspect.cleandoc(after.value.value)
    return found
