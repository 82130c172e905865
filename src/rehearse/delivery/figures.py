"""All figures of one answer."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rehearse.delivery import pauses
from rehearse.delivery.fillers import find_fillers
from rehearse.delivery.repetitions import find_repetitions
from rehearse.delivery.timeline import Labels, find_hesitations, make_timeline, word_labels
from rehearse.delivery.tokens import tokens
from rehearse.domain.coverage import Coverage
from rehearse.domain.delivery import Delivery
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript

USUAL_PACE = (130, 190)
"""Words a minute that listeners find neither slow nor fast: from the lower end of "moderately slow" to the upper end of
"average" in Pimsleur, Hancock and Furey, "Speech rate and listening comprehension" (in Burt, Dulay, Finocchiaro,
eds., Viewpoints on English as a Second Language, 1977), who timed news announcers: under 130 slow, 160 to 190 average,
over 220 fast. Counted with pauses, as here."""

PACE_SOURCE = "Pimsleur et al. 1977"
"""The same, as short as a line on the screen takes."""


def measure(
    transcript: Transcript,
    speech: Sequence[SpeechSpan],
    coverage: Coverage | None,
    *,
    excused: Iterable[int] = (),
    labels: Labels | None = None,
) -> Delivery:
    """How a spoken answer was delivered.

    Rates are over the time from the first speech to the last, pauses included. Fillers count as words. What was spoken
    in another language has no words, so its time doesn't count either; while the microphone was away, no time passed.

    Args:
        transcript: what was said; timed.
        speech: voice activity; without any, the utterances stand in for it.
        coverage: the marks, whose evidence cuts the timeline; None leaves it uncut.
        excused: indices of words that are no fillers.
        labels: the section of word ranges, where the coverage engine knows; otherwise evidence decides.

    Raises:
        ValueError: the answer was typed.
    """
    if not transcript.timed:
        raise ValueError("a typed answer has no delivery")
    voiced = pauses.speech_of(transcript, speech)
    minutes = pauses.spoken_seconds(voiced, without=_foreign(transcript)) / 60
    words = sum(1 for token in tokens(transcript) if token.bare)
    fillers = find_fillers(transcript, excused)
    return Delivery(
        words_per_minute=words / minutes if minutes else 0.0,
        fillers=fillers,
        fillers_per_minute=len(fillers) / minutes if minutes else 0.0,
        pauses=pauses.find_pauses(voiced),
        time_to_first_word=pauses.time_to_first_word(transcript, voiced),
        longest_run=pauses.longest_run(voiced),
        repetitions=find_repetitions(transcript),
        timeline=make_timeline(transcript, voiced, word_labels(transcript, coverage, labels)),
        hesitations=find_hesitations(transcript, voiced, coverage, fillers),
    )


def _foreign(transcript: Transcript) -> Iterator[SpeechSpan]:
    """Stretches in another language, with the pauses inside them."""
    for language, spoken in groupby(transcript.utterances, key=lambda one: one.language):
        if language:
            stretch = tuple(spoken)
            yield SpeechSpan(stretch[0].start, stretch[-1].end)
