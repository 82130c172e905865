"""Frozen dataclasses to plain JSON values and back, by their type hints.

Fields that are missing take their defaults and unknown ones are passed over, so that a field can be added to a domain
class without a migration.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """`value` as what `json.dumps` takes: dataclasses become objects, tuples lists, enums their values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: type[T], plain: Any) -> T:
    """The value of type `kind` that `to_plain` made `plain` from.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: `plain` doesn't fit.
    """
    reader: Reader = _reader(cast(Any, kind))
    return cast(T, reader(plain))


@cache
def _reader(kind: Any) -> Reader:
    """How to read one type; worked out once, as hints are slow to resolve."""
    origin = get_origin(kind)
    if origin is tuple:
        item = _reader(get_args(kind)[0])
        return lambda plain: tuple(item(one) for one in plain)
    if origin in (Union, types.UnionType):
        (inner,) = (_reader(option) for option in get_args(kind) if option is not types.NoneType)
        return lambda plain: None if plain is None else inner(plain)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return lambda plain: plain


def _dataclass_reader(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}

    def read(plain: Mapping[str, Any]) -> Any:
        if missing := needed - plain.keys():
            raise KeyError(f"{kind.__name__} without {', '.join(sorted(missing))}")
        return kind(**{name: read(plain[name]) for name, read in readers.items() if name in plain})

    return read
