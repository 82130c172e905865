"""What went wrong on recordings of people, each with the fault that was heard there and mustn't come back.

Nothing is said here of what they said: the references lie beside the recordings, which aren't part of this repository.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearse.audio.files import load_audio
from rehearse.domain.guide import Guide
from rehearse.domain.sound import samples
from rehearse.domain.transcript import Word
from rehearse.guides.library import GuideLibrary
from rehearse.live.whole_answer import transcribe_samples
from rehearse.speech.models import load_transcriber
from rehearse.speech.shipped import TINY
from rehearse.speech.transcriber import Transcriber
from tests.bench.people import Clip, clips, count
from tests.bench.speech import GUIDE, NoMarks
from tests.bench.words import UNCOUNTED, tokens


@dataclass(frozen=True)
class Ear:
    """The small model with a guide's terms in mind: what it gets right, the larger one does too."""

    guide: Guide
    transcriber: Transcriber
    clips: dict[str, Clip]

    def hear(self, clip: str, begin: float = 0.0, end: float | None = None) -> tuple[Word, ...]:
        """The words of a clip between two moments, in seconds."""
        sound = load_audio(self.clips[clip].path)[samples(begin) : None if end is None else samples(end)]
        return transcribe_samples(sound, self.transcriber, NoMarks(), self.guide.scenarios[0]).transcript.words


@pytest.fixture(scope="module")
def ear(shared: Path, model_cache: Path) -> Ear:
    assert (shared / "audio" / "people").is_dir()
    guide = GuideLibrary().load(GUIDE)
    model = load_transcriber(TINY, models=model_cache, cache=model_cache, guide=guide, scenario=guide.scenarios[0])
    return Ear(guide, model, {clip.path.stem: clip for clip in clips()})


@pytest.mark.parametrize(
    ("clip", "wrong", "dropped"),
    [
        # Short segments, each decoded without what stands around it. Eight-bit arithmetic differs between processors:
        # with AVX-512 three words are wrong, with AVX2 a fourth, which is left out.
        ("l2arctic-txhc-1096", 4, 1),
        ("saa-russian_011", 8, 3),  # a voice that the detector took for none
        ("moonshine-beckett", 0, 0),  # names glued from ordinary words
        ("voxforge-tel-07", 1, 0),  # the same
    ],
)
def test_what_was_lost_on_people_is_heard(ear: Ear, clip: str, wrong: int, dropped: int) -> None:
    found = count(ear.clips[clip].reference, ear.hear(clip), ear.guide)
    assert found.wrong <= wrong
    assert found.dropped <= dropped
    assert found.first_wrong == found.last_wrong == 0
    assert found.odd_capitals == found.false_terms == found.false_fillers == 0


@pytest.mark.parametrize(("clip", "end"), [("voxforge-tel-06", None), ("rosehill-2", 8.0), ("harvard", None)])
def test_no_name_is_made_of_ordinary_words(ear: Ear, clip: str, end: float | None) -> None:
    words = ear.hear(clip, end=end)
    assert len(words) >= 5
    assert [word.text for word in words if word.term] == []
    assert count(ear.clips[clip].reference, words, ear.guide).odd_capitals == 0


def test_no_filler_is_made_of_a_pause(ear: Ear) -> None:
    """Among its last words the small model once heard one; behind 36 s there is none."""
    heard = tokens(" ".join(word.text for word in ear.hear("chromecast-call", 36.0)))
    assert len(heard) >= 5
    assert not UNCOUNTED & set(heard)
