"""A word that is no filler stays that word, also where the answer is heard better just then."""

from dataclasses import replace
from pathlib import Path

from rehearse.delivery import measure
from rehearse.domain.answer import Answer, AnswerStatus, Mode, Source
from rehearse.domain.sound import SpeechSpan
from rehearse.domain.transcript import Transcript, Utterance, Word
from rehearse.history.answers import AnswerStore
from rehearse.services.corrections import excuse
from tests.answers import begun_answer
from tests.unit.history.support import NOW, marks

SPEECH = (SpeechSpan(0, 4),)


def heard(text: str, start: float = 0.0) -> Transcript:
    """A word every half second."""
    words = tuple(Word(one, start + i / 2, start + i / 2 + 0.4) for i, one in enumerate(text.split()))
    return Transcript((Utterance(words, start, 4),), duration=4)


def kept_answer(store: AnswerStore) -> Answer:
    begun = begun_answer(
        store,
        guide_id="small",
        scenario_id="first",
        question="?",
        source=Source.MICROPHONE,
        mode=Mode.COACHED,
        settings={},
        now=NOW,
    )
    said = heard("um it ran, you know, well", start=0.5)
    spoken = replace(begun, status=AnswerStatus.FINISHED, transcript=said, speech=SPEECH, coverage=marks("goal"))
    return store.complete(replace(spoken, delivery=measure(said, SPEECH, spoken.coverage)))


def test_words_that_were_heard_better_meanwhile_are_excused_where_they_stand_now(tmp_path: Path) -> None:
    with AnswerStore(tmp_path / "rehearse.db", tmp_path / "recordings").database as database:
        store = AnswerStore(database, tmp_path / "recordings")
        shown = kept_answer(store)
        said, covered = heard("So um it ran, you know, well"), marks("goal")
        assert store.refine(shown, said, covered, measure(said, SPEECH, covered)) is not None
        excused = excuse(store, shown, (3,))
        assert [said.words[index].text for index in excused.excused] == ["you"]
        assert excused.delivery == measure(said, SPEECH, covered, excused=(4,))
        assert [one.text for one in excused.delivery.fillers] == ["um"]
        assert store.get(shown.id) == excused
