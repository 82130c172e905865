"""Draws the house from its imports into `architecture.md`: `python docs/drawing.py`; a test says when that is due."""

import ast
import tomllib
from pathlib import Path

import grimp

HERE = Path(__file__).parent
PAGE = HERE / "architecture.md"
BEGIN, END = "<!-- drawn by drawing.py: begin -->\n", "<!-- drawn by drawing.py: end -->\n"


def layers() -> list[list[str]]:
    """The packages and modules of the house by layer, those that use others first: import-linter's contract."""
    with (HERE.parent / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    (contract,) = (one for one in contracts if one["type"] == "layers")
    return [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]


def used(graph: grimp.ImportGraph, name: str, names: list[str]) -> list[str]:
    """What of the others it imports, without what it reaches through them anyway."""

    def imports(one: str, other: str) -> bool:
        return graph.direct_import_exists(importer=f"rehearse.{one}", imported=f"rehearse.{other}", as_packages=True)

    direct = [other for other in names if other != name and imports(name, other)]
    return [one for one in direct if not any(imports(other, one) for other in direct if other != one)]


def purpose(name: str) -> str:
    """The first sentence of its docstring."""
    path = HERE.parent / "src" / "rehearse" / name
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
    return text.split("\n")[0]


def drawing() -> str:
    """The house as text: a block for each layer, a line for each part, and what it stands on."""
    graph = grimp.build_graph("rehearse")
    house = layers()
    names = [name for layer in house for name in layer]
    wide = max(len(name) for name in names) + 1
    lines = []
    for number, layer in enumerate(house):
        lines.append(("┌" if number == 0 else "├") + "─" * 118)
        for name in layer:
            below = ", ".join(used(graph, name, names))
            lines.append(f"│ {name:<{wide}} {purpose(name)}")
            lines.append(f"│ {'':<{wide}} → {below}" if below else f"│ {'':<{wide}} stands on nothing of ours")
    return "\n".join([*lines, "└" + "─" * 118])


def redrawn(page: str) -> str:
    """The page with the drawing as it is now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}```text\n{drawing()}\n```\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
