from rehearse.ui.widgets.plot import plot


def test_alike_values_look_alike_and_not_like_the_least_or_the_greatest() -> None:
    assert plot([150, 150], 80, 220, width=10) == ["  ", "██"]
    assert plot([80, 150, 220], 80, 220, width=10) == ["  █", "▁██"]


def test_what_lies_outside_stands_at_the_edge() -> None:
    assert plot([10, 500], 80, 220, width=10, rows=1) == ["▁█"]


def test_neighbours_are_averaged_where_there_is_no_room() -> None:
    assert plot([0, 8, 8, 8], 0, 8, width=2, rows=1) == ["▄█"]
    assert plot([], 0, 8, width=2, rows=1) == [""]
