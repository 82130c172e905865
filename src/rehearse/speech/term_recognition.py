"""TermRecogniser: recognises the guide's terms in what the recogniser wrote down, by spelling and by sound."""

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from rehearse.domain.guide import Term
from rehearse.domain.transcript import Word
from rehearse.speech.phonetics import letters, sounds

LONGEST = 4
"""Words that may stand for one term ("cube or net ease")."""

_LEAST_SOUNDS = 4
"""Sounds that a term needs to be recognised by sound: shorter ones resemble everything."""

_ALIKE = 0.78
"""Similarity by sound, 0..1, from which words that the recogniser was unsure of are taken for a term."""

_ALIKE_IF_NO_NAME = 0.84
"""The same where none of them is written like a name ("GBM")."""

_NO_EVIDENCE = 0.1
"""Mean word probability below which the recogniser was guessing: what it wrote down resembles nothing."""

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


class TermRecogniser:
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
        self._small = {
            letters(form) for term in terms for form in (term.name, *term.aliases) if term.name == term.name.lower()
        }
        self._names = {letters(term.name): term.name for term in terms if term.named or term.name != term.name.lower()}
        for term in terms:
            for form in term.aliases:  # "pie torch" is no other name, but how "PyTorch" sounds
                if term.named and len(sounds(form)) >= _LEAST_SOUNDS and sounds(form) == sounds(term.name):
                    self._names.setdefault(letters(form), term.name)

    def hear(
        self, words: Sequence[Word], *, among_names: bool = False, confirmed: Container[str] | None = None
    ) -> tuple[Word, ...]:
        """The words with `term` set where they are a term or sound like one.

        Words that spell a term in other letters' cases, with spaces or hyphens, are joined and written as the guide
        does ("Light GBM" becomes "LightGBM"); so are words that are none, but sound and look like it ("post-gress").
        Words that only sound like one stay as they were heard. A single ordinary word ("pickle", "flask") is taken
        for a term only among others: who speaks of food means the food. So is a guess that only sounds like one, unless
        it is `confirmed`: places and people sound like tools too.

        Args:
            words: of an utterance.
            among_names: names that can't be anything else were said close by.
            confirmed: names that the recogniser wrote with names in mind; None where it wasn't asked.
        """
        certain: list[Word] = []
        either: list[Word] = []
        at = 0
        while at < len(words):
            taken, found = self._match(words, at)
            alone = words[at : at + taken]
            weak = self._is_ordinary(words, at, taken)
            if confirmed is not None and not any(word.term in confirmed for word in found if word.term):
                weak |= self._is_guessed(alone)
            among_names |= not weak and any(word.term is not None for word in found)
            certain += alone if weak else found
            either += found
            at += taken
        return tuple(either if among_names else certain)

    def any_distinct(self, words: Sequence[Word]) -> bool:
        """A name was said that can't be anything else."""
        return any(not self._is_ordinary(words, first, last - first) for first, last, _ in self.spelled(words))

    def _is_ordinary(self, words: Sequence[Word], at: int, taken: int) -> bool:
        """A single word of everyday speech, or one that the guide itself writes small."""
        text = words[at].text.strip(".,;:!?")
        if taken > 1 or re.search(r"[a-z][A-Z]|[A-Z]{2}|[^A-Za-z]", text):
            return False
        if letters(text) in self._small:
            return True
        return self._ordinary(text.lower()) and not (_is_inside(words, at) and text[:1].isupper())

    def _is_guessed(self, run: Sequence[Word]) -> bool:
        """It isn't spelled like a term, and the recogniser was unsure of it."""
        spelled = letters("".join(word.text for word in run)) in self._spelled
        return not spelled and sum(word.probability for word in run) / len(run) < _UNSURE

    def spelled(self, words: Sequence[Word]) -> list[tuple[int, int, str]]:
        """Runs of words that spell a name of the guide, or another form of it: first, behind the last, the name.

        Words that it has in common with everyday speech are none ("pipeline"). A comma inside is no end of a clause:
        with names in mind, a recogniser writes as if it listed them.
        """
        found: list[tuple[int, int, str]] = []
        at = 0
        while at < len(words):
            taken = 1
            for length in range(min(LONGEST, len(words) - at), 0, -1):
                run = words[at : at + length]
                name = self._spelled.get(letters("".join(word.text for word in run)))
                if name in self._names.values() and not any(_ends_clause(word.text.rstrip(",")) for word in run[:-1]):
                    assert name is not None
                    found.append((at, at + length, name))
                    taken = length
                    break
            at += taken
        return found

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
                return len(run), [self._labelled(word, name) for word in run]
        for run in runs:
            heard = self._sounds_like(run)
            if heard is not None and (
                self._is_misspelled(run, heard) or self._is_just_it(run, heard, inside=_is_inside(words, at))
            ):
                return len(run), _written(run, heard.name)
            if heard is not None:
                return len(run), [replace(word, term=heard.name) for word in run]
        return 1, [words[at]]

    def _labelled(self, word: Word, name: str) -> Word:
        """A word of another form of a term; the name inside it in the guide's spelling ("docker image")."""
        is_name = letters(word.text) == letters(name) and letters(name) in self._names
        return _written([word], name)[0] if is_name else replace(word, term=name)

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

    def _is_just_it(self, run: Sequence[Word], known: _Known, *, inside: bool) -> bool:
        """One word that sounds just like the term, looks like it, and is unknown or written like a name inside a
        sentence ("onnix", "Onyx").
        """
        from rapidfuzz.distance import Levenshtein

        spelled = letters(run[0].text)
        return (
            len(run) == 1
            and (not self._ordinary(run[0].text.strip(".,;:!?").lower()) or (inside and run[0].text[:1].isupper()))
            and sounds(spelled) == known.sounds
            and Levenshtein.normalized_similarity(spelled, known.letters) >= _SPELLED_ALIKE
        )

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
        probability = sum(word.probability for word in run) / len(run)
        if probability < _NO_EVIDENCE:
            return None
        unsure = probability < _UNSURE
        ordinary = self._least_if_ordinary(run)
        if ordinary and not unsure and len(run) == 1:
            return None
        if_unsure = _ALIKE if any(re.search("[A-Z]{2}", word.text) for word in run) else _ALIKE_IF_NO_NAME
        least = ordinary or (if_unsure if unsure else _ALIKE_IF_SURE)
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
    """Ends in a stop; the comma after a single letter only spells it out ("P, I"), the dots of "P.I." too."""
    return text[-1:] in ".,;:!?" and not re.fullmatch(r"[A-Z],|(?:[A-Z]\.){2,}", text)


def _is_inside(words: Sequence[Word], at: int) -> bool:
    """The word doesn't begin a sentence."""
    return at > 0 and words[at - 1].text[-1:] not in ".?!"


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
