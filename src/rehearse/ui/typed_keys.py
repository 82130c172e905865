"""Which keys work while a field has the focus, and by what name: a letter is the field's."""

from dataclasses import replace

from textual.binding import ActiveBinding
from textual.keys import KEY_NAME_REPLACEMENTS, key_to_character
from textual.widget import Widget

_LONG_NAMES = {short: long for long, short in KEY_NAME_REPLACEMENTS.items()}
"""Textual tells the character of `solidus`, but calls the key `slash`."""


def usable(bindings: dict[str, ActiveBinding], focused: Widget | None) -> dict[str, ActiveBinding]:
    """Without the keys that the focused widget takes as text; of the others none goes by the name of one of those."""
    if focused is None:
        return bindings
    found = {}
    for key, active in bindings.items():
        if not active.binding.priority and focused.check_consume_key(key, _character(key)):
            continue
        shown = active.binding.key_display or ""
        taken = len(shown) == 1 and shown != _character(key) and focused.check_consume_key(shown, shown)
        found[key] = active._replace(binding=replace(active.binding, key_display=None)) if taken else active
    return found


def _character(key: str) -> str | None:
    return key_to_character(_LONG_NAMES.get(key, key))
