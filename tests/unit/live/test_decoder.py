"""What the decoder lets the panel show while somebody speaks."""

import pytest

from rehearse.domain.coverage import Coverage, SectionMark, SectionState
from rehearse.live.decoder import still_lit

ORDER = [SectionState.MISSING, SectionState.THIN, SectionState.COVERED]


def one(state: SectionState) -> Coverage:
    return Coverage((SectionMark("goal", state),), ())


@pytest.mark.parametrize("before", ORDER)
@pytest.mark.parametrize("now", ORDER)
def test_a_row_never_gets_darker_while_one_speaks(before: SectionState, now: SectionState) -> None:
    shown = still_lit(one(now), one(before)).sections[0].state
    assert shown is max(before, now, key=ORDER.index)
