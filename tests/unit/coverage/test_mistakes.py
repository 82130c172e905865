"""Mistakes need more than absence, and each comes with a reason that can be checked."""

from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from rehearse.coverage.engine import load_engine
from rehearse.coverage.mistakes import DETECTORS, FinishedAnswer, MistakeJudge
from rehearse.domain.coverage import MistakeMark, MistakeState
from rehearse.domain.guide import Mistake
from rehearse.domain.transcript import Transcript
from rehearse.guides.loader import load_guide
from tests.unit.coverage.conftest import CONTENT, Mark

TOOLS = (
    "We used Python, Spark, Airflow, MLflow, Docker, Kubernetes, Jenkins, Prometheus and Grafana. "
    "It was all on AWS with S3, Lambda and SageMaker."
)
REASONED = (
    "A hotel chain wanted to know who cancels. I took XGBoost since it copes with gaps in the data. Airflow starts it, "
    "because the hotel's other jobs run there already. It's in Docker so that my laptop and the server have the same "
    "versions, and MLflow keeps the models, which lets us go back to an older one."
)


def test_a_list_of_tools_without_reasons_is_generic(mark: Mark) -> None:
    generic = mark(TOOLS, "advanced").mistake("generic")
    assert generic.state is MistakeState.MADE
    assert "reason" in generic.reason
    assert generic.evidence


def test_what_is_quoted_ends_with_its_sentence(mark: Mark) -> None:
    said = "We fed the kitchens. Kubernetes ran it. Istio too. Kubeflow as well. Feast again. That was all of it."
    quotes = [one.text for one in mark(said).mistake("over-engineered").evidence]
    assert quotes
    assert set(quotes) <= {sentence.strip() for sentence in said.replace(". ", ".|").split("|")}


def test_the_same_tools_with_reasons_are_not(mark: Mark) -> None:
    assert mark(REASONED, "advanced").mistake("generic").state is MistakeState.AVOIDED


def test_a_figure_without_a_name_is_called_a_figure(mark: Mark) -> None:
    said = (
        "We wanted to spare the gardeners a daily round. It's right in ninety percent of the nine greenhouses by now."
    )
    assert mark(said).mistake("vague").reason == "There are figures, but nothing that was used has a name."


def test_a_name_is_counted_once(mark: Mark) -> None:
    said = (
        "We wanted to spare the gardeners a daily round, so it runs on a Raspberry Pi beside the door of each of them."
    )
    assert mark(said).mistake("vague").reason == "The answer names only Raspberry Pi."


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("We took a suitable algorithm and some standard tools on a cloud platform.", MistakeState.MADE),
        ("It's a LightGBM on Cloud Run with about ninety percent accuracy.", MistakeState.AVOIDED),
        ("It's scikit-learn in a cron job.", MistakeState.AVOIDED),
    ],
)
def test_vague_against_concrete(mark: Mark, said: str, state: MistakeState) -> None:
    opening = "We wanted to spare the gardeners a daily round through nine greenhouses in the rain. "
    assert mark(opening + said).mistake("vague").state is state


HEAVY = (
    "The library scores its readers once a month so that fewer books come back late. For that I set up a Kubernetes "
    "cluster with Istio, Argo CD, Kubeflow, a Feast feature store and canary releases."
)


@pytest.mark.parametrize(("scenario", "state"), [("beginner", MistakeState.MADE), ("advanced", MistakeState.AVOIDED)])
def test_too_much_depends_on_the_level(mark: Mark, scenario: str, state: MistakeState) -> None:
    assert mark(HEAVY, scenario).mistake("over-engineered").state is state


def test_value_told_as_an_outcome_is_context_enough(mark: Mark) -> None:
    coverage = mark(
        "It's a boosted tree on four years of claims and a Lambda calls it. Since it's there, the adjusters close a "
        "case two days earlier, and complaints have halved."
    )
    assert coverage.mistake("no-business-context").state is MistakeState.AVOIDED


def test_mistakes_stay_open_while_the_answer_goes_on(mark: Mark) -> None:
    assert all(one.reason for one in mark(TOOLS).mistakes)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("He was simply lazy and the whole mess was his fault.", MistakeState.MADE),
        ("Looking back we both had a point, and I could have asked her earlier.", MistakeState.AVOIDED),
    ],
)
def test_a_mistake_may_be_known_by_its_examples(engine_cache: Path, said: str, state: MistakeState) -> None:
    guide = load_guide(CONTENT / "disagreement.yaml")
    story = "It was about the opening hours of a small library, and my colleague wanted to close on Mondays. "
    coverage = load_engine(guide, cache=engine_cache).assess(
        Transcript.typed(story + said), guide.scenarios[0], final=True
    )
    blame = coverage.mistake("blame")
    assert blame.state is state
    assert [quote.text for quote in blame.evidence] == ([said] if state is MistakeState.MADE else [])


def test_who_repeats_the_question_names_nothing(engine_cache: Path) -> None:
    guide = load_guide(CONTENT / "ab-test.yaml")
    said = (
        "So for an A/B test we take the old page and the new page, show each of them to some people, and then we look "
        "at which of them did better with those people in the end."
    )
    engine = load_engine(guide, cache=engine_cache)
    assert (
        engine.assess(Transcript.typed(said), guide.scenarios[0], final=True).mistake("vague").state
        is MistakeState.MADE
    )


def test_every_detector_that_a_guide_may_name_is_there_and_another_is_one_entry_more(
    engine_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(DETECTORS) == set(get_args(get_type_hints(Mistake)["detector"]))

    def too_long(_: MistakeJudge, mistake: Mistake, answer: FinishedAnswer) -> MistakeMark:
        state = MistakeState.MADE if len(answer.transcript.words) > 9 else MistakeState.AVOIDED
        return MistakeMark(mistake.id, state, f"{len(answer.transcript.words)} words.")

    monkeypatch.setitem(DETECTORS, "vague", too_long)
    guide = load_guide(CONTENT / "ab-test.yaml")
    engine = load_engine(guide, cache=engine_cache)
    said = Transcript.typed(" ".join(["We tried the new page."] * 9))
    marked = engine.assess(said, guide.scenarios[0], final=True)
    assert marked.mistake("vague") == MistakeMark("vague", MistakeState.MADE, "45 words.")
