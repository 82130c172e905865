"""What was discarded comes back, once each, also where that fails at first."""

from typing import Any

import pytest

from rehearse.errors import DamagedAnswerError, InputError, StoreError
from rehearse.ui.discarded import Discarded


class Store:
    """Gives ids for answers; fails where it is told to."""

    def __init__(self) -> None:
        self.restored: list[str] = []
        self.restoring: Exception | None = None
        self.reading: Exception | None = None

    def restore(self, answer_id: str) -> None:
        if self.restoring:
            raise self.restoring
        self.restored.append(answer_id)

    def get(self, answer_id: str) -> Any:
        if self.reading:
            raise self.reading
        return answer_id


def two_discarded() -> tuple[Any, Store]:
    discarded = Discarded()
    discarded.add("first")
    discarded.add("second")
    return discarded, Store()


def test_each_comes_back_once_the_newest_first() -> None:
    discarded, store = two_discarded()
    assert [discarded.bring_back(store), discarded.bring_back(store)] == ["second", "first"]
    assert store.restored == ["second", "first"]
    assert not discarded


@pytest.mark.parametrize("step", ["restoring", "reading"])
def test_one_that_cannot_come_back_just_now_is_tried_again(step: str) -> None:
    discarded, store = two_discarded()
    setattr(store, step, StoreError("The store is busy"))
    with pytest.raises(StoreError):
        discarded.bring_back(store)
    setattr(store, step, None)
    assert discarded.bring_back(store) == "second"
    assert discarded.bring_back(store) == "first"


@pytest.mark.parametrize("step", ["restoring", "reading"])
def test_one_that_is_gone_for_good_makes_way(step: str) -> None:
    discarded, store = two_discarded()
    setattr(store, step, InputError("There is no answer second"))
    with pytest.raises(InputError):
        discarded.bring_back(store)
    setattr(store, step, None)
    assert discarded.bring_back(store) == "first"
    assert not discarded


def test_one_whose_record_is_damaged_makes_way() -> None:
    discarded, store = two_discarded()
    store.reading = DamagedAnswerError("The answer second can't be read")
    with pytest.raises(StoreError):
        discarded.bring_back(store)
    store.reading = None
    assert discarded.bring_back(store) == "first"
    assert not discarded
