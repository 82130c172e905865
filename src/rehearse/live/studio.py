"""The studio: everything a rehearsal is made of, opened when it is first needed and kept.

The one place where settings, folders, models, guides and the store come together. Thread-safe: screens ask from
jobs, pipelines from their own threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from threading import Event, Lock, RLock
from typing import TYPE_CHECKING

from rehearse.domain.kinds import AnswerStatus, Source
from rehearse.errors import InputError, RehearseError, StoreError
from rehearse.live.draft import Draft
from rehearse.live.interviewer import Interviewer
from rehearse.settings import Places, Settings, changes_between, save_settings

if TYPE_CHECKING:
    from rehearse.audio.playback import Player
    from rehearse.coverage.classifier import Labelled
    from rehearse.coverage.engine import CoverageEngine
    from rehearse.domain.answer import Answer
    from rehearse.domain.coverage import Correction
    from rehearse.domain.guide import Guide, Scenario
    from rehearse.domain.rehearsal import Plan
    from rehearse.domain.sound import Samples
    from rehearse.guides.library import GuideLibrary
    from rehearse.history.answers import AnswerStore, AnswerSummary
    from rehearse.history.reviews import ReviewStore
    from rehearse.live.events import LiveEvent
    from rehearse.live.overview import Overview
    from rehearse.live.parts import AudioSource
    from rehearse.live.quizzing import Quizzes
    from rehearse.live.rehearsal import Rehearsal
    from rehearse.quiz.modes import QuizMode
    from rehearse.quiz.session import QuizSession
    from rehearse.speech.transcriber import Transcriber
    from rehearse.speech.voice import InterviewerVoice

CANDIDATE_SPEED = 0.72
"""Of the synthesised voice, which by itself speaks some 240 words a minute; people speak 130 to 190."""

Emit = Callable[["LiveEvent"], object]


class Studio:
    """Opens parts when they are first needed, and keeps them."""

    def __init__(
        self,
        places: Places,
        settings: Settings,
        *,
        kept: Settings | None = None,
        make_source: Callable[[str | None], AudioSource] | None = None,
        load_transcriber: Callable[[], Transcriber] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is opened yet.

        Args:
            places: the user's folders.
            settings: the user's choices.
            kept: what stands in the file, where some of `settings` hold for this run only.
            make_source: makes the microphone, given a device's name or None; tests pass their own.
            load_transcriber: tests pass a scripted one.
            now: seconds of a clock that never goes back.
        """
        self.places = places
        self.settings = settings
        self._kept = kept or settings
        self.now = now
        self._make_source = make_source
        self._load_transcriber = load_transcriber
        self._lock = RLock()
        # Fitting and loading take seconds: nobody who wants something else waits for them.
        self._fitting, self._loading = Lock(), Lock()
        self._leaving = Event()
        self._library: GuideLibrary | None = None
        self._store: AnswerStore | None = None
        self._engines: dict[str, CoverageEngine] = {}
        self._transcribers: dict[tuple[str, str], Transcriber] = {}
        self._quizzes: Quizzes | None = None
        self._voice: InterviewerVoice | None = None
        self.interviewer = Interviewer(self.voice, lambda: self.settings.output)
        self._rehearsals: list[Rehearsal] = []
        self._answered_since: dict[str, set[str]] = {}

    # -- parts -----------------------------------------------------------------------------------------------------

    def change_settings(self, settings: Settings) -> None:
        """Use other settings, and write what was changed; raises OSError if that can't be done."""
        if settings.remember_corrections != self.settings.remember_corrections:
            with self._lock:
                self._engines.clear()
        self._kept = replace(self._kept, **changes_between(self.settings, settings))
        self.settings = settings
        save_settings(self._kept, self.places.config)

    @property
    def library(self) -> GuideLibrary:
        """The guides."""
        with self._lock:
            if self._library is None:
                from rehearse.guides.library import GuideLibrary

                self._library = GuideLibrary(self.places.guides)
            return self._library

    @property
    def store(self) -> AnswerStore:
        """The kept answers; raises StoreError if they can't be opened."""
        with self._lock:
            if self._store is None:
                from rehearse.history.answers import AnswerStore

                self.places.create()
                self._store = AnswerStore(self.places.database, self.places.recordings)
            return self._store

    @property
    def reviews(self) -> ReviewStore:
        """What the quiz keeps, in the answers' database; raises StoreError if it can't be opened."""
        from rehearse.history.reviews import ReviewStore

        return ReviewStore(self.store.database)

    @property
    def quizzes(self) -> Quizzes:
        """Decks and sessions of the quiz."""
        with self._lock:
            if self._quizzes is None:
                from rehearse.live.quizzing import Quizzes

                self._quizzes = Quizzes(lambda: self.reviews, lambda: self.settings.interview_date)
            return self._quizzes

    def engine(self, guide: Guide) -> CoverageEngine:
        """The coverage engine of a guide, fitted once."""
        with self._fitting:
            engine = self._engines.get(guide.id)
            if engine is None:
                from rehearse.coverage.engine import load_engine

                self.places.create()
                engine = load_engine(
                    guide,
                    cache=self.places.cache,
                    remembered=self._remembered(guide),
                    cancelled=self._leaving,
                )
                self._engines[guide.id] = engine
            return engine

    def prepare(self, guide: Guide) -> None:
        """Fit the engine to a guide for the first time, ahead of need: it takes some seconds. Later nothing is done."""
        fitted = any(self.places.cache.glob(f"weights-{guide.id}-*.npz"))
        if not fitted and guide.id not in self._engines:
            self.engine(guide)

    def _remembered(self, guide: Guide) -> list[Labelled]:
        if not self.settings.remember_corrections:
            return []
        from rehearse.live.remembering import remembered_examples

        try:
            return remembered_examples(guide, self.store.corrected(guide.id))
        except StoreError:
            return []  # marks don't depend on the history: `rehearse score` works beside a broken one

    def forget_engine(self, guide_id: str) -> None:
        """Fit the engine again at the next use: the remembered corrections have changed."""
        with self._lock:
            self._engines.pop(guide_id, None)

    def transcriber(self, guide: Guide, scenario: Scenario) -> Transcriber:
        """The speech model of the settings, listening for a guide's terms."""
        if self._load_transcriber is not None:
            return self._load_transcriber()
        with self._loading:
            key = (self.settings.model, f"{guide.id}/{scenario.id}")
            if key not in self._transcribers:
                from rehearse.speech.models import load_transcriber

                self.places.create()
                self._transcribers[key] = load_transcriber(
                    self.settings.model,
                    models=self.places.models,
                    cache=self.places.cache,
                    guide=guide,
                    scenario=scenario,
                )
            return self._transcribers[key]

    def any_transcriber(self) -> Transcriber:
        """The speech model of the settings, listening for the first guide's terms."""
        guide = self.library.load(self.library.ids()[0])
        return self.transcriber(guide, guide.scenarios[0])

    def voice(self) -> InterviewerVoice:
        """The interviewer's voice."""
        with self._lock:
            if self._voice is None:
                from rehearse.speech.voice import InterviewerVoice

                self.places.create()
                self._voice = InterviewerVoice(cache=self.places.cache)
            return self._voice

    # -- rehearsals ------------------------------------------------------------------------------------------------

    def plan(self, guide: Guide, scenario: Scenario) -> Plan:
        """A spoken answer by the settings."""
        from rehearse.domain.rehearsal import plan_for

        return plan_for(
            guide,
            scenario,
            Source.MICROPHONE,
            mode=self.settings.mode,
            think=self.settings.think_seconds,
            answer=self.settings.answer_seconds,
        )

    @property
    def follows_live(self) -> bool:
        """False where the chosen model is too slow to be used while speaking: it decodes after the answer."""
        from rehearse.live.model_speed import follows_live

        return follows_live(self.places, self.settings.model)

    def rehearse(self, plan: Plan, *, emit: Emit) -> Rehearsal:
        """A rehearsal with the microphone of the settings."""
        return self._rehearsal(plan, self._microphone(), emit, listen_early=True, live=self.follows_live)

    def demo(self, plan: Plan, *, emit: Emit, cancelled: Event, real_time: bool = True) -> Rehearsal:
        """The scenario's sample answer, spoken by a synthesised candidate."""
        from rehearse.audio.sources import SamplesSource

        spoken = self.voice().synthesise(plan.scenario.sample_text, speed=CANDIDATE_SPEED)
        if cancelled.is_set():
            raise InputError("The demo was called off")
        return self._rehearsal(plan, SamplesSource(spoken, real_time=real_time), emit)

    def from_file(self, plan: Plan, path: Path, *, emit: Emit, cancelled: Event) -> Rehearsal:
        """A sound file as the answer, as fast as it goes; raises AudioFileError."""
        from rehearse.audio.files import load_audio
        from rehearse.audio.sources import SamplesSource

        return self._rehearsal(plan, SamplesSource(load_audio(path, cancelled=cancelled)), emit)

    def recover(self, plan: Plan, answer: Answer, *, emit: Emit, cancelled: Event) -> Rehearsal:
        """An answer that was cut off, from its recording; raises AudioFileError."""
        from rehearse.audio.recording import read_recording
        from rehearse.audio.sources import SamplesSource

        if answer.recording is None or not answer.recording.exists():
            self.store.discard(answer.id)
            raise InputError(
                "That answer has no recording to transcribe",
                next_step="It was moved to the trash; nothing else was lost.",
            )
        return self._rehearsal(plan, SamplesSource(read_recording(answer.recording)), emit, answer=answer)

    def _rehearsal(
        self,
        plan: Plan,
        source: AudioSource,
        emit: Emit,
        *,
        listen_early: bool = False,
        live: bool = True,
        answer: Answer | None = None,
    ) -> Rehearsal:
        from rehearse.live.pipeline import LivePipeline
        from rehearse.live.rehearsal import Rehearsal

        guide = self.library.load(plan.guide_id)
        rehearsal = Rehearsal(
            plan,
            lambda emit, open_recording: LivePipeline(
                source,
                load_transcriber=lambda: self.transcriber(guide, plan.scenario),
                load_engine=lambda: self.engine(guide),
                scenario=plan.scenario,
                recording=self.places.recordings,
                emit=emit,
                live=live,
                listen_early=listen_early,
                open_recording=open_recording,
            ),
            self.store,
            emit,
            settings=self._made_with(plan),
            keep_audio=self.settings.keep_audio != "never",
            answer=answer,
            kept=self._answer_kept,
        )
        self._rehearsals = [running for running in self._rehearsals if not running.join(0)]
        self._rehearsals.append(rehearsal)
        return rehearsal

    def _made_with(self, plan: Plan) -> dict[str, str | int | float | bool | None]:
        return {
            "model": self.settings.model,
            "device": self.settings.device,
            "think_seconds": plan.clock.think,
            "answer_seconds": plan.clock.answer,
            "hands_free": self.settings.hands_free,
        }

    def _microphone(self) -> AudioSource:
        if self._make_source is not None:
            return self._make_source(self.settings.device)
        from rehearse.audio.capture import Microphone

        return Microphone(self.settings.device)

    def microphone(self) -> AudioSource:
        """The microphone of the settings, not yet open."""
        return self._microphone()

    def mark_typed(self, guide: Guide, scenario: Scenario, text: str) -> Answer:
        """Mark and keep a typed answer.

        Raises:
            InputError: there is no text.
        """
        from rehearse.domain.transcript import Transcript

        transcript = Transcript.typed(text)
        if not transcript.words:
            raise InputError("There is no answer to mark", next_step="Type or paste one.")
        coverage = self.engine(guide).assess(transcript, scenario, final=True)
        begun = self.store.begin(
            guide_id=guide.id,
            scenario_id=scenario.id,
            question=scenario.question,
            source=Source.TYPED,
            mode=self.settings.mode,
            settings={},
            now=datetime.now(UTC),
        )
        answer = replace(begun, status=AnswerStatus.FINISHED, transcript=transcript, coverage=coverage, recording=None)
        self.store.complete(answer)
        return answer

    # -- the user's word -------------------------------------------------------------------------------------------

    def correct(self, guide: Guide, answer: Answer, correction: Correction) -> Answer:
        """Put the user's word over a mark."""
        from rehearse.domain.corrections import implied_corrections

        for implied in implied_corrections(guide, answer, correction):
            self.store.correct(answer.id, implied)
        corrected = self.store.correct(answer.id, correction)
        if self.settings.remember_corrections:
            self.forget_engine(guide.id)
        return corrected

    def undo_correction(self, guide: Guide, answer: Answer) -> Answer:
        """Take the last correction back."""
        from rehearse.domain.corrections import implied_corrections

        self.forget_engine(guide.id)
        taken_back = answer.corrections[-1]
        before = self.store.undo_correction(answer.id)
        implied = implied_corrections(guide, before, taken_back)
        while before.corrections and before.corrections[-1] in implied:
            before = self.store.undo_correction(answer.id)
        return before

    def excuse(self, answer: Answer, words: tuple[int, ...]) -> Answer:
        """Say which words are no fillers."""
        from rehearse.delivery import measure

        assert answer.coverage is not None
        delivery = measure(answer.transcript, answer.speech, answer.coverage, excused=words)
        return self.store.excuse(answer.id, words, delivery)

    @property
    def draft(self) -> Draft:
        """What is being typed."""
        return Draft(self.places.home / "draft.txt")

    # -- sound -------------------------------------------------------------------------------------------------------

    def player(self, samples: Samples) -> Player:
        """A player for an answer's sound."""
        from rehearse.audio.playback import Player

        return Player(samples, device=self.settings.output)

    # -- home ------------------------------------------------------------------------------------------------------

    def overview(self, now: datetime) -> Overview:
        """Everything the home screen shows; raises StoreError or GuideError."""
        from rehearse.live.overview import Overview

        store = self.store
        guides, problems = self._readable()
        running = {r.answer.id for r in self._rehearsals if r.answer and not r.join(0)}
        latest: dict[str, AnswerSummary] = {}
        for guide in guides:
            for scenario_id, summary in store.latest_by_scenario(guide.id).items():
                latest[f"{guide.id}/{scenario_id}"] = summary
        newest = max(latest, key=lambda key: latest[key].created_at, default=None)
        return Overview(
            now=now,
            guides=tuple(guides),
            latest=latest,
            latest_key=newest,
            # A demo that was cut off is nobody's answer.
            unfinished=tuple(a for a in store.unfinished() if a.id not in running and a.source is not Source.DEMO),
            answers=store.count(),
            cards_due=self.cards_due(self._quizzed(), now),
            stale_recordings=len(store.audio_to_remove(self.settings.keep_audio, now)),
            problems=(*problems, *(str(refused) for refused in self.library.refused())),
        )

    def _readable(self, ids: Sequence[str] | None = None) -> tuple[list[Guide], list[str]]:
        """The guides that can be read, of all or of these, and why others can't."""
        guides: list[Guide] = []
        problems: list[str] = []
        for guide_id in self.library.ids() if ids is None else ids:
            try:
                guides.append(self.library.load(guide_id))
            except RehearseError as error:
                problems.append(str(error).splitlines()[0])
        return guides, problems

    def _quizzed(self) -> list[Guide]:
        """The guides whose cards were begun; at first the first one. The others needn't be read."""
        known, begun = self.library.ids(), set(self.reviews.begun())
        return self._readable([one for one in known if one in begun])[0] or self._readable(known[:1])[0]

    def cards_due(self, guides: Sequence[Guide], now: datetime) -> int:
        """How many quiz cards are due."""
        return self.quizzes.due(guides, now)

    def quiz(
        self, guide_id: str | None, *, mode: QuizMode, section_id: str | None, now: datetime, random: Random
    ) -> QuizSession:
        """A session with a guide's cards, or with those of the guides that were begun; of any guide for a section.

        Raises:
            InputError, GuideError: there is no such guide or section, or it can't be read.
            StoreError: what is kept can't be read.
        """
        if guide_id is not None:
            guides = [self.library.load(guide_id)]
        else:
            guides = self._quizzed() if section_id is None else self._readable()[0]
        known = [section.id for guide in guides for section in guide.sections]
        if section_id is not None and section_id not in known:
            raise InputError(f"There is no section “{section_id}”", next_step=f"Known are: {', '.join(known)}.")
        if section_id is not None:
            guides = [guide for guide in guides if section_id in (section.id for section in guide.sections)]
        return self.quizzes.session(guides, mode=mode, section_id=section_id, now=now, random=random)

    def _answer_kept(self, answer: Answer) -> None:
        """A section missed aloud makes its cards due, one told when asked is asked no more. Neither loses an answer."""
        from rehearse.live.quizzing import missed_sections

        if answer.source is Source.DEMO or answer.coverage is None:
            return
        if answer.follow_up_of and answer.follow_up_section in answer.coverage.covered:
            self._answered_since.setdefault(answer.follow_up_of, set()).add(answer.follow_up_section or "")
        with suppress(StoreError):
            self.reviews.make_due(missed_sections(answer.coverage), answer.guide_id, datetime.now(UTC))

    def answered_since(self, answer_id: str) -> frozenset[str]:
        """Ids of the sections that follow-up answers to this one have covered in this sitting."""
        return frozenset(self._answered_since.get(answer_id, ()))

    def leave(self) -> None:
        """Nobody waits any longer for what takes seconds: call it off."""
        self._leaving.set()

    def close(self, timeout: float = 3.0) -> bool:
        """End every rehearsal that still runs; False if a decoder didn't end within `timeout` seconds."""
        self.leave()
        self.interviewer.hush()
        for rehearsal in self._rehearsals:
            rehearsal.abandon()
        ended = [rehearsal.join(timeout) for rehearsal in self._rehearsals]
        return all(ended)
