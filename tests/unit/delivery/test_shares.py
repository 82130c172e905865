from dataclasses import replace

from rehearse.delivery.shares import ShareVerdict, hesitation_note, section_shares
from rehearse.domain.delivery import Delivery, Hesitation, Stretch
from rehearse.domain.guide import Guide, SampleSentence, Scenario, Section


def section(name: str, share: tuple[float, float]) -> Section:
    return Section(name, name.title(), "s", "a", "f", share=share, examples=("a", "b", "c"))


GUIDE = Guide(
    "g", "G", "q", "f", "s", (),
    (section("context", (0.1, 0.2)), section("deployment", (0.4, 0.6)), section("monitoring", (0.1, 0.2))),
    (), (Scenario("one", "One", 1, "q", "w", (SampleSentence("s"),)),),
)  # fmt: skip
EMPTY = Delivery(0, (), 0, (), 0, 0, (), (), ())


def test_shares_are_of_the_spoken_time_and_judged_with_tolerance() -> None:
    spoken = replace(
        EMPTY,
        timeline=(
            Stretch("context", 0, 24),
            Stretch("deployment", 30, 60),
            Stretch(None, 60, 66),
            Stretch("context", 66, 106),
        ),
    )
    context, deployment, monitoring = section_shares(spoken, GUIDE)
    assert (context.seconds, context.share, context.verdict) == (64, 0.64, ShareVerdict.MORE)
    assert (deployment.share, deployment.verdict) == (0.30, ShareVerdict.LESS)
    assert (monitoring.seconds, monitoring.verdict) == (0, ShareVerdict.LESS)
    assert replace(context, share=0.24).verdict is ShareVerdict.RIGHT


def test_no_speech_has_no_shares() -> None:
    assert [share.share for share in section_shares(EMPTY, GUIDE)] == [0, 0, 0]


def test_the_worst_hesitation_is_put_into_a_sentence() -> None:
    hesitations = (
        Hesitation("context", 1, 0.8, 1),
        Hesitation("monitoring", 40, 3.12, 2),
        Hesitation("deployment", 20, 1.6, 0),
        Hesitation("gone", 20, 5, 5),
    )
    note = hesitation_note(replace(EMPTY, hesitations=hesitations), GUIDE)
    assert note == "You hesitate going into Monitoring: 3.1 s of silence and 2 fillers just before it."
    assert hesitation_note(replace(EMPTY, hesitations=hesitations[:1]), GUIDE) is None
