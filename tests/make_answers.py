"""Makes a store of many answers, all from one seed: `python -m tests.make_answers FOLDER [COUNT]`.

The words follow Zipf's law over a vocabulary of a few thousand, so that search meets frequent and rare ones as it
does in real transcripts.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Coverage, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.delivery import Delivery, Filler, Hesitation, Pause, Stretch
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript, Utterance, Word
from rehearse.history import records
from rehearse.history.answers import AnswerStore

SECTIONS = ("context", "development", "deployment", "monitoring", "iteration", "challenges")
MISTAKES = ("generic", "no-monitoring", "no-business-context", "vague", "over-engineered", "no-challenges")
SCENARIOS = ("beginner", "intermediate", "advanced")
COMMON = """
    the we to a and of it that in was model so for with data every on then our is as they this had which from at by
    um team service deployed monitoring drift docker latency kubernetes alerts retrained customers features metrics
    precision pipeline production registry canary rollback dashboard quarterly lambda fraud reviews database cron
"""
BEGINNING = datetime(2024, 1, 1, 8, tzinfo=UTC)


def vocabulary(chance: random.Random, size: int = 4000) -> list[str]:
    """`COMMON`, then invented words."""
    common = COMMON.split()
    syllables = ["ba", "con", "de", "fi", "gra", "lo", "mer", "ni", "po", "ra", "se", "tu", "ver", "za"]
    invented = ("".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(size - len(common)))
    return [*common, *invented]


def spoken(chance: random.Random, words: list[str], weights: list[float], count: int) -> Transcript:
    """So many words at about 150 a minute, cut into utterances of about 25."""
    utterances, now = [], 0.8
    chosen = chance.choices(words, cum_weights=weights, k=count)
    while chosen:
        length = min(len(chosen), chance.randint(10, 40))
        said, chosen = chosen[:length], chosen[length:]
        start, made = now, []
        for text in said:
            end = round(now + chance.uniform(0.15, 0.5), 2)
            made.append(Word(text, round(now, 2), end, round(chance.uniform(0.5, 1), 3)))
            now = end + 0.06
        made[-1] = replace(made[-1], text=made[-1].text + ".")
        utterances.append(Utterance(tuple(made), round(start, 2), round(now, 2)))
        now += chance.choice([0.5, 0.7, 2.6])
    return Transcript(tuple(utterances), True, round(now, 2), "tiny.en")


def marked(chance: random.Random, transcript: Transcript) -> Coverage:
    """Marks with evidence, about two thirds covered."""

    def section(name: str) -> SectionMark:
        state = chance.choices(list(SectionState), [6, 1, 2, 1])[0]
        first = chance.randrange(max(1, len(transcript.words) - 9))
        evidence = () if state is SectionState.MISSING else (transcript.quote(first, first + 8),)
        return SectionMark(name, state, evidence, round(chance.random(), 3))

    def mistake(name: str) -> MistakeMark:
        made = chance.random() < 0.3
        return MistakeMark(name, MistakeState.MADE if made else MistakeState.AVOIDED, "A reason in a sentence.")

    return Coverage(tuple(map(section, SECTIONS)), tuple(map(mistake, MISTAKES)), 0.96, judged=True, final=True)


def delivered(chance: random.Random, transcript: Transcript) -> Delivery:
    """Plausible figures."""
    minutes = transcript.duration / 60
    fillers = tuple(
        Filler("um", word.start, i, i + 1) for i, word in enumerate(transcript.words) if word.text.startswith("um")
    )
    spans = [(one.start, one.end) for one in transcript.utterances]
    gaps = pairwise(spans)
    return Delivery(
        len(transcript.words) / minutes,
        fillers,
        len(fillers) / minutes,
        tuple(Pause(one[1], other[0]) for one, other in gaps if other[0] - one[1] > 2),
        spans[0][0],
        20.0,
        (),
        tuple(Stretch(chance.choice(SECTIONS), *span) for span in spans),
        tuple(Hesitation(name, chance.uniform(0, 60), chance.uniform(0, 3), chance.randint(0, 2)) for name in SECTIONS),
    )


def answers(store: AnswerStore, count: int, seed: int = 1, length: int | None = None) -> Iterator[Answer]:
    """Finished answers, some hours apart; `length` words each, or 60 to 400."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    weights = [0.0]
    for rank in range(1, len(words) + 1):
        weights.append(weights[-1] + 1 / rank)
    now = BEGINNING
    for number in range(count):
        now += timedelta(minutes=chance.randint(5, 180))
        transcript = spoken(chance, words, weights[1:], length or chance.randint(60, 400))
        coverage = marked(chance, transcript)
        exam = chance.random() < 0.2
        yield Answer(
            id=f"{now:%Y%m%dT%H%M%S%f}-{number:06x}",
            guide_id="model-deployment",
            scenario_id=chance.choice(SCENARIOS),
            question="Walk me through how you deploy a model.",
            created_at=now,
            source=Source.MICROPHONE,
            mode=Mode.EXAM if exam else Mode.COACHED,
            status=AnswerStatus.FINISHED,
            transcript=transcript,
            coverage=coverage,
            delivery=delivered(chance, transcript),
            speech=tuple(SpeechSpan(one.start, one.end) for one in transcript.utterances),
            guess=tuple(chance.sample(SECTIONS, 3)) if exam else None,
            recording=store.recordings / f"{number}.wav",
            starred=chance.random() < 0.05,
            settings={"model": "tiny.en"},
        )


def fill(store: AnswerStore, count: int, seed: int = 1) -> None:
    """Put `count` answers into the store, a thousand a transaction."""
    made = answers(store, count, seed)
    for _ in range(0, count, 1000):
        with store.database.writing() as connection:
            for _, answer in zip(range(1000), made, strict=False):
                records.write(connection, answer, store.recordings)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    fill(AnswerStore(folder / "rehearse.db", folder / "recordings"), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
