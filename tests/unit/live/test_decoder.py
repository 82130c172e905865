"""What the decoder lets the panel show while somebody speaks."""

import threading
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from rehearse.domain.coverage import Coverage, SectionMark, SectionState
from rehearse.domain.sound import EndedBy, SpeechSegment
from rehearse.live.decoder import Decoder
from rehearse.live.endpointing import Endpointer
from rehearse.live.lit_rows import still_lit
from tests.fakes import KeywordAssessor, ScriptedTranscriber, small_guide

ORDER = [SectionState.MISSING, SectionState.THIN, SectionState.COVERED]


def one(state: SectionState) -> Coverage:
    return Coverage((SectionMark("goal", state),), ())


@pytest.mark.parametrize("before", ORDER)
@pytest.mark.parametrize("now", ORDER)
def test_a_row_never_gets_darker_while_one_speaks(before: SectionState, now: SectionState) -> None:
    shown = still_lit(one(now), one(before)).sections[0].state
    assert shown is max(before, now, key=ORDER.index)


@pytest.mark.parametrize("complete", [False, True])
def test_once_somebody_waits_nothing_is_hypothesised(complete: bool) -> None:
    guide = small_guide()
    decoder = Decoder(
        load_transcriber=lambda: ScriptedTranscriber(()),
        load_engine=lambda: KeywordAssessor(guide),
        scenario=guide.scenarios[0],
        emit=lambda _: None,
        cancelled=threading.Event(),
        live=True,
    )
    said = SpeechSegment(np.zeros(32_000, np.float32), 0.0, 2.0, 0.1, 1.7, EndedBy.STOP)
    decoder.listen_to(cast("Endpointer", SimpleNamespace(open_segment=said, open_is_complete=complete)))
    assert decoder._worth_decoding() is said
    decoder.hurry()
    assert decoder._worth_decoding() is (said if complete else None)
