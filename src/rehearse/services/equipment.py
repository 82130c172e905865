"""Everything a rehearsal is made of, opened when it is first needed and kept.

The one place where settings, folders, models, guides and the store come together. Thread-safe: screens ask from
jobs, pipelines from their own threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Event, Lock, RLock
from typing import TYPE_CHECKING, Any

from rehearse.errors import SettingsError, StoreError
from rehearse.faults import keep_faults_in
from rehearse.memory import HEAVY_WORK
from rehearse.services.draft import Draft
from rehearse.services.interviewer import Interviewer
from rehearse.services.settings_file import write_changes
from rehearse.settings import Places, Settings, changes_between

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.audio.playback import Player
    from rehearse.coverage.classifier import Labelled
    from rehearse.coverage.encoder import SentenceEncoder
    from rehearse.coverage.engine import CoverageEngine
    from rehearse.domain.guide import Guide, Scenario
    from rehearse.domain.sound import Samples
    from rehearse.guides.library import GuideLibrary
    from rehearse.history.answers import AnswerStore
    from rehearse.history.reviews import ReviewStore
    from rehearse.history.series import SeriesStore
    from rehearse.live.protocols import AudioSource
    from rehearse.services.quizzes import Quizzes
    from rehearse.speech.transcriber import Transcriber
    from rehearse.speech.voice import InterviewerVoice


class Equipment:
    """Opens parts when they are first needed, and keeps them."""

    def __init__(
        self,
        places: Places,
        settings: Settings,
        *,
        kept: Settings | None = None,
        tried: Path | None = None,
        make_source: Callable[[str | None], AudioSource] | None = None,
        load_transcriber: Callable[[], Transcriber] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is opened yet.

        Args:
            places: the user's folders.
            settings: the user's choices.
            kept: what stands in the file, where some of `settings` hold for this run only.
            tried: a guide's file that is tried in this run without being installed.
            make_source: makes the microphone, given a device's name or None; tests pass their own.
            load_transcriber: tests pass a scripted one.
            now: seconds of a clock that never goes back.
        """
        self.places = places
        keep_faults_in(places.log)
        self.settings = settings
        self._kept = kept or settings
        self._unwritten: dict[str, Any] = {}
        """Changes of settings that hold in this run, and couldn't be written yet."""
        self._tried = tried
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
        self._encoder: SentenceEncoder | None = None
        self._fitted_to: dict[str, Guide] = {}
        """What each engine knows of its guide: a guide can be edited while the program runs."""
        self._forgotten = 0
        """How often an engine was forgotten: one whose fit began before isn't kept."""
        self._transcribers: dict[tuple[str, *tuple[Hashable, ...]], Transcriber] = {}
        """By model, and what it listens for."""
        self._quizzes: Quizzes | None = None
        self._voice: InterviewerVoice | None = None
        self.interviewer = Interviewer(self.voice, lambda: self.settings.output)

    def change_settings(self, settings: Settings) -> None:
        """Use other settings, and write what was changed; raises OSError if that can't be done."""
        if settings.remember_corrections != self.settings.remember_corrections:
            with self._lock:
                self._forgotten += 1
                self._engines.clear()
        if settings.model != self.settings.model:
            self._transcribers = {}  # the old one's memory is free once nothing uses it any more
        self._unwritten |= changes_between(self.settings, settings)
        self.settings = settings
        self._kept = write_changes(self.places, self._kept, self._unwritten)
        self._unwritten = {}

    @property
    def library(self) -> GuideLibrary:
        """The guides."""
        with self._lock:
            if self._library is None:
                from rehearse.guides.library import GuideLibrary

                self._library = GuideLibrary(self.places.guides, tried=self._tried)
            return self._library

    @property
    def store(self) -> AnswerStore:
        """The kept answers; raises StoreError if they can't be opened."""
        with self._lock:
            if self._store is None:
                from rehearse.history.answers import AnswerStore

                try:
                    self.places.create()
                except SettingsError:
                    if not self.places.database.is_file():
                        raise  # else what is there can be read
                self._store = AnswerStore(self.places.database, self.places.recordings)
            return self._store

    @property
    def reviews(self) -> ReviewStore:
        """What the quiz keeps, in the answers' database; raises StoreError if it can't be opened."""
        from rehearse.history.reviews import ReviewStore

        return ReviewStore(self.store.database)

    @property
    def series(self) -> SeriesStore:
        """Interviews and drills, in the answers' database; raises StoreError if it can't be opened."""
        from rehearse.history.series import SeriesStore

        return SeriesStore(self.store)

    @property
    def quizzes(self) -> Quizzes:
        """Decks and sessions of the quiz."""
        with self._lock:
            if self._quizzes is None:
                from rehearse.services.quizzes import Quizzes

                self._quizzes = Quizzes(lambda: self.reviews, lambda: self.settings.interview_date)
            return self._quizzes

    def engine(self, guide: Guide) -> CoverageEngine:
        """The coverage engine of a guide, fitted once, and again where the guide was edited meanwhile."""
        with self._fitting:
            engine = None if self._is_edited(guide) else self._engines.get(guide.id)
            while engine is None:
                engine = self._fitted(guide)
            return engine

    def _is_edited(self, guide: Guide) -> bool:
        before = self._fitted_to.get(guide.id, guide)
        return before is not guide and before != guide

    def _fitted(self, guide: Guide) -> CoverageEngine | None:
        """A new engine; None if what it was fitted to has changed meanwhile."""
        from rehearse.coverage.encoder import SentenceEncoder
        from rehearse.coverage.engine import load_engine

        self.places.create()
        forgotten = self._forgotten
        if self._encoder is None:
            self._encoder = SentenceEncoder(self.places.cache)  # the heaviest part, the same for all guides
        engine = load_engine(
            guide,
            cache=self.places.cache,
            remembered=self._remembered(guide),
            encoder=self._encoder,
            cancelled=self._leaving,
        )
        with self._lock:
            if forgotten != self._forgotten:
                return None
            self._engines[guide.id] = engine
            self._fitted_to[guide.id] = guide
            return engine

    def prepare(self, guide: Guide) -> None:
        """Fit the engine to a guide for the first time, or to one that was edited, ahead of need: it takes some
        seconds. Later nothing is done.
        """
        if not self.is_fitted(guide):
            self.engine(guide)

    def is_fitted(self, guide: Guide) -> bool:
        """False where an answer to a guide is marked some seconds later: the engine is fitted to it first."""
        fitted = guide.id in self._engines or any(self.places.cache.glob(f"weights-{guide.id}-*.npz"))
        return fitted and not self._is_edited(guide)

    def choose_model(self) -> str:
        """Measure, the first time, which speech model `auto` means here; what was chosen in a line, or ""."""
        from rehearse.speech.models import AUTO

        if self._load_transcriber is not None or self.settings.model != AUTO:
            return ""
        from rehearse.services.model_choice import choose_model

        with self._loading, HEAVY_WORK:  # what else takes all of the machine would be measured too
            return choose_model(self.places.create())

    def _remembered(self, guide: Guide) -> list[Labelled]:
        if not self.settings.remember_corrections:
            return []
        from rehearse.services.remembered_corrections import remembered_examples

        try:
            return remembered_examples(guide, self.store.corrected(guide.id))
        except StoreError:
            return []  # marks don't depend on the history: `rehearse score` works beside a broken one

    def forget_engine(self, guide_id: str) -> None:
        """Fit the engine again at the next use: the remembered corrections have changed."""
        with self._lock:
            self._forgotten += 1
            self._engines.pop(guide_id, None)

    def transcriber(self, guide: Guide, scenario: Scenario, *, live: bool = True) -> Transcriber:
        """The speech model of the settings, listening for a guide's terms; with `live` it is to follow a speaker."""
        if self._load_transcriber is not None:
            return self._load_transcriber()
        with self._loading:
            model = self.settings.model
            key = (model, live, guide.id, guide.terms, scenario)
            transcriber = self._transcribers.get(key)
            if transcriber is None:
                from rehearse.speech.models import load_live_transcriber, load_transcriber

                self.places.create()
                # One that was still loading when another was chosen.
                self._transcribers = {known: one for known, one in self._transcribers.items() if known[0] == model}
                load = load_live_transcriber if live else load_transcriber
                transcriber = self._transcribers[key] = load(
                    model, models=self.places.models, cache=self.places.cache, guide=guide, scenario=scenario
                )
            return transcriber

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

    def microphone(self) -> AudioSource:
        """The microphone of the settings, not yet open."""
        if self._make_source is not None:
            return self._make_source(self.settings.device)
        from rehearse.audio.capture import Microphone

        return Microphone(self.settings.device)

    def player(self, samples: Samples) -> Player:
        """A player for an answer's sound."""
        from rehearse.audio.playback import Player

        return Player(samples, device=self.settings.output)

    def player_of(self, recording: Path, cancelled: Event) -> Player:
        """A player for a recording, already closed where nobody waits for it any more; raises AudioFileError."""
        from rehearse.audio.recorded import read_recording

        player = self.player(read_recording(recording))
        if cancelled.is_set():
            player.close()
        return player

    def answer_draft(self, question: str) -> Draft:
        """What is being typed as a whole answer."""
        return Draft(self.places.home / "drafts", question, earlier=self.places.home / "draft.txt")

    def draft(self, question: str) -> Draft:
        """What is being typed in answer to any other question."""
        return Draft(self.places.home / "drafts", question)

    @property
    def follows_live(self) -> bool:
        """False where the chosen model is too slow to be used while speaking: it decodes after the answer."""
        from rehearse.services.model_choice import follows_live

        return follows_live(self.places, self.settings.model)

    @property
    def heard_again(self) -> float:
        """Seconds of an answer up to which all of it is heard again after its marks."""
        from rehearse.services.model_choice import heard_again

        return heard_again(self.places, self.settings.model)

    def settle(self) -> None:
        """Leave as little as can be in the database's journal: the program is about to end, perhaps not gently."""
        with self._lock:
            if self._store is not None:
                self._store.database.checkpoint()

    def leave(self) -> None:
        """Nobody waits any longer for what takes seconds: call it off."""
        self._leaving.set()
