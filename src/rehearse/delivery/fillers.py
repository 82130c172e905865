"""Filler words: sounds that always are one, and phrases that are one only in some places.

The rules for "like", "you know", "I mean" and "sort of" look at the neighbouring words and commas alone. In doubt,
"like" is a word, for it mostly is one; the others are fillers, for in an answer of one's own they mostly are. What the
rules get wrong a person can excuse.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from rehearse.delivery.tokens import Token, plain_text, tokens, word_set, word_starts
from rehearse.domain.delivery import Filler
from rehearse.domain.transcript import Transcript

_SOUND = re.compile(r"u+h*m+|u+h+|e+r+m*|e+h+m+|h+m+|m{2,}")
"""um, umm, uhm, uh, er, erm, ehm, hmm, mm, however drawn out."""

_LIKE_TAKES = word_set(
    "am is are was were be been being feel feels felt look looks looked looking sound sounds sounded seem seems seemed "
    "taste tastes smell smells act acts acted behave behaves behaved work works worked would i'd you'd we'd they'd "
    "he'd she'd don't didn't doesn't do did not to really also people users customers i you we they who things thing "
    "something anything nothing stuff tools systems services companies just more much exactly it that what"
)
"""Words after which "like" is a verb or a comparison."""
_BE = word_set("is was are were am be it's that's there's they're we're i'm he's she's")
_AFTER_HEDGED_LIKE = word_set("really super very so pretty totally basically literally completely kind sort")
_NUMBERS = word_set(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand half"
)

_BEFORE_KNOWING = word_set(
    "do did don't didn't if would as when once until let lets how what before unless whether should will that because "
    "since to might may can could must where who which"
)
"""Words before which "you know" says that someone knows."""
_AFTER_KNOWING = word_set(
    "what how why where who which when if that whether about exactly your their our my his her them him me any of "
    "nothing something everything more less better"
)
_BEFORE_MEANING = word_set("what how that which do did if know by when whatever")
_BEFORE_KIND = word_set(
    "a an the this that these those some any what which every each one two three same different certain new another "
    "other no first second third only right wrong best worst of all many"
)
"""Words after which "sort of" and "kind of" name a sort or a kind."""

Rule = Callable[[Sequence[Token], int, int], bool]
"""Whether the words from `start` to `end` are a filler here."""


def is_sound(word: str) -> bool:
    """A bare lower-case word that is no word: "um", "uh", "er", "hmm"."""
    return bool(_SOUND.fullmatch(word))


def _before(words: Sequence[Token], start: int) -> str:
    """The word before, "" at the beginning of a clause."""
    return "" if start == 0 or words[start - 1].breaks else words[start - 1].bare


def _after(words: Sequence[Token], end: int) -> str:
    """The word after, "" at the end of a clause."""
    return "" if end == len(words) or words[end - 1].breaks else words[end].bare


def _like(words: Sequence[Token], start: int, end: int) -> bool:
    before, after = _before(words, start), _after(words, end)
    set_off_before, set_off_after = before == "", after == ""
    if is_sound(before) or is_sound(after) or after == "like":
        return True
    if set_off_after:  # "like, we had ..." and ", like, ..."; but "what it looks like."
        return not words[end - 1].ends_sentence and (set_off_before or before not in _LIKE_TAKES)
    if before in _BE:
        return after in _AFTER_HEDGED_LIKE
    # "it took like three weeks"
    return before not in _LIKE_TAKES and not set_off_before and (after in _NUMBERS or after[0].isdigit())


def _you_know(words: Sequence[Token], start: int, end: int) -> bool:
    before, after = _before(words, start), _after(words, end)
    return before not in _BEFORE_KNOWING and after not in _AFTER_KNOWING


def _i_mean(words: Sequence[Token], start: int, end: int) -> bool:
    before, after = _before(words, start), _after(words, end)
    if before in _BEFORE_MEANING or after in {"it", "that", "by", "business", "to"}:
        return False
    return before == "" or not words[end - 1].ends_sentence  # but "see what they think I mean."


def _sort_of(words: Sequence[Token], start: int, end: int) -> bool:
    return _before(words, start) not in _BEFORE_KIND and not words[end - 1].ends_sentence


_PHRASES: tuple[tuple[tuple[str, ...], Rule], ...] = (
    (("you", "know"), _you_know),
    (("i", "mean"), _i_mean),
    (("sort", "of"), _sort_of),
    (("kind", "of"), _sort_of),
    (("like",), _like),
)


def find_fillers(transcript: Transcript, excused: Iterable[int] = ()) -> tuple[Filler, ...]:
    """The fillers of an answer, in order.

    Args:
        transcript: what was said.
        excused: indices of words the user says are no fillers; a phrase is excused by any of its words.
    """
    words, starts, forgiven = tokens(transcript), word_starts(transcript), frozenset(excused)
    found, index = [], 0
    while index < len(words):
        length = _filler_length(words, index)
        if length and forgiven.isdisjoint(range(index, index + length)):
            text = plain_text(words[index : index + length])
            found.append(Filler(text, starts[index], index, index + length))
        index += max(1, length)
    return tuple(found)


def _filler_length(words: Sequence[Token], start: int) -> int:
    """Number of words of the filler that begins here, 0 for none."""
    if is_sound(words[start].bare):
        return 1
    for phrase, applies in _PHRASES:
        end = start + len(phrase)
        if tuple(token.bare for token in words[start:end]) != phrase:
            continue
        if not any(token.breaks for token in words[start : end - 1]) and applies(words, start, end):
            return len(phrase)
    return 0
