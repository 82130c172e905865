"""The guides that come with the program, and what the first of them must hold."""

import re
import warnings
from pathlib import Path

import pytest

from rehearse.domain.guide import Guide
from rehearse.guides.folder import shipped_folder
from rehearse.guides.library import GuideLibrary
from rehearse.guides.loader import load_guide
from rehearse.guides.trusted import quickly_read

SHIPPED = sorted(shipped_folder().glob("*.yaml"))


@pytest.fixture(scope="module")
def first() -> Guide:
    return GuideLibrary().load("model-deployment")


@pytest.fixture(scope="module")
def facts(shared: Path) -> str:
    return (shared / "guide-facts.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_it_loads_without_a_warning(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        guide = load_guide(path)
    assert guide.id == path.stem
    assert guide.intents
    assert guide.mistakes


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_its_sample_answers_serve_the_framework(path: Path) -> None:
    guide = load_guide(path)
    for scenario in guide.scenarios:
        served = {sentence.section for sentence in scenario.sample}
        assert len(served & {section.id for section in guide.sections}) >= len(guide.sections) - 1, scenario.id
        assert scenario.intents


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_no_example_stands_twice_in_a_list_or_on_both_sides(path: Path) -> None:
    for section in load_guide(path).sections:
        examples = [text.casefold().strip(" .") for text in section.examples]
        assert len(set(examples)) == len(examples), section.id
        assert not set(examples) & {text.casefold().strip(" .") for text in section.near_misses}, section.id


def table_ids(facts: str, heading: str) -> list[str]:
    """The ids in the first column of the table under a heading."""
    part = facts.split(heading, 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([a-z-]+)` \|", part, re.MULTILINE)


def listed(facts: str, heading: str, pattern: str) -> list[str]:
    part = facts.split(heading, 1)[1].split("\n## ", 1)[0]
    return re.findall(pattern, part, re.MULTILINE)


def test_the_question(first: Guide, facts: str) -> None:
    question = re.search(r"## The question\n\"([^\"]+)\"", facts)
    assert question
    assert first.question.rstrip(".?") == question[1].rstrip(".?")


def test_intents_sections_mistakes_and_scenarios(first: Guide, facts: str) -> None:
    intents = table_ids(facts, "## What the interviewer")
    sections = listed(facts, "## The framework", r"^\d\. `([a-z-]+)`")
    scenarios = listed(facts, "## The three scenarios", r"^\*\*\d `([a-z-]+)`")
    mistakes = table_ids(facts, "## The six common mistakes")
    assert (len(intents), len(sections), len(scenarios), len(mistakes)) == (5, 6, 3, 6)
    assert [intent.id for intent in first.intents] == intents
    assert [section.id for section in first.sections] == sections
    assert [scenario.id for scenario in first.scenarios] == scenarios
    assert [mistake.id for mistake in first.mistakes] == mistakes
    assert [scenario.level for scenario in first.scenarios] == [1, 2, 3]


def test_titles_of_the_framework(first: Guide, facts: str) -> None:
    for line in listed(facts, "## The framework", r"^\d\. (.+)$"):
        section_id, title = line.removeprefix("`").split(":", 1)[0].split("` ", 1)
        words = {word for word in re.findall(r"[a-z]+", title.lower()) if len(word) > 3}
        assert words & set(re.findall(r"[a-z]+", first.section(section_id).title.lower())), f"{section_id}: {title}"


def test_the_closing_words_are_there(first: Guide) -> None:
    assert all(text.strip() for text in (first.summary, first.tip, first.takeaway, first.closing))


NAMES = {
    "beginner": (
        *("positive", "neutral", "negative", "Naive Bayes", "scikit-learn", "Python", "Docker"),
        *("cron", "EC2", "database", "table", "log", "sample", "alert", "environment"),
    ),
    "intermediate": (
        *("fraud", "LightGBM", "amount", "precision", "Flask", "Docker", "Lambda", "ECR"),
        *("API Gateway", "millisecond", "CloudWatch", "latency", "error", "distribution", "training data", "quarter"),
        *("cold start", "provisioned concurrency"),
    ),
    "advanced": (
        *("recommend", "Python", "Git", "MLflow", "registry", "Jenkins", "GitLab CI", "unit", "integration", "schema"),
        *("lint", "image", "GCR", "staging", "A/B", "canary", "traffic", "Kubernetes", "Helm", "rollback"),
        *("Prometheus", "Grafana", "throughput", "conversion", "drift", "retrain", "MLOps", "security"),
    ),
}
"""Names of each sample answer that the list of facts holds; figures and habits are told in other words."""


@pytest.mark.parametrize("scenario_id", NAMES)
def test_the_facts_of_the_sample_answers(first: Guide, facts: str, scenario_id: str) -> None:
    asked = facts.split(f"`{scenario_id}`", 1)[1].split("\n**", 1)[0].lower()
    told = first.scenario(scenario_id).sample_text.lower()
    absent = [name for name in NAMES[scenario_id] if name.lower() in asked and name.lower() not in told]
    assert not absent
    assert sum(name.lower() in asked for name in NAMES[scenario_id]) >= len(NAMES[scenario_id]) - 2


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_quick_reading_gives_the_same(path: Path) -> None:
    assert quickly_read(path) == load_guide(path)


def test_what_cannot_be_read_quickly_is_left_to_the_careful_reading(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: broken\nsections: 3\n", encoding="utf-8")
    assert quickly_read(broken) is None
    assert quickly_read(tmp_path / "missing.yaml") is None
