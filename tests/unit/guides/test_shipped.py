"""The guides that come with the program, and what the first of them must hold."""

import re
import warnings
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from rehearse.domain.gaps import MOST_QUOTED
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


ENOUGH_WORDINGS = 3
MOST_WORDS = 30
"""Of a question that is asked aloud, its quote included."""

QUOTED = "“{quote}”"


def wordings(guide: Guide) -> list[str]:
    """All that the interviewer may ask by a guide's own words, after an answer."""
    sections = [(one.follow_up, *one.follow_ups, *one.deeper) for one in guide.sections]
    return list(chain(*sections, *(one.follow_ups for one in guide.mistakes), guide.term_questions))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_it_brings_the_interviewer_enough_to_ask(path: Path) -> None:
    guide = load_guide(path)
    for section in guide.sections:
        assert len(section.follow_ups) >= ENOUGH_WORDINGS, section.id
        assert len(section.deeper) >= ENOUGH_WORDINGS, section.id
        assert {QUOTED in text for text in section.deeper} == {True, False}, f"{section.id}: with a quote and without"
    for mistake in guide.mistakes:
        if mistake.detector == "section-missing":
            assert not mistake.follow_ups, f"{mistake.id}: its section's are asked"
            continue
        assert len(mistake.follow_ups) >= ENOUGH_WORDINGS, mistake.id
        without = [text for text in mistake.follow_ups if QUOTED not in text]
        # No words show that an answer names nothing.
        assert len(without) >= (ENOUGH_WORDINGS if mistake.detector == "vague" else 1), mistake.id
    assert len(guide.term_questions) >= ENOUGH_WORDINGS
    # A term is written as it stands in the guide, "random forest": neither a sentence's beginning nor its subject.
    assert all(re.match(r"[A-Z].* \{term\}[.,:]? ", text) for text in guide.term_questions)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_the_interviewer_asks_can_be_said_and_kept_in_mind(path: Path) -> None:
    for text in wordings(load_guide(path)):
        said = text.replace("{quote}", " ".join(["word"] * MOST_QUOTED)).split()
        assert len(said) <= MOST_WORDS, text
        assert text.count("{quote}") == text.count(QUOTED) <= 1, text
        assert re.search(r"[?.]$", text), text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_its_further_questions_cant_be_answered_by_yes_or_no(path: Path) -> None:
    guide = load_guide(path)
    first = {section.follow_up for section in guide.sections}
    for text in set(wordings(guide)) - first:
        question = re.split(r"[.:] |, ", text)[-1]
        assert re.search(r"\b(what|which|who|whom|whose|how|why|where|when)\b", text, re.IGNORECASE), text
        assert not re.match(r"(do|does|did|is|are|was|were|have|has|had|can|could|will|would)\b", question), text


def test_no_question_is_worded_like_another_one() -> None:
    asked = Counter(text.casefold() for path in SHIPPED for text in wordings(load_guide(path)))
    assert [text for text, times in asked.items() if times > 1] == []


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
