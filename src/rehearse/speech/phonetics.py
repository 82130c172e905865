"""What is compared when words are taken for a term: its letters alone, and roughly how it sounds."""

import re


def letters(text: str) -> str:
    """Letters and digits alone, in lower case: "CI/CD" and "ci cd" are the same."""
    return re.sub(r"[^a-z0-9+#]", "", text.casefold())


_RULES: tuple[tuple[str, str], ...] = (
    (r"ght", "t"),
    (r"ph", "f"),
    (r"ch(?=r)", "k"),
    (r"t?ch", "C"),
    (r"sh", "C"),
    (r"th", "t"),
    (r"wh", "w"),
    (r"qu", "kw"),
    (r"c(?=[eiy])", "s"),
    (r"[ckq]+", "k"),
    (r"x", "ks"),
    (r"dg", "j"),
    (r"z", "s"),
    (r"v", "f"),
    (r"d", "t"),
    (r"b", "p"),
    (r"g", "k"),
)


def sounds(text: str) -> str:
    """A rough key of how English says it: consonants by kind (voiced like voiceless), the first vowel as `a`.

    A small cousin of Metaphone (Philips, 1990), coarser because a recogniser that mishears keeps the rhythm and
    the place of consonants but not their voicing.
    """
    key = letters(text)
    for pattern, kind in _RULES:
        key = re.sub(pattern, kind, key)
    if not key:
        return ""
    first = "a" if key[0] in "aeiouy" else key[0]
    rest = re.sub(r"[aeiouyhw]", "", key[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)
