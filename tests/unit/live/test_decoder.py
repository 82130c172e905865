"""What the decoder lets the panel show while somebody speaks."""

import threading
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from rehearse.domain.coverage import Coverage, SectionMark, SectionState
from rehearse.domain.sound import EndedBy, SpeechSegment
from rehearse.live.decoder import LONG, Decoder
from rehearse.live.endpointing import Endpointer
from rehearse.live.lit_rows import still_lit
from rehearse.speech.transcriber import Waiting
from tests.fakes import KeywordAssessor, ScriptedTranscriber, small_guide

ORDER = [SectionState.MISSING, SectionState.THIN, SectionState.COVERED]


def one(state: SectionState) -> Coverage:
    return Coverage((SectionMark("goal", state),), ())


@pytest.mark.parametrize("before", ORDER)
@pytest.mark.parametrize("now", ORDER)
def test_a_row_never_gets_darker_while_one_speaks(before: SectionState, now: SectionState) -> None:
    shown = still_lit(one(now), one(before)).sections[0].state
    assert shown is max(before, now, key=ORDER.index)


def live_decoder() -> Decoder:
    guide = small_guide()
    return Decoder(
        load_transcriber=lambda: ScriptedTranscriber(()),
        load_engine=lambda: KeywordAssessor(guide),
        scenario=guide.scenarios[0],
        emit=lambda _: None,
        cancelled=threading.Event(),
        live=True,
    )


@pytest.mark.parametrize("complete", [False, True])
def test_once_somebody_waits_nothing_is_hypothesised(complete: bool) -> None:
    decoder = live_decoder()
    said = SpeechSegment(np.zeros(32_000, np.float32), 0.0, 2.0, 0.1, 1.7, EndedBy.STOP)
    decoder.listen_to(cast("Endpointer", SimpleNamespace(open_segment=said, open_is_complete=complete)))
    assert decoder._worth_decoding() is said
    decoder.hurry()
    assert decoder._worth_decoding() is (said if complete else None)


def test_after_a_long_wait_for_the_marks_names_are_left_to_the_second_hearing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((100.0, 100.0 + LONG - 0.1, 100.0 + LONG + 0.1))
    monkeypatch.setattr("rehearse.live.decoder.time.monotonic", lambda: next(clock))
    decoder = live_decoder()
    assert decoder._waiting() is Waiting.SOMEBODY  # so does whoever speaks on, however long the answer
    decoder.hurry()
    assert [decoder._waiting(), decoder._waiting()] == [Waiting.SOMEBODY, Waiting.LONG]
