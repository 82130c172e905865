"""What an answer leaves open: contradictions, names without a reason."""

from rehearse.coverage.engine import CoverageEngine
from rehearse.domain.gaps import Contradiction, UnreasonedTerm
from rehearse.domain.transcript import Transcript

WATCHED = (
    "We tracked precision and data drift on a dashboard every morning and an alert went off when it fell under eighty "
    "percent. "
)


def open_points(engine: CoverageEngine, said: str) -> tuple[list[Contradiction], list[UnreasonedTerm]]:
    transcript = Transcript.typed(said)
    return engine.open_points(transcript, engine.assess(transcript, engine.guide.scenarios[0], final=True))


def test_a_section_that_is_told_and_denied_contradicts_itself(engine: CoverageEngine) -> None:
    found, _ = open_points(engine, WATCHED + "There was no monitoring whatsoever, to be honest.")
    (one,) = found
    assert one.section_id == "monitoring"
    assert "tracked" in one.told.text
    assert one.denied.text.startswith("There was no monitoring")


def test_a_denial_in_other_words_is_one_too(engine: CoverageEngine) -> None:
    for said in ("We had no monitoring at the time. " + WATCHED, WATCHED + "In fact we never had any alerts."):
        assert [one.section_id for one in open_points(engine, said)[0]] == ["monitoring"], said


def test_what_was_only_absent_at_first_contradicts_nothing(engine: CoverageEngine) -> None:
    for said in (
        "At first we had no monitoring. " + WATCHED,
        WATCHED,
        "There was no monitoring, nobody looked at it at all.",
    ):
        assert open_points(engine, said)[0] == [], said


def test_names_that_are_given_no_reason_are_open(engine: CoverageEngine) -> None:
    said = (
        "The service ran on Kubernetes. I put it into Docker because everybody's laptop was different. "
        "MLflow was there too, and Docker again, with a registry of our own."
    )
    _, found = open_points(engine, said)
    assert [one.name for one in found] == ["Kubernetes", "MLflow"]
    assert found[0].quote.text == "Kubernetes."


def test_a_few_words_leave_nothing_open_to_judge(engine: CoverageEngine) -> None:
    assert open_points(engine, "We monitored it. No monitoring.")[0] == []
