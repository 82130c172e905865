"""Stand-ins that the tests share. Fakes replace what we don't own or can't wait for; values are real."""

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rehearse.domain.coverage import (
    Coverage,
    Match,
    MistakeMark,
    MistakeState,
    SectionMark,
    SectionState,
)
from rehearse.domain.gaps import Contradiction, UnreasonedTerm
from rehearse.domain.guide import Guide, Intent, Mistake, SampleSentence, Scenario, Section
from rehearse.domain.sound import SAMPLE_RATE, AudioBlock, Samples, SpeechSegment
from rehearse.domain.transcript import Transcript, Utterance, Word
from rehearse.errors import GuideError, InputError, RehearseError
from rehearse.speech.transcriber import Hurry, Spoken, nobody_waits

if TYPE_CHECKING:
    from rehearse.services.equipment import Equipment


def small_guide() -> Guide:
    """A guide of three sections and two mistakes; `KeywordAssessor` marks it."""
    sections = (
        ("goal", "Goal", "G", "What it was for.", ("We wanted fewer wrong orders.", "It should save time.", "Costs.")),
        ("steps", "Steps", "S", "What was done.", ("I packed it in a box.", "It ran every night.", "I shipped it.")),
        ("lesson", "Lesson", "L", "What was learned.", ("I learned to ask first.", "It bit us.", "Never again.")),
    )
    return Guide(
        id="small",
        title="A small guide",
        question="Tell me about something you shipped",
        field="any job",
        summary="Whether you have shipped something.",
        intents=(Intent("practical", "Practice", "Has this person shipped anything?"),),
        sections=tuple(
            Section(
                id=key,
                title=title,
                summary=summary,
                advice=f"Say a sentence about it: {summary.lower()}",
                follow_up=f"And the {title.lower()}?",
                share=(0.1, 0.5),
                letter=letter,
                examples=examples,
            )
            for key, title, letter, summary, examples in sections
        ),
        mistakes=(
            Mistake("no-lesson", "No lesson", "Say what you learned.", "section-missing", sections=("lesson",)),
            Mistake("vague", "Vague", "Name what you used.", "vague"),
        ),
        scenarios=(
            Scenario(
                id="first",
                title="Something small",
                level=1,
                question="Tell me about the first thing you shipped.",
                why="It shows that you finish things.",
                sample=(
                    SampleSentence("The goal was fewer wrong orders.", "goal"),
                    SampleSentence("The steps were simple.", "steps"),
                ),
                think_seconds=30,
                answer_seconds=60,
                short_seconds=20,
            ),
        ),
    )


class FakeLibrary:
    """A library of the given guides."""

    def __init__(self, guides: Iterable[Guide]) -> None:
        self._guides = {guide.id: guide for guide in guides}

    def ids(self) -> list[str]:
        """All ids."""
        return list(self._guides)

    def own(self) -> frozenset[str]:
        """None is the user's own."""
        return frozenset()

    tried = ""

    def saves(self) -> int:
        """Nothing is ever saved."""
        return 0

    def trouble(self, _: str) -> None:
        """Nothing was broken."""

    def load(self, guide_id: str) -> Guide:
        """A guide by id."""
        try:
            return self._guides[guide_id]
        except KeyError:
            raise InputError(f"There is no guide “{guide_id}”") from None

    def readable(self) -> dict[str, Guide]:
        """All of them."""
        return dict(self._guides)

    def refused(self) -> list[GuideError]:
        """None of the user's has a shipped one's id."""
        return []


class ScriptedTranscriber:
    """Says the next text of its script for every segment, its words spread evenly over the speech."""

    name = "scripted"

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)
        self._known: dict[float, Utterance] = {}

    def transcribe_passage(
        self, segments: Sequence[SpeechSegment], *, hurry: Hurry = nobody_waits
    ) -> tuple[Utterance, ...] | None:
        """What was said before of each segment, or the next text."""
        del hurry
        found = [self._known.get(one.start) or ScriptedTranscriber.transcribe(self, one) for one in segments]
        return tuple(found)

    def transcribe(
        self, segment: SpeechSegment, before: Sequence[Spoken] = (), *, hurry: Hurry = nobody_waits
    ) -> Utterance:
        """The next text."""
        words = (self._texts.pop(0) if self._texts else "").split()
        length = (segment.speech_end - segment.speech_start) / max(1, len(words))
        self._known[segment.start] = Utterance(
            tuple(
                Word(text, segment.speech_start + i * length, segment.speech_start + (i + 1) * length, 0.9)
                for i, text in enumerate(words)
            ),
            segment.speech_start,
            segment.speech_end,
        )
        return self._known[segment.start]

    def hypothesise(self, segment: SpeechSegment, before: Sequence[Spoken] = ()) -> Utterance:
        """No hypothesis while an utterance is open."""
        return Utterance((), segment.speech_start, segment.speech_end)


class KeywordAssessor:
    """A section is covered where its id is said; the real engine has tests of its own."""

    remembered = 0

    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def assess(self, transcript: Transcript, scenario: Scenario, *, final: bool) -> Coverage:
        """Marks by keyword."""
        del scenario
        said = [word.text.strip(".,").lower() for word in transcript.words]
        sections = []
        for section in self._guide.sections:
            if section.id in said:
                at = said.index(section.id)
                quote = transcript.quote(max(0, at - 2), min(len(said), at + 4))
                match = Match("term", section.id, 1.0)
                sections.append(SectionMark(section.id, SectionState.COVERED, (quote,), 0.95, (match,)))
            else:
                sections.append(SectionMark(section.id, SectionState.MISSING, confidence=0.1))
        covered = {mark.section_id for mark in sections if mark.state is SectionState.COVERED}
        mistakes = []
        for mistake in self._guide.mistakes:
            if not final:
                mistakes.append(MistakeMark(mistake.id, MistakeState.OPEN))
            elif mistake.sections and not covered & set(mistake.sections):
                mistakes.append(MistakeMark(mistake.id, MistakeState.MADE, "Nothing was said about it."))
            else:
                mistakes.append(MistakeMark(mistake.id, MistakeState.AVOIDED, "It was said."))
        heard = 1.0 if transcript.timed else None
        return Coverage(tuple(sections), tuple(mistakes), heard, judged=len(said) >= 12, final=final)

    def open_points(self, transcript: Transcript, marks: Coverage) -> tuple[list[Contradiction], list[UnreasonedTerm]]:
        """None."""
        del transcript, marks
        return [], []


def ask_from(equipment: "Equipment", *guides: Guide) -> None:
    """From now on its library has these guides and no others."""
    equipment._library = FakeLibrary(guides)  # type: ignore[assignment]  # not a library's heir, but answers like one


def mark_by_keyword(equipment: "Equipment", *guides: Guide) -> None:
    """From now on these guides are marked by `KeywordAssessor`."""
    for guide in guides:
        equipment._engines[guide.id] = KeywordAssessor(guide)  # type: ignore[assignment]  # likewise


SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Labelled answers and public clips, where they are at hand."""


class LoudnessDetector:
    """A voice is whatever is loud."""

    def probability(self, window: Samples) -> float:
        return 0.95 if float(np.max(np.abs(window))) > 0.1 else 0.02

    def reset(self) -> None:
        pass


def sound(*seconds: float) -> Samples:
    """Silence, voice, silence, ... of so many seconds each."""
    parts = [np.full(round(s * SAMPLE_RATE), 0.3 if i % 2 else 0.0, np.float32) for i, s in enumerate(seconds)]
    return np.concatenate(parts)


class HandFed:
    """A source that delivers what the test hands it, one block at a time, and waits until it was taken."""

    def __init__(self) -> None:
        self.trouble: RehearseError | None = None
        self.ended = False
        self.frames_delivered = 0
        self.closed = False
        self._blocks: list[AudioBlock] = []
        self._asked = 0
        self._changed = threading.Condition()

    def open(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def read(self, timeout: float) -> AudioBlock | None:
        with self._changed:
            self._asked += 1
            self._changed.notify_all()
            if not self._blocks:
                self._changed.wait(timeout)
            return self._blocks.pop(0) if self._blocks else None

    def feed(self, samples: Samples) -> None:
        """Deliver; returns when the reader has come back for more after the last block."""
        self.deliver(samples)
        self.wait_until_taken()

    def deliver(self, samples: Samples) -> None:
        """Deliver in blocks of 0.1 s."""
        for at in range(0, len(samples), 1600):
            block = AudioBlock(samples[at : at + 1600], self.frames_delivered)
            self.frames_delivered += len(block.samples)
            with self._changed:
                self._blocks.append(block)
                self._changed.notify_all()

    def wait_until_taken(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: not self._blocks, 30)
            asked = self._asked
            assert self._changed.wait_for(lambda: self._asked > asked + 1, 30)
