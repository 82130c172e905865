"""Talk as recognisers and editors might write it: with other punctuation, in small letters, joined, spelt out."""

import random
import re
from collections.abc import Sequence

from training.talk import Line

FILLERS = ("um", "uh", "you know", "like", "I mean", "so")
_SPELT_OUT = (
    (r"\b(I|you|we|they)['’]ve got\b", r"\1 have"),
    (r"\b(he|she|it|that|there|what|who|where|here|how)['’]s\b", r"\1 is"),
    (r"\bI['’]m\b", "I am"),
    (r"\b(can)['’]t\b", r"\1not"),
    (r"\bwon['’]t\b", "will not"),
    (r"n['’]t\b", " not"),
    (r"['’]re\b", " are"),
    (r"['’]ve\b", " have"),
    (r"['’]ll\b", " will"),
    (r"\b(I|you|he|she|it|we|they|that|who)['’]d\b", r"\1 would"),
)
"""Short forms, and what people write in full where they speak carefully or in their second language."""


def spelt_out(text: str) -> str:
    """Without short forms; “it's been” becomes “it is been”, as rough as the rest."""
    for short, full in _SPELT_OUT:
        text = re.sub(short, full, text, flags=re.IGNORECASE)
    return text


def roughened(lines: Sequence[Line], chance: random.Random) -> list[Line]:
    """As others might write them: without punctuation, in small letters, sentences joined, spelt out, with fillers."""
    bare, small = chance.choice(["", "", "", r"[,.;:!?\"“”]", ","]), chance.random() < 0.3
    in_full = chance.random() < 0.4
    rough: list[Line] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if chance.random() < 0.12 and number + 1 < len(lines):
            number += 1
            following = lines[number]
            letters = line.letters | following.letters
            line = Line(f"{line.text} {following.text}", letters, (line.touched | following.touched) - letters)
        text = spelt_out(line.text) if in_full else line.text
        if bare:
            text = re.sub(bare, "", text)
        if chance.random() < 0.05:
            words = text.split()
            words.insert(chance.randrange(len(words) or 1), chance.choice(FILLERS))
            text = " ".join(words)
        rough.append(Line(text.lower() if small else text, line.letters, line.touched))
        number += 1
    return rough
