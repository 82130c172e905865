"""Answers for the tests of this folder, made by hypothesis or by hand."""

from collections.abc import Callable
from datetime import UTC, datetime

from hypothesis import strategies as st

from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.coverage import (
    Correction,
    Coverage,
    Match,
    MistakeMark,
    MistakeState,
    SectionMark,
    SectionState,
)
from rehearse.domain.delivery import Delivery, Filler, Hesitation, Pause, Repetition, Stretch
from rehearse.domain.opinions import Agreement, Label, Opinion
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Absence, Quote, Transcript, Utterance, Word

NOW = datetime(2026, 11, 23, 14, 20, tzinfo=UTC)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
seconds = st.floats(0, 3600, allow_nan=False)
share = st.floats(0, 1)
count = st.integers(0, 9)


words = st.builds(Word, text.filter(bool), seconds, seconds, share, st.none() | text)
utterances = st.builds(
    Utterance, st.lists(words, max_size=6).map(tuple), seconds, seconds, st.sampled_from(("", "es", "fr"))
)
transcripts = st.builds(
    Transcript,
    st.lists(utterances, max_size=4).map(tuple),
    st.booleans(),
    seconds,
    st.none() | text,
    st.lists(st.builds(Absence, seconds, seconds), max_size=2).map(tuple),
)
quotes = st.builds(Quote, text, st.none() | seconds, st.none() | seconds, count, count)
quote_lists = st.lists(quotes, max_size=3).map(tuple)
section_marks = st.builds(
    SectionMark,
    st.sampled_from(["context", "monitoring", "x"]),
    st.sampled_from(SectionState),
    quote_lists,
    share,
    st.lists(st.builds(Match, text, text, share), max_size=2).map(tuple),
    st.booleans(),
    st.none() | quotes,
)
mistake_marks = st.builds(
    MistakeMark, st.sampled_from(["vague", "generic"]), st.sampled_from(MistakeState), text, quote_lists, st.booleans()
)
coverages = st.builds(
    Coverage,
    st.lists(section_marks, max_size=3).map(tuple),
    st.lists(mistake_marks, max_size=3).map(tuple),
    st.none() | share,
    st.booleans(),
    st.booleans(),
)
deliveries = st.builds(
    Delivery,
    seconds,
    st.lists(st.builds(Filler, text, seconds, count, count), max_size=3).map(tuple),
    seconds,
    st.lists(st.builds(Pause, seconds, seconds), max_size=3).map(tuple),
    seconds,
    seconds,
    st.lists(st.builds(Repetition, text, seconds, count), max_size=2).map(tuple),
    st.lists(st.builds(Stretch, st.none() | text, seconds, seconds), max_size=3).map(tuple),
    st.lists(st.builds(Hesitation, text, seconds, seconds, count), max_size=2).map(tuple),
)
corrections = st.builds(
    Correction, st.just("context"), st.sampled_from([state.value for state in SectionState]), st.none() | quotes
)
opinions = st.builds(
    Opinion,
    text.filter(bool),
    st.lists(st.builds(Label, text, text, st.sampled_from(Agreement), text, text), max_size=2).map(tuple),
    text,
)
answers = st.builds(
    Answer,
    id=st.just("20261123T142000000000-abcdef"),
    guide_id=text,
    scenario_id=text,
    question=text,
    created_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    source=st.sampled_from(Source),
    mode=st.sampled_from(Mode),
    status=st.sampled_from(AnswerStatus),
    transcript=transcripts,
    coverage=st.none() | coverages,
    delivery=st.none() | deliveries,
    speech=st.lists(st.builds(SpeechSpan, seconds, seconds), max_size=3).map(tuple),
    corrections=st.lists(corrections, max_size=2).map(tuple),
    opinions=st.lists(opinions, max_size=2).map(tuple),
    guess=st.none() | st.lists(text, max_size=2).map(tuple),
    excused=st.lists(count, max_size=3).map(tuple),
    follow_up_of=st.none() | text,
    follow_up_section=st.none() | text,
    series_id=st.none() | text,
    notes=text,
    starred=st.booleans(),
    settings=st.dictionaries(text, st.none() | st.booleans() | st.integers() | text, max_size=3),
)


def spoken(said: str, *, start: float = 0.0, pace: float = 0.4) -> Transcript:
    """One utterance, a word every `pace` seconds."""
    parts = said.split()
    made = tuple(Word(one, start + i * pace, start + (i + 0.8) * pace) for i, one in enumerate(parts))
    end = start + len(parts) * pace
    return Transcript((Utterance(made, start, end),), duration=end, model="tiny.en")


def marks(covered: str = "", missing: str = "", made: str = "", avoided: str = "") -> Coverage:
    """Coverage from ids with spaces between."""
    return Coverage(
        tuple(SectionMark(name, SectionState.COVERED) for name in covered.split())
        + tuple(SectionMark(name, SectionState.MISSING) for name in missing.split()),
        tuple(MistakeMark(name, MistakeState.MADE, "because") for name in made.split())
        + tuple(MistakeMark(name, MistakeState.AVOIDED) for name in avoided.split()),
        final=True,
    )


def counter() -> Callable[[], str]:
    """Suffixes of ids: a, b, c ..."""
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    return lambda: next(letters)
