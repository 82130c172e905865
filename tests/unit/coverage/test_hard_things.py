"""What people say that trips up a keyword search, each with what a careful listener would tick."""

import pytest

from rehearse.domain.coverage import MistakeState, SectionState
from tests.unit.coverage.conftest import Mark

OPENING = (
    "It was for a chain of swimming pools that never knew how many lifeguards to call in. "
    "I trained a gradient boosting model on three summers of ticket counts and it was off by six percent. "
    "It runs as a container on a small server and a cron job starts it at five. "
)
"""Context, development and deployment; says nothing else."""


@pytest.mark.parametrize(
    "said",
    [
        "We never got round to monitoring.",
        "There was no monitoring at all, to be honest.",
        "We didn't watch it once it was live, nobody had time for alerts or dashboards.",
        "What we didn't have was any check for drift.",
    ],
)
def test_a_section_said_to_be_missing_is_missing(mark: Mark, said: str) -> None:
    assert mark(OPENING + said).section("monitoring").state is not SectionState.COVERED
    assert mark(OPENING + said).mistake("no-monitoring").state is MistakeState.MADE


@pytest.mark.parametrize(
    "said",
    [
        "First I collected the data, then I trained it, deployed it, monitored it, iterated, the usual.",
        "We went through the whole life cycle, from development to deployment to monitoring and iteration.",
    ],
)
def test_words_without_substance_cover_nothing(mark: Mark, said: str) -> None:
    coverage = mark(said)
    assert coverage.covered == ()
    assert any(one.state is SectionState.THIN for one in coverage.sections)
    assert coverage.mistake("generic").state is MistakeState.MADE


@pytest.mark.parametrize(
    ("said", "section"),
    [
        ("The challenge our customers have is that their bills are hard to read.", "challenges"),
        ("There was a big monitor on the wall of the control room.", "monitoring"),
        ("The product owner wanted a feature for dark mode in the app.", "development"),
        ("The army had to deploy two more boats because of the storm.", "deployment"),
        ("I watched the training loss go down for two days.", "monitoring"),
    ],
)
def test_a_word_in_another_sense_covers_nothing(mark: Mark, said: str, section: str) -> None:
    filler = " So that's where we were at the time, in a small town by the sea, with a team of four."
    assert mark(said + filler).section(section).state is not SectionState.COVERED


@pytest.mark.parametrize(
    ("said", "section"),
    [
        ("I get pinged on my phone when the scores look off.", "monitoring"),
        ("Every Monday somebody pulls twenty of its answers and reads them.", "monitoring"),
        ("A supplier had changed its barcodes without a word, and we lost ten days to that.", "challenges"),
        (
            "From September the evening courses come in as well, and then it'll take the holidays into account.",
            "iteration",
        ),
        ("I copied the folder to the machine in the office and a task starts it at six.", "deployment"),
        ("I had two winters of meter readings and got within three percent.", "development"),
    ],
)
def test_substance_counts_without_the_words(mark: Mark, said: str, section: str) -> None:
    filler = " So yeah, that's roughly how it was, I hope that makes sense so far."
    assert mark(said + filler).section(section).state is SectionState.COVERED


def test_a_hint_counts_beside_something_plain(mark: Mark) -> None:
    hint = "The receptionists had been copying these forms onto paper until late in the evening."
    alone = mark(hint + " So yeah, that's roughly how it was, I hope that makes sense so far.")
    assert alone.section("context").state is SectionState.THIN
    told = mark(hint + " So I trained a small model that reads them, and it has run on a server there since May.")
    assert told.section("context").state is SectionState.COVERED


def test_the_goal_may_come_last(mark: Mark) -> None:
    coverage = mark(
        "It's a random forest on two years of bookings, eighty-eight percent right on last summer. I put it in a "
        "Docker image on Cloud Run. I read its log every morning. And all that so that the campsite stops turning "
        "people away while a third of the pitches stand empty."
    )
    context = coverage.section("context")
    assert context.state is SectionState.COVERED
    assert "campsite" in " ".join(quote.text for quote in context.evidence)
    assert coverage.mistake("no-business-context").state is MistakeState.AVOIDED


def test_retraining_as_maintenance_is_monitoring_and_not_iteration(mark: Mark) -> None:
    coverage = mark(OPENING + "It's retrained on the first of every month with the newest data.")
    assert coverage.section("iteration").state is not SectionState.COVERED
    assert (
        mark(OPENING + "When the error goes over ten percent for a week it's retrained automatically.")
        .section("monitoring")
        .state
        is SectionState.COVERED
    )


def test_one_clause_may_serve_two_sections(mark: Mark) -> None:
    coverage = mark(
        "Getting the container past the hospital's firewall and onto the ward's own server was the hardest part."
    )
    assert {"deployment", "challenges"} <= set(coverage.covered)


@pytest.mark.parametrize(
    "said",
    [
        "The platform team did all that, I just handed over the file.",
        "Another department put it into production, I wasn't involved in that.",
    ],
)
def test_the_work_of_others_covers_nothing(mark: Mark, said: str) -> None:
    opening = (
        "It was for a bakery that throws away bread every evening. I fitted a linear regression on two years of sales. "
    )
    assert mark(opening + said).section("deployment").state is not SectionState.COVERED


def test_what_is_typed_in_another_language_is_not_judged(mark: Mark) -> None:
    coverage = mark(
        "Wir wollten wissen, welche Kunden kündigen. Das Modell läuft jede Nacht in Docker auf Kubernetes, Grafana "
        "zeigt die Fehler, und wenn es ausfällt, bekomme ich eine Mail."
    )
    assert not coverage.judged
    assert coverage.covered == coverage.made == ()


@pytest.mark.parametrize("words", [0, 5, 11])
def test_under_a_dozen_words_nothing_is_judged(mark: Mark, words: int) -> None:
    coverage = mark(" ".join(OPENING.split()[:words]))
    assert not coverage.judged
    assert coverage.covered == coverage.made == ()


def test_length_alone_covers_nothing(mark: Mark) -> None:
    aside = "We went to the office, we had some tea, and then we talked about it with whoever was around that day. "
    coverage = mark(OPENING + " ".join(f"On day {day}: {aside}" for day in range(60)))
    assert set(coverage.covered) <= {"context", "development", "deployment"}


def test_a_sentence_broken_off_before_it_says_anything_covers_nothing(mark: Mark) -> None:
    assert mark(OPENING + "In the next ...").section("iteration").state is not SectionState.COVERED
