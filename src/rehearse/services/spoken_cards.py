"""A quiz card answered aloud: some seconds of the microphone, through Whisper and the coverage engine, to an answer."""

from collections.abc import Callable
from threading import Event

from rehearse.domain.cards import SPOKEN_SECONDS, SpokenCard
from rehearse.domain.guide import Guide
from rehearse.domain.languages import reads_as_english, why_unjudged
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
    """Listen for `SPOKEN_SECONDS`, or until `done`, which is set then, and see how the card's section came up; blocks.

    Raises:
        Cancelled: the microphone was closed meanwhile.
        InputError: too little was heard to be judged, or it isn't in English; the card stays open.
    """
    return judge_words(card, guide, microphone.hear(SPOKEN_SECONDS, done, ended=done).text, load_engine)


def judge_words(card: SpokenCard, guide: Guide, text: str, load_engine: Callable[[], Assessor]) -> SpokenAnswer:
    """See how a card's section came up in words, heard or typed; raises InputError as `hear_answer`."""
    transcript = Transcript.typed(text)
    coverage = load_engine().assess(transcript, guide.scenarios[0], final=True)
    if not reads_as_english(transcript):
        raise InputError(
            "That wasn't judged",
            why=why_unjudged(transcript),
            next_step="Say it in English (space) or type it (t), or see it (0).",
        )
    if not coverage.judged:
        said = f"only “{text}” was made out" if text else "no words were made out"
        raise InputError(
            "That was too little to judge",
            why=said,
            next_step="Say a sentence or two (space) or type them (t), or see it (0).",
        )
    assert card.section_id is not None
    return SpokenAnswer(transcript.text, coverage.section(card.section_id).state)
