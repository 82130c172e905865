"""What guides share instead of each repeating it: other ways to say a tool's name, ordinary talk that ticks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from rehearse.domain.guide import Guide, Term
from rehearse.guides.folder import shipped_folder, shipped_yaml


@dataclass(frozen=True)
class Stock:
    """One file of the folder `stock` beside the shipped guides."""

    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the term's name in lower case."""
    small_talk: tuple[str, ...] = ()


def stock_names() -> list[str]:
    """The stocks there are."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


@cache
def read_stock(name: str) -> Stock:
    """A stock by its name, one of `stock_names`."""
    held = shipped_yaml(_folder() / f"{name}.yaml")
    return Stock(
        {term["name"].lower(): tuple(map(str, term["aliases"])) for term in held.get("terms", ())},
        tuple(held.get("small_talk", ())),
    )


def with_stock(guide: Guide) -> Guide:
    """The guide with what it draws on; its own words come first, and no alias is given to two of its terms."""
    for name in guide.stock:
        if name in stock_names():
            guide = _with(guide, read_stock(name))
    return guide


def _with(guide: Guide, stock: Stock) -> Guide:
    taken = {word.lower() for term in guide.terms for word in (term.name, *term.aliases)}

    def known(term: Term) -> Term:
        further = [word for word in stock.aliases.get(term.name.lower(), ()) if word.lower() not in taken]
        taken.update(word.lower() for word in further)
        return replace(term, aliases=(*term.aliases, *further)) if further else term

    talk = dict.fromkeys((*guide.small_talk, *stock.small_talk))
    return replace(guide, terms=tuple(map(known, guide.terms)), small_talk=tuple(talk))


def _folder() -> Path:
    return shipped_folder() / "stock"
