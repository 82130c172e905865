"""Words said again at once: "the, the", "we had we had"."""

from collections.abc import Sequence

from rehearse.delivery.fillers import is_sound
from rehearse.delivery.tokens import Token, plain_text, tokens, word_set, word_starts
from rehearse.domain.delivery import Repetition
from rehearse.domain.transcript import Transcript

LONGEST_PHRASE = 3
"""Words. Longer repetitions are said on purpose."""

_GRAMMATICAL = word_set("had that is do in on")
"""Stand twice in good English ("the one that had had it", "log in in the morning"), though not three times."""
_MEANT = word_set("very really so much many far long never no yes bye more again again's over knock well")
"""Said twice for emphasis."""
_DIGITS = word_set("zero oh one two three four five six seven eight nine ten double dot")


def find_repetitions(transcript: Transcript) -> tuple[Repetition, ...]:
    """Repetitions in order; "um" and the like between the words don't hide them, a sentence's end does."""
    every, starts = tokens(transcript), word_starts(transcript)
    places = [index for index, token in enumerate(every) if token.bare and not is_sound(token.bare)]
    words = [every[index] for index in places]
    found, position = [], 0
    while position < len(words):
        length, times = _repetition_at(words, position)
        if times > 1:
            text = plain_text(words[position : position + length])
            found.append(Repetition(text, starts[places[position]], times))
        position += length * times
    return tuple(found)


def _repetition_at(words: Sequence[Token], start: int) -> tuple[int, int]:
    """Length of the phrase that begins here and how often it stands in a row; (1, 1) without a repetition."""
    for length in range(LONGEST_PHRASE, 0, -1):
        times = _times(words, start, length)
        phrase = [token.bare for token in words[start : start + length]]
        one_word_over_and_over = length > 1 and len(set(phrase)) == 1
        if times > 1 and not one_word_over_and_over and not _is_good_english(phrase, times):
            return length, times
    return 1, 1


def _times(words: Sequence[Token], start: int, length: int) -> int:
    """How often the `length` words from `start` stand in a row within one sentence."""
    phrase = [token.bare for token in words[start : start + length]]
    end = start + length
    while [token.bare for token in words[end : end + length]] == phrase and not any(
        token.stops for token in words[end - length : end]
    ):
        end += length
    return (end - start) // length


def _is_good_english(phrase: Sequence[str], times: int) -> bool:
    if len(phrase) > 1:
        return all(word in _DIGITS or word in _MEANT or word.isdigit() for word in phrase)
    word = phrase[0]
    spelled = len(word) == 1 and word not in {"a", "i"}
    number = word in _DIGITS or any(character.isdigit() for character in word)
    return spelled or number or word in _MEANT or (word in _GRAMMATICAL and times == 2)
