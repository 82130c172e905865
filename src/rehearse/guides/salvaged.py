"""What of a guide can be read although parts of it can't: so that all its problems are told in one pass."""

from collections.abc import Collection
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from rehearse.domain.guide import Guide
from rehearse.guides.positions import Path

_HOLES: dict[str, Any] = {"level": 1, "detector": "vague"}
"""What stands for a field that must be there and can't be empty."""

_RESTS_ON = {"short_seconds": ("answer_seconds",), "detector": ("sections", "examples")}
"""Fields beside it that a check of this one looks at."""


def salvaged_guide(value: dict[str, Any]) -> Guide:
    """A guide of what is right in these plain values; the rest is as empty as it can be. Never shown to anybody."""
    guide: Guide = _salvaged(Guide, value)
    return guide


def rests_on(place: Path, broken: Collection[Path]) -> bool:
    """A problem at this place only follows from what couldn't be read, at these places.

    Whoever refers to an id is right as long as not all ids could be read.
    """
    looked_at = [place, *((*place[:-1], other) for other in _RESTS_ON.get(str(place[-1]) if place else "", ()))]
    if any(_within(one, other) or _within(other, one) for one in looked_at for other in broken):
        return True
    kind = _referred_to(place)
    return kind is not None and any(path[:1] == (kind,) and (len(path) < 3 or path[2] == "id") for path in broken)


def _referred_to(place: Path) -> str | None:
    """The list that a reference at this place leads into."""
    fields_of_it = [part for part in place if isinstance(part, str)]
    if fields_of_it[:1] == ["scenarios"] and fields_of_it[-1] == "intents":
        return "intents"
    if len(fields_of_it) > 1 and fields_of_it[-1] in ("section", "sections"):
        return "sections"
    return None


def _within(inner: Path, outer: Path) -> bool:
    return inner[: len(outer)] == outer


def _salvaged(kind: Any, value: Any) -> Any:
    given = value if isinstance(value, dict) else {}
    return kind(**{field.name: _part(kind, field, given) for field in fields(kind)})


def _part(kind: Any, field: "Field[Any]", given: dict[str, Any]) -> Any:
    from pydantic import ValidationError

    empty = _HOLES.get(field.name, "") if field.default is MISSING else field.default
    hint = get_type_hints(kind)[field.name]
    members = [one for one in get_args(hint) if is_dataclass(one)]
    if field.name not in given:
        return () if members else empty
    value = given[field.name]
    if members:
        return tuple(_salvaged(members[0], one) for one in value) if isinstance(value, list) else ()
    try:
        return _adapter(kind, field.name).validate_python(value)
    except ValidationError:
        if isinstance(value, list) and str in get_args(hint):
            return tuple(one if isinstance(one, str) else "" for one in value)
        return empty


@cache
def _adapter(kind: Any, name: str) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(get_type_hints(kind, include_extras=True)[name])
