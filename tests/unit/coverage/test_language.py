"""What English says against a clause."""

import pytest

from rehearse.coverage import language


@pytest.mark.parametrize(
    "text",
    [
        "We never got round to alerts.",
        "There was no dashboard.",
        "We didn't have any tests.",
        "Nobody looked at drift.",
        "Did we ever watch it, no, not for a day.",
    ],
)
def test_absence_is_seen(text: str) -> None:
    assert language.says_absent(text)


@pytest.mark.parametrize("text", ["We watch drift every day.", "I know what it does now.", "Everybody gets an alert."])
def test_presence_is_not_taken_for_absence(text: str) -> None:
    assert not language.says_absent(text)


@pytest.mark.parametrize(
    ("text", "word", "denied"),
    [
        ("We had no dashboard.", "dashboard", True),
        ("None of it had any tests.", "tests", True),
        ("I couldn't tell you what I learned.", "learned", True),
        ("I can't really tell you what it was good for.", "good", True),
        ("The dashboard had no owner.", "dashboard", False),
        ("It was no one's job, so five teams met.", "teams", False),
        ("We had no time, and one of the many small dashboards came late.", "dashboards", False),
        ("We didn't sleep, and then at last we had tests.", "tests", False),
    ],
)
def test_a_negation_denies_what_comes_soon_after_it(text: str, word: str, *, denied: bool) -> None:
    assert language.denies(text, frozenset([word])) is denied


@pytest.mark.parametrize(
    "text",
    [
        "The platform team did all that.",
        "Another team deployed it.",
        "I can't take credit for how it got live.",
        "From there it belongs to a central group.",
        "For the serving you'd have to ask the infrastructure people.",
        "I was not very close to that.",
        "The business side decided it.",
        "That was decided by the client side.",
        "The platform team that we hired built it.",
    ],
)
def test_the_work_of_others_is_seen(text: str) -> None:
    assert language.hands_to_others(text)


@pytest.mark.parametrize(
    "text",
    [
        "I deployed it.",
        "We did that together with the platform team.",
        "To be on the safe side I did a second count.",
        "To be on the safe side the job runs twice.",
        "On the bright side it handled the holidays.",
        "On the technical side we set up a queue.",
        "On the other side I built a small table.",
        "For the data team we then also built a page.",
        "With the sales people I quickly ran a trial.",
    ],
)
def test_own_work_is_own(text: str) -> None:
    assert not language.hands_to_others(text)


@pytest.mark.parametrize(("text", "count"), [("ninety percent of 40 stores", 2), ("the one thing", 0), ("nothing", 0)])
def test_figures_are_counted(text: str, count: int) -> None:
    assert language.figures(text) == count


@pytest.mark.parametrize("text", ["because it's fast", "so that nobody waits", "since they know it"])
def test_reasons_are_seen(text: str) -> None:
    assert language.gives_reason(text)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("a big seventy-inch screen", "a big 70-inch screen"),
        ("eight hundred thousand a month", "800,000 a month"),
        ("a hundred and twenty users", "120 users"),
        ("ninety-four percent", "94 percent"),
    ],
)
def test_a_number_is_the_same_in_words_and_in_digits(written: str, same: str) -> None:
    assert language.with_figures_as_0(written) == language.with_figures_as_0(same)


@pytest.mark.parametrize("text", ["one of them", "no one", "two of us and three more", "a and b", "then we went on"])
def test_small_numbers_are_words_like_others(text: str) -> None:
    assert language.with_figures_as_0(text) == text
