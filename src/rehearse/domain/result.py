"""A result as scripts read it: one answer's words and marks as plain JSON values, and back.

The shape is fixed: other programs depend on it. Times are seconds from the start of the recording, to the
millisecond; they, and the delivery, are null for answers that were typed or read from a text.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import Coverage, MistakeMark, MistakeState, SectionMark, SectionState
from rehearse.domain.delivery import Delivery, Filler, Pause
from rehearse.domain.languages import why_unjudged
from rehearse.domain.transcript import Quote, Transcript, Utterance, Word
from rehearse.domain.wording import as_sentence

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def result_json(answer: Answer) -> dict[str, Any]:
    """What `rehearse score --json` prints for an answer; the user's corrections are applied."""
    transcript, marks = answer.transcript, answer.marks
    timed = transcript.timed
    unjudged = "" if marks is None or marks.judged else as_sentence(why_unjudged(transcript))
    return {
        "id": answer.id,
        "guide": answer.guide_id,
        "scenario": answer.scenario_id,
        "transcript": {
            "text": transcript.text,
            "duration": _time(transcript.duration) if timed else None,
            "model": transcript.model,
            "words": [_word(word, timed=timed) for word in transcript.words],
        },
        "sections": [
            {"id": mark.section_id, "state": mark.state.value, "evidence": _evidence(mark.evidence)}
            for mark in (marks.sections if marks else ())
        ],
        "mistakes": [
            {
                "id": mark.mistake_id,
                "made": mark.state is MistakeState.MADE,
                "reason": mark.reason or unjudged,
                "evidence": _evidence(mark.evidence),
            }
            for mark in (marks.mistakes if marks else ())
        ],
        "delivery": _delivery(answer.delivery) if timed and answer.delivery else None,
    }


def _time(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _word(word: Word, *, timed: bool) -> dict[str, Any]:
    return {
        "text": word.text,
        "start": _time(word.start) if timed else None,
        "end": _time(word.end) if timed else None,
        "probability": round(word.probability, 3),
    }


def _evidence(quotes: Sequence[Quote]) -> list[dict[str, Any]]:
    return [{"text": quote.text, "start": _time(quote.start), "end": _time(quote.end)} for quote in quotes]


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "words_per_minute": round(delivery.words_per_minute),
        "fillers": [{"text": filler.text, "start": _time(filler.start)} for filler in delivery.fillers],
        "pauses": [{"start": _time(pause.start), "end": _time(pause.end)} for pause in delivery.pauses],
    }


def read_result(result: Mapping[str, Any]) -> Answer:
    """The answer of a result, as far as a result holds it.

    All words form one utterance; a mistake that isn't made counts as avoided; the delivery has its pace, fillers and
    pauses alone. Evidence is found again among the words, by its text and time.

    Raises:
        ValueError: it isn't a result.
    """
    try:
        return _read(result)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a result: {error!r}") from error


def _read(result: Mapping[str, Any]) -> Answer:
    said = result["transcript"]
    timed = said["duration"] is not None
    words = tuple(
        Word(word["text"], word["start"] or 0.0, word["end"] or 0.0, word.get("probability", 1.0))
        for word in said["words"]
    )
    duration = said["duration"] or 0.0
    utterances = (Utterance(words, words[0].start, words[-1].end),) if words else ()
    transcript = Transcript(utterances, timed, duration, said["model"])
    delivery = result["delivery"]
    return Answer(
        id=result["id"],
        guide_id=result["guide"],
        scenario_id=result["scenario"],
        question="",
        created_at=datetime.fromisoformat(result["date"]) if "date" in result else _EPOCH,
        source=Source.FILE if timed else Source.TYPED,
        mode=Mode.COACHED,
        status=AnswerStatus.FINISHED,
        transcript=transcript,
        coverage=_coverage(result, transcript),
        delivery=_read_delivery(delivery, transcript) if delivery else None,
    )


def _coverage(result: Mapping[str, Any], transcript: Transcript) -> Coverage:
    return Coverage(
        tuple(
            SectionMark(mark["id"], SectionState(mark["state"]), _quotes(mark["evidence"], transcript))
            for mark in result["sections"]
        ),
        tuple(
            MistakeMark(
                mark["id"],
                MistakeState.MADE if mark["made"] else MistakeState.AVOIDED,
                mark["reason"],
                _quotes(mark["evidence"], transcript),
            )
            for mark in result["mistakes"]
        ),
        final=True,
    )


def _quotes(evidence: Sequence[Mapping[str, Any]], transcript: Transcript) -> tuple[Quote, ...]:
    return tuple(_quote(quote["text"], quote["start"], quote["end"], transcript) for quote in evidence)


def _quote(text: str, start: float | None, end: float | None, transcript: Transcript) -> Quote:
    """The quote with its place among the words; an empty range at the front where it can't be found."""
    length = len(text.split())
    for first, word in enumerate(transcript.words):
        if start is not None and word.start != start:
            continue
        if " ".join(one.text for one in transcript.words[first : first + length]) == text:
            return Quote(text, start, end, first, first + length)
    return Quote(text, start, end, 0, 0)


def _read_delivery(plain: Mapping[str, Any], transcript: Transcript) -> Delivery:
    fillers = tuple(_filler(filler["text"], filler["start"], transcript) for filler in plain["fillers"])
    minutes = transcript.duration / 60
    return Delivery(
        words_per_minute=plain["words_per_minute"],
        fillers=fillers,
        fillers_per_minute=len(fillers) / minutes if minutes else 0.0,
        pauses=tuple(Pause(pause["start"], pause["end"]) for pause in plain["pauses"]),
        time_to_first_word=transcript.words[0].start if transcript.words else 0.0,
        longest_run=0.0,
        repetitions=(),
        timeline=(),
        hesitations=(),
    )


def _filler(text: str, start: float, transcript: Transcript) -> Filler:
    """The filler at the word that is being spoken at `start`, or the next."""
    first = next((index for index, word in enumerate(transcript.words) if word.end > start), 0)
    return Filler(text, start, first, first + len(text.split()))
