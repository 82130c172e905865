"""A guide tried aloud: its terms and sample answers spoken by the synthesiser, and heard and marked as answers are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rehearse.coverage.terms import TermFinder
from rehearse.domain.coverage import Coverage
from rehearse.domain.guide import Guide, Scenario
from rehearse.domain.sound import Samples, seconds
from rehearse.domain.transcript import Transcript, Word
from rehearse.live.protocols import Assessor
from rehearse.services.spoken_sample import PAUSE
from rehearse.speech.voice import CANDIDATE_SPEED

CARRIER = "We worked with {term} for about a year."
"""A term by itself is heard worse than one in a sentence."""
TOGETHER = 6
"""Sentences that are heard at once: some twenty seconds, for names are heard better among names."""

Told = Callable[[str, int, int], object]
"""Hears what is being done, how much of it is done, and of how much."""


class Speaker(Protocol):
    """The interviewer's voice, as far as it is needed here."""

    def synthesise(self, text: str, *, speed: float = 1.0, pause: float = 0.25, seed: int = 0) -> Samples:
        """The text as sound."""

    def rest(self) -> None:
        """Let go of its memory."""


Hear = Callable[[Samples, Scenario], tuple[Transcript, Coverage]]
"""Transcribes and marks a sound with the chain that marks answers."""


@dataclass(frozen=True)
class WrongTerm:
    """A term that was said and didn't come out."""

    index: int
    """In the guide's terms."""
    heard: str
    """What was written down in its place."""


@dataclass(frozen=True)
class SpokenSampleMarks:
    """What of a sample answer's sections is marked."""

    scenario: Scenario
    lost: tuple[str, ...]
    """Ids of the sections that are ticked in its text, and aren't any more once it was spoken and heard."""
    unmarked: tuple[str, ...]
    """Ids of those that it serves by the guide, and that aren't ticked in its text either."""


def hear_terms(guide: Guide, voice: Speaker, hear: Hear, told: Told) -> list[WrongTerm]:
    """The terms that don't come out of a sentence with them, in their order; raises ModelError."""
    sounds: list[Samples] = []
    for number, term in enumerate(guide.terms):
        told("saying term", number, len(guide.terms))
        text = CARRIER.format(term=term.name)
        sounds.append(voice.synthesise(text, speed=CANDIDATE_SPEED, pause=PAUSE / 2))
    voice.rest()
    finder = TermFinder(guide)
    wrong: list[WrongTerm] = []
    for first in range(0, len(sounds), TOGETHER):
        told("hearing term", first, len(sounds))
        group = sounds[first : first + TOGETHER]
        transcript, _ = hear(np.concatenate(group), guide.scenarios[0])
        for index, words in enumerate(_by_sentence(transcript.words, group), first):
            if all(hit.term is not guide.terms[index] for hit in finder.find(words)):
                wrong.append(WrongTerm(index, _beside_carrier(" ".join(word.text for word in words))))
    return wrong


def _beside_carrier(heard: str) -> str:
    """What was written down in the term's place; the whole sentence where that can't be told."""
    before, after = CARRIER.split("{term}")
    found = heard.removeprefix(before).removesuffix(after)
    return found if found and len(found) == len(heard) - len(before) - len(after) else heard


def _by_sentence(words: Sequence[Word], sounds: Sequence[Samples]) -> Iterator[list[Word]]:
    """The words whose middle lies in each of the sounds, which follow one another."""
    start = 0.0
    for sound in sounds:
        end = start + seconds(len(sound))
        yield [word for word in words if start <= (word.start + word.end) / 2 < end]
        start = end


def hear_samples(guide: Guide, engine: Assessor, voice: Speaker, hear: Hear, told: Told) -> list[SpokenSampleMarks]:
    """What comes of each scenario's sample answer; raises ModelError."""
    found: list[SpokenSampleMarks] = []
    for number, scenario in enumerate(guide.scenarios):
        told("saying sample answer", number, len(guide.scenarios))
        sound = voice.synthesise(scenario.sample_text, speed=CANDIDATE_SPEED, pause=PAUSE)
        voice.rest()
        told("hearing sample answer", number, len(guide.scenarios))
        _, spoken = hear(sound, scenario)
        written = engine.assess(Transcript.typed(scenario.sample_text), scenario, final=True)
        served = {sentence.section for sentence in scenario.sample}
        found.append(
            SpokenSampleMarks(
                scenario,
                tuple(one for one in written.covered if one not in spoken.covered),
                tuple(one.id for one in guide.sections if one.id in served and one.id not in written.covered),
            )
        )
    return found
