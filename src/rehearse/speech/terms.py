"""TermEar: recognises the guide's terms in what the recogniser wrote down, by spelling and by sound."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rehearse.domain.guide import Term
from rehearse.domain.transcript import Word

LONGEST = 4
"""Words that may stand for one term ("cube or net ease")."""

_LEAST_SOUNDS = 4
"""Sounds that a term needs to be recognised by sound: shorter ones resemble everything."""

_ALIKE = 0.78
"""Similarity by sound, 0..1, from which words that the recogniser was unsure of are taken for a term."""

_ALIKE_IF_SURE = 0.9
"""The same for words it was sure of."""

_SUSPICIOUS = 0.72
"""Similarity by sound from which it is worth listening again."""

_ALIKE_IF_ORDINARY = 0.9
"""The same for several ordinary words; a single one must sound exactly like the term."""

_LEAST_SUSPECTED_SOUNDS = 3
"""Consonants that a term needs for a suspicion: "U-Net" sounds like every "and"."""

_MOST_SUSPECTS = 10

_SPELLED_ALIKE = 0.5
"""Similarity by letter that must come with it."""

_SPELLED_ALIKE_IF_SURE = 0.7

_ALIKE_IN_BOTH = 1.6
"""Similarity by sound and by letter, added, that makes words of which one is no English a term misspelled."""

_UNSURE = 0.6
"""Mean word probability below which it was unsure."""

_TOO_SHORT = 2
"""Letters of names that are no names of tools ("IT", "AI", "Go") and are left as they were heard: "it" isn't "IT"."""


@dataclass(frozen=True)
class _Known:
    name: str
    letters: str
    sounds: str


class TermEar:
    """Writes terms as the guide does, and marks words that sound like one."""

    def __init__(self, terms: Sequence[Term], ordinary: Callable[[str], bool] = lambda _: False) -> None:
        """Args: the terms; `ordinary`: whether a word in lower case is one that the recogniser knows well."""
        self._ordinary = ordinary
        self._spelled: dict[str, str] = {}
        self._sounding: list[_Known] = []
        for term in terms:
            for form in (term.name, *term.aliases, *_read_aloud(term.name)):
                if term.named or len(letters(form)) > _TOO_SHORT:
                    self._spelled.setdefault(letters(form), term.name)
            known = _Known(term.name, letters(term.name), sounds(term.name))
            if term.named and len(known.sounds) >= _LEAST_SOUNDS and re.search("[aeiouy]", known.letters):
                self._sounding.append(known)  # without a vowel it is spelled out, and sounds like its letters' names
        self._suspected = [
            _Known(term.name, letters(term.name), sounds(term.name))
            for term in terms
            if term.named and len(sounds(term.name).lstrip("a")) >= _LEAST_SUSPECTED_SOUNDS
        ]
        self._names = {letters(term.name): term.name for term in terms if term.named or term.name != term.name.lower()}

    def hear(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words with `term` set where they are a term or sound like one.

        Words that spell a term in other letters' cases, with spaces or hyphens, are joined and written as the guide
        does ("Light GBM" becomes "LightGBM"); so are words that are none, but sound and look like it ("post-gress").
        Words that only sound like one stay as they were heard.
        """
        result: list[Word] = []
        at = 0
        while at < len(words):
            taken, replacement = self._match(words, at)
            result += replacement
            at += taken
        return tuple(result)

    def suspects(self, words: Sequence[Word]) -> tuple[str, ...]:
        """Terms that may have been said where the recogniser was unsure, the likeliest last.

        Looser than `hear`: a suspicion only makes the recogniser listen again with these names in mind.
        """
        from rapidfuzz.distance import Levenshtein

        found: dict[str, float] = {}
        for at in range(len(words)):
            for length in range(1, min(3, len(words) - at) + 1):
                run = words[at : at + length]
                other_name = any(word.term is not None for word in run)
                if (min(word.probability for word in run) >= _UNSURE and not other_name) or any(map(_is_known, run)):
                    continue
                sounding = sounds("".join(word.text for word in run))
                least = self._least_if_ordinary(run) or _SUSPICIOUS
                for known in self._suspected:
                    alike = Levenshtein.normalized_similarity(sounding, known.sounds, score_cutoff=least)
                    if alike >= least:
                        found[known.name] = max(alike, found.get(known.name, 0.0))
        return tuple(sorted(found, key=found.__getitem__))[-_MOST_SUSPECTS:]

    def names_in(self, text: str) -> set[str]:
        """Terms that a text spells out, however it writes them."""
        words = tuple(Word(word) for word in text.split())
        return {word.term for word in self.hear(words) if word.term and _is_known(word)}

    def _match(self, words: Sequence[Word], at: int) -> tuple[int, list[Word]]:
        runs = [words[at : at + length] for length in range(min(LONGEST, len(words) - at), 0, -1)]
        runs = [run for run in runs if not any(_ends_clause(word.text) for word in run[:-1])]
        for run in runs:
            spelled = letters("".join(word.text for word in run))
            name = self._spelled.get(spelled)
            if name is not None:
                if spelled in self._names:
                    return len(run), _written(run, self._names[spelled])
                return len(run), [replace(word, term=name) for word in run]
        for run in runs:
            heard = self._sounds_like(run)
            if heard is not None and self._is_misspelled(run, heard):
                return len(run), _written(run, heard.name)
            if heard is not None:
                return len(run), [replace(word, term=heard.name) for word in run]
        return 1, [words[at]]

    def _least_if_ordinary(self, run: Sequence[Word]) -> float | None:
        """Similarity by sound that a run of ordinary words needs; None if one of them is no ordinary word."""
        if not all(self._ordinary(word.text.strip(".,;:!?").lower()) for word in run):
            return None
        return 1.0 if len(run) == 1 else _ALIKE_IF_ORDINARY

    def _is_misspelled(self, run: Sequence[Word], known: _Known) -> bool:
        """No ordinary words, but the term in a spelling of the recogniser's own."""
        from rapidfuzz.distance import Levenshtein

        spelled = letters("".join(word.text for word in run))
        if self._least_if_ordinary(run) is not None and not self._holds_part(run, known):
            return False
        by_letter = Levenshtein.normalized_similarity(spelled, known.letters)
        by_sound = Levenshtein.normalized_similarity(sounds(spelled), known.sounds)
        return by_letter >= _SPELLED_ALIKE_IF_SURE and by_letter + by_sound >= _ALIKE_IN_BOTH

    def _holds_part(self, run: Sequence[Word], known: _Known) -> bool:
        """Another term that is part of this one stands among the words ("API" of "FastAPI")."""
        return any(letters(word.text) in self._spelled and letters(word.text) in known.letters for word in run)

    def _sounds_like(self, run: Sequence[Word]) -> _Known | None:
        from rapidfuzz.distance import Levenshtein

        spelled = letters("".join(word.text for word in run))
        sounding = sounds(spelled)
        others = {letters(word.text) for word in run if letters(word.text) in self._spelled}
        if len(sounding) < _LEAST_SOUNDS - 1 or len(others) == len(run):
            return None
        unsure = sum(word.probability for word in run) / len(run) < _UNSURE
        ordinary = self._least_if_ordinary(run)
        if ordinary and not unsure and len(run) == 1:
            return None
        least = ordinary or (_ALIKE if unsure else _ALIKE_IF_SURE)
        least_letters = _SPELLED_ALIKE if unsure and not ordinary else _SPELLED_ALIKE_IF_SURE
        best, found = 0.0, None
        for known in self._sounding:
            # Most terms are out here: with less by sound, not even the same letters would do.
            by_sound = Levenshtein.normalized_similarity(sounding, known.sounds, score_cutoff=_ALIKE_IN_BOTH - 1)
            if by_sound < _ALIKE_IN_BOTH - 1:
                continue
            by_letter = Levenshtein.normalized_similarity(spelled, known.letters)
            in_both = by_sound + by_letter >= _ALIKE_IN_BOTH and by_letter >= _SPELLED_ALIKE_IF_SURE
            if not (in_both and ordinary is None) and (by_sound < least or by_letter < least_letters):
                continue
            if any(other not in known.letters for other in others) or _is_fuller_within(run, known):
                continue
            if others and sounding != known.sounds:  # beside a name that was heard, likeness isn't enough
                continue
            if by_sound + by_letter > best:
                best, found = by_sound + by_letter, known
        return found


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


def _is_known(word: Word) -> bool:
    return word.term is not None and letters(word.text) in letters(word.term)


def _is_fuller_within(run: Sequence[Word], known: _Known) -> bool:
    """Without its first or its last word, the run is as close to the term: that word isn't part of it."""
    from rapidfuzz.distance import Levenshtein

    def alike(words: Sequence[Word]) -> float:
        return Levenshtein.normalized_similarity(letters("".join(word.text for word in words)), known.letters)

    return len(run) > 1 and max(alike(run[1:]), alike(run[:-1])) >= alike(run)


def _read_aloud(name: str) -> tuple[str, ...]:
    """How a synthesiser, and some people, read a name with a stroke: "A slash B test"."""
    return (name.replace("/", " slash "),) if "/" in name else ()


def _ends_clause(text: str) -> bool:
    """Ends in a stop; the comma after a single letter only spells it out ("P, I")."""
    return text[-1:] in ".,;:!?" and not re.fullmatch(r"[A-Z],", text)


def _written(run: Sequence[Word], name: str) -> list[Word]:
    """One word in the guide's spelling, with the punctuation that followed it."""
    tail = re.search(r"[.,;:!?…\"”')]*$", run[-1].text)
    probability = sum(word.probability for word in run) / len(run)
    parts = name.split()
    start, end = run[0].start, run[-1].end
    step = (end - start) / len(parts)
    written = [Word(part, start + step * i, start + step * (i + 1), probability, name) for i, part in enumerate(parts)]
    written[-1] = replace(written[-1], text=written[-1].text + (tail.group() if tail else ""))
    return written
