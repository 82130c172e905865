"""Rehearsals of every source, begun with the equipment, and which of them still run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING

from rehearse.claims import claim
from rehearse.domain.kinds import AnswerStatus, Source
from rehearse.errors import AudioFileError, InputError
from rehearse.memory import HEAVY_WORK

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.claims import Claim
    from rehearse.domain.answer import Answer
    from rehearse.domain.guide import Guide
    from rehearse.domain.rehearsal import Plan
    from rehearse.domain.sound import Samples
    from rehearse.live.events import LiveEvent
    from rehearse.live.own_voice import OwnVoice
    from rehearse.live.protocols import AudioSource
    from rehearse.live.rehearsal import Rehearsal
    from rehearse.services.equipment import Equipment

Emit = Callable[["LiveEvent"], object]


class Rehearsals:
    """Begins rehearsals and remembers them until they have ended."""

    def __init__(self, equipment: Equipment, kept: Callable[[Answer], object]) -> None:
        """`kept` is told of every answer once it is marked and in the store; mustn't raise."""
        self.running: list[Rehearsal] = []
        self.set_back: set[str] = set()
        """Ids of answers that were cut off, and whose recording couldn't be read; others come first."""
        self._equipment = equipment
        self._kept = kept
        self._refined: dict[str, Answer] = {}

    def refined(self, answer: Answer) -> Answer | None:
        """The answer as it is kept now, if its last words were heard better after it was shown; asked once."""
        return self._refined.pop(answer.id, None)

    def is_refining(self, answer: Answer) -> bool:
        """The words of a marked answer are just being heard again."""
        of_it = (one for one in self.running if one.answer and one.answer.id == answer.id)
        return any(one.second_hearing.going_on for one in of_it)

    def let_be(self, *, last_words_too: bool = True) -> None:
        """The words of marked answers are good enough: somebody works with them.

        Where only the machine is wanted, what was heard in a hurry at the stop is heard again all the same.
        """
        for running in self.running:
            running.second_hearing.let_be(last_words_too=last_words_too)

    def spoken(self, plan: Plan, *, emit: Emit) -> Rehearsal:
        """With the microphone of the settings."""
        equipment = self._equipment
        return self.begin(
            plan,
            equipment.microphone(),
            emit,
            listen_early=True,
            live=equipment.follows_live,
            own_voice=equipment.interviewer,
        )

    def demo(self, plan: Plan, *, emit: Emit, cancelled: Event, real_time: bool) -> Rehearsal:
        """The scenario's sample answer, spoken by a synthesised candidate."""
        from rehearse.audio.sources import SamplesSource
        from rehearse.speech.voice import CANDIDATE_SPEED

        voice = self._equipment.voice()
        with HEAVY_WORK:
            spoken = voice.synthesise(plan.scenario.sample_text, speed=CANDIDATE_SPEED)
            voice.rest()
        if cancelled.is_set():
            raise InputError("The demo was called off")
        return self.begin(plan, SamplesSource(spoken, real_time=real_time), emit)

    def from_file(
        self,
        plan: Plan,
        path: Path,
        *,
        emit: Emit,
        cancelled: Event,
        remark: Callable[[str], object] | None = None,
    ) -> Rehearsal:
        """A sound file as the answer, as fast as it goes; `remark` is told what of it is missing, and if it is kept
        for this question already.

        Raises:
            AudioFileError: it can't be read.
        """
        from rehearse.audio.files import load_audio
        from rehearse.audio.sources import SamplesSource
        from rehearse.services.answer_files import digest_of

        sound = load_audio(path, cancelled=cancelled, remark=remark)
        digest = digest_of(path, plan, lambda: self._equipment.store.database, remark)
        return self.begin(plan, SamplesSource(sound), emit, best_model=True, made_of=digest)

    def recovered(self, plan: Plan, answer: Answer, *, emit: Emit) -> Rehearsal:
        """An answer that was cut off, from its recording.

        Raises:
            AudioFileError: the recording can't be read.
            InputError: there is none, another rehearse is working on it, or it isn't cut off any more.
        """
        from rehearse.audio.sources import SamplesSource

        if answer.recording is None or not answer.recording.exists():
            self._still_cut_off(answer)
            self._equipment.store.discard(answer.id)
            raise InputError(
                "That answer has no recording to transcribe",
                next_step="It was moved to the trash; nothing else was lost.",
            )
        claimed = claim(answer.recording)
        if claimed is None:
            raise InputError(
                "That answer is being recorded or transcribed just now",
                why="another rehearse is working on it",
                next_step="It is among the answers once that is done.",
            )
        try:
            self._still_cut_off(answer)
            self._equipment.store.save(answer)  # its scenario may have been chosen only now
            source = SamplesSource(self._rescued(answer, answer.recording))
            return self.begin(plan, source, emit, best_model=True, answer=answer, claimed=claimed)
        except BaseException:
            claimed.release()
            raise

    def _rescued(self, answer: Answer, recording: Path) -> Samples:
        """What is left of a recording; one without any sound goes to the trash, so that it isn't in others' way, and
        one that can't be read just now is offered after the others.

        Raises:
            AudioFileError: nothing is left, or it can't be read.
        """
        from rehearse.audio.recorded import complete_header, holds_nothing, read_recording

        try:
            sound = read_recording(recording)
            problem = "" if len(sound) else "it is empty"
        except AudioFileError as error:
            problem = error.why or error.what
            if not holds_nothing(recording):
                self.set_back.add(answer.id)
                raise AudioFileError(
                    f"The recording {recording.name} can't be read",
                    why=problem,
                    next_step="The answer and its recording are left as they are; u on the first screen tries again.",
                ) from error
        if problem:
            self._equipment.store.discard(answer.id)
            raise AudioFileError(
                f"The recording {recording.name} holds no sound",
                why=problem,
                next_step="It was moved to the trash as it is; nothing else was lost.",
            )
        self.set_back.discard(answer.id)
        with suppress(OSError):  # then other programs hear less of it; nothing else depends on it
            complete_header(recording)
        return sound

    def _still_cut_off(self, answer: Answer) -> None:
        """Raise InputError where another rehearse has transcribed it meanwhile."""
        if self._equipment.store.get(answer.id).status is not AnswerStatus.RECORDING:
            raise InputError("That answer has been transcribed meanwhile", next_step="h shows it.")

    def begin(
        self,
        plan: Plan,
        source: AudioSource,
        emit: Emit,
        *,
        listen_early: bool = False,
        live: bool = True,
        best_model: bool = False,
        answer: Answer | None = None,
        claimed: Claim | None = None,
        own_voice: OwnVoice | None = None,
        made_of: str = "",
    ) -> Rehearsal:
        """With any source; nothing is opened yet.

        Args:
            plan: what is rehearsed.
            source: where the sound comes from.
            emit: where events go, from the pipeline's threads.
            listen_early: sound from before the start may belong to the answer.
            live: decode while somebody speaks.
            best_model: by the model for what needn't be followed live, though the marks come as it decodes.
            answer: the answer that was cut off and is transcribed now; None begins a new one.
            claimed: the claim to its recording.
            own_voice: the interviewer's, which is left out of the answer.
            made_of: digest of the sound file that is the answer.
        """
        from rehearse.domain.answer import FILE_DIGEST
        from rehearse.live.pipeline import LivePipeline
        from rehearse.live.rehearsal import Rehearsal

        equipment = self._equipment
        self.let_be(last_words_too=False)
        guide = equipment.library.load(plan.guide_id)
        rehearsal = Rehearsal(
            plan,
            lambda emit, open_recording: LivePipeline(
                source,
                load_transcriber=lambda: equipment.transcriber(guide, plan.scenario, live=live and not best_model),
                load_engine=lambda: equipment.engine(guide),
                scenario=plan.scenario,
                recording=equipment.places.recordings,
                emit=emit,
                live=live,
                again=0.0 if plan.source is Source.DEMO else equipment.heard_again,
                listen_early=listen_early,
                open_recording=open_recording,
                own_voice=own_voice,
            ),
            equipment.store,
            emit,
            settings=self._made_with(plan, guide) | ({FILE_DIGEST: made_of} if made_of else {}),
            keep_audio=equipment.settings.keep_audio != "never",
            answer=answer,
            claimed=claimed,
            kept=self._kept,
            refined=lambda answer: self._refined.update({answer.id: answer}),
        )
        self.running = [running for running in self.running if not running.join(0)]
        self.running.append(rehearsal)
        return rehearsal

    def _made_with(self, plan: Plan, guide: Guide) -> dict[str, str | int | float | bool | None]:
        from rehearse.domain.answer import SHORTENED
        from rehearse.domain.guide_versions import GUIDE_VERSION, guide_version

        settings = self._equipment.settings
        return {
            "model": settings.model,
            "device": settings.device,
            "think_seconds": plan.clock.think,
            "answer_seconds": plan.clock.answer,
            "hands_free": settings.hands_free,
            GUIDE_VERSION: guide_version(guide),
            **({SHORTENED: True} if plan.shortened else {}),
        }

    def answers_underway(self) -> set[str]:
        """Ids of the answers that are being given or marked just now."""
        return {running.answer.id for running in self.running if running.answer and not running.join(0)}

    def end(self, timeout: float) -> bool:
        """Abandon all that still run; False if a decoder didn't end within `timeout` seconds."""
        for rehearsal in self.running:
            rehearsal.abandon()
        ended = [rehearsal.join(timeout) for rehearsal in self.running]
        return all(ended)
