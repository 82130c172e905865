"""A quiz card answered aloud: some seconds of the microphone, through Whisper and the coverage engine, to an answer."""

from collections.abc import Callable
from threading import Event

from rehearse.domain.cards import SPOKEN_SECONDS, SpokenCard
from rehearse.domain.guide import Guide
from rehearse.domain.transcript import Transcript
from rehearse.errors import InputError
from rehearse.live.microphone_check import MicrophoneCheck
from rehearse.live.protocols import Assessor
from rehearse.quiz.questions import SpokenAnswer


def hear_answer(
    card: SpokenCard,
    guide: Guide,
    microphone: MicrophoneCheck,
    load_engine: Callable[[], Assessor],
    *,
    done: Event,
) -> SpokenAnswer:
    """Listen for `SPOKEN_SECONDS`, or until `done`, and see how the card's section came up; blocks.

    Raises:
        InputError: too little was heard to be judged; the card stays open.
    """
    heard = microphone.hear(SPOKEN_SECONDS, done)
    transcript = Transcript.typed(heard.text)
    coverage = load_engine().assess(transcript, guide.scenarios[0], final=True)
    if not coverage.judged:
        said = f"only “{heard.text}” was made out" if heard.text else "no words were made out"
        raise InputError(
            "That was too little to judge", why=said, next_step="Press space and say a sentence or two, or 0 to see it."
        )
    assert card.section_id is not None
    return SpokenAnswer(transcript.text, coverage.section(card.section_id).state)
