import json

import pytest
from hypothesis import given

from rehearse.domain.coverage import Coverage, SectionMark, SectionState
from rehearse.domain.delivery import Delivery
from rehearse.domain.transcript import Quote
from rehearse.history.plain_json import from_plain, to_plain
from tests.unit.history.support import coverages, deliveries


@given(coverages)
def test_coverage_comes_back_as_it_was(coverage: Coverage) -> None:
    assert from_plain(Coverage, json.loads(json.dumps(to_plain(coverage)))) == coverage


@given(deliveries)
def test_delivery_comes_back_as_it_was(delivery: Delivery) -> None:
    assert from_plain(Delivery, json.loads(json.dumps(to_plain(delivery)))) == delivery


def test_fields_added_later_take_their_defaults_and_unknown_ones_are_passed_over() -> None:
    mark = from_plain(SectionMark, {"section_id": "a", "state": "thin", "from the future": 1})
    assert mark == SectionMark("a", SectionState.THIN)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(KeyError, match=r"Quote without end, end_word, start, text"):
        from_plain(Quote, {"first_word": 1})
    with pytest.raises(ValueError, match="lost"):
        from_plain(SectionMark, {"section_id": "a", "state": "lost"})
