"""What holds for every mark: verbatim evidence, the same marks for the same words, live or at once."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehearse.coverage.classifier import Labelled
from rehearse.coverage.engine import CoverageEngine, load_engine
from rehearse.coverage.quoting import LEAST_WORDS, QUOTES
from rehearse.domain.coverage import UNHEARD, Match, MistakeState, SectionState
from rehearse.domain.guide import Guide
from rehearse.domain.languages import reads_as_english
from rehearse.domain.transcript import Absence, Transcript, Utterance, Word

SAID = (
    "So the bakery threw away a third of its bread and wanted to know how much to bake.",
    "I had three years of till receipts and a gradient boosting model got within six percent.",
    "It's a Docker container that cron starts at four, and it mails the list to the baker.",
    "Every Monday I compare its numbers with what was sold, and if it's far off I get a message.",
    "Next spring the two other branches join.",
    "The hardest part was public holidays, I learned to ask for the calendar first.",
)


def spoken(*sentences: str) -> Transcript:
    """Utterances of half a second a word, a second apart."""
    transcript = Transcript()
    now = 1.0
    for sentence in sentences:
        words = []
        for text in sentence.split():
            words.append(Word(text, now, now + 0.4, 0.9))
            now += 0.5
        transcript = transcript.with_utterance(Utterance(tuple(words), words[0].start, words[-1].end))
        now += 1.0
    return transcript.with_duration(now)


def test_a_full_answer_covers_every_section_with_words_and_times(engine: CoverageEngine, deployment: Guide) -> None:
    transcript = spoken(*SAID)
    coverage = engine.assess(transcript, deployment.scenarios[0], final=True)
    assert list(coverage.covered) == [section.id for section in deployment.sections]
    for mark in coverage.sections:
        assert 1 <= len(mark.evidence) <= QUOTES
        assert mark.why
        assert 0 <= mark.confidence <= 1
        for quote in mark.evidence:
            words = transcript.words[quote.first_word : quote.end_word]
            assert quote.text == " ".join(word.text for word in words)
            assert (quote.start, quote.end) == (words[0].start, words[-1].end)


def test_no_quote_is_a_scrap(engine: CoverageEngine, deployment: Guide) -> None:
    scraps = ("I trained it.", "On churn data.", "Docker.", "Then Kubernetes.", "We watched drift.", "Alerts too.")
    told = Transcript.typed(" ".join((*scraps, *scraps[:3], "It was hard.", "Labels were late.")))
    coverage = engine.assess(told, deployment.scenarios[0], final=True)
    quotes = [quote for mark in coverage.sections for quote in mark.evidence]
    assert quotes
    assert min(len(quote.text.split()) for quote in quotes) >= LEAST_WORDS
    assert all(quote.text in told.text for quote in quotes)


def test_a_sentence_that_still_goes_on_counts_less_until_it_ends(engine: CoverageEngine, deployment: Guide) -> None:
    scenario = deployment.scenarios[0]
    finished, going_on = spoken(*SAID), spoken(*SAID[:-1], SAID[-1].removesuffix("."))

    def sure(transcript: Transcript, *, final: bool) -> float:
        return engine.assess(transcript, scenario, final=final).sections[-1].confidence

    assert sure(going_on, final=False) < sure(finished, final=False) < sure(finished, final=True)
    assert "deployment" in engine.assess(going_on, scenario, final=False).covered


def test_live_marks_end_as_the_same_marks(engine: CoverageEngine, deployment: Guide, engine_cache: Path) -> None:
    scenario = deployment.scenarios[0]
    for count in range(1, len(SAID)):
        engine.assess(spoken(*SAID[:count]), scenario, final=False)
    live = engine.assess(spoken(*SAID), scenario, final=True)
    fresh = load_engine(deployment, cache=engine_cache).assess(spoken(*SAID), scenario, final=True)
    assert live.covered == fresh.covered
    assert live.made == fresh.made
    assert [mark.evidence for mark in live.sections] == [mark.evidence for mark in fresh.sections]


def test_nothing_is_a_mistake_before_the_end(engine: CoverageEngine, deployment: Guide) -> None:
    coverage = engine.assess(spoken(*SAID[:2]), deployment.scenarios[0], final=False)
    assert {mistake.state for mistake in coverage.mistakes} == {MistakeState.OPEN}


def test_what_could_not_be_heard_is_unclear_and_not_missing(engine: CoverageEngine, deployment: Guide) -> None:
    heard = spoken(*SAID[:3])
    lost = tuple(replace(word, probability=0.1) for word in spoken("mumble the the of mumble a mumble").words)
    transcript = heard.with_utterance(
        Utterance(tuple(replace(w, start=(w.start or 0) + 90, end=(w.end or 0) + 90) for w in lost), 91.0, 95.0)
    )
    coverage = engine.assess(transcript, deployment.scenarios[0], final=True)
    monitoring = coverage.section("monitoring")
    assert monitoring.state is SectionState.UNCLEAR
    assert monitoring.evidence[0].start == 91.0
    assert coverage.heard is not None
    assert coverage.heard < 1


def test_what_may_have_been_said_without_a_microphone_is_unclear_and_says_so(
    engine: CoverageEngine, deployment: Guide
) -> None:
    heard, scenario = spoken(*SAID[:3]), deployment.scenarios[0]
    blink = engine.assess(heard.with_absences([Absence(9.0, 1.5)]), scenario, final=True)
    assert blink == engine.assess(heard, scenario, final=True), "too short for words"
    away = heard.with_absences([Absence(9.0, 1.5), Absence(12.4, 6.2)])
    coverage = engine.assess(away, scenario, final=True)
    assert coverage.covered == blink.covered
    assert {mark.state for mark in blink.sections} == {SectionState.COVERED, SectionState.MISSING}
    assert {mark.state for mark in coverage.sections} == {SectionState.COVERED, SectionState.UNCLEAR}
    monitoring = coverage.section("monitoring")
    assert monitoring.why[0] == Match(UNHEARD, "microphone away for 6 s at 0:12", 1.0)
    assert monitoring.unheard == ("microphone away for 6 s at 0:12",)
    assert monitoring.evidence == (), "there is nothing to listen to"
    unmonitored = coverage.mistake("no-monitoring")
    assert unmonitored.state is MistakeState.OPEN
    assert unmonitored.reason == "Monitoring and maintenance may have come up while the microphone was away."
    assert coverage.section("context").unheard == ()


COFFEE = "We hang the sheet next to the coffee machine and whoever walks by has a quick look whether it makes sense. "
OFFICE = "That's roughly how it went, and we were four people in a small office by the river."
ALERTS = "We log every prediction to Postgres and an alert goes to Slack when the scores drift. "


@pytest.fixture
def own_cache(engine: CoverageEngine, engine_cache: Path, tmp_path: Path) -> Path:
    """A cache to be fitted into: of many fits only the newest are kept, and others need theirs."""
    for file in engine_cache.glob("*.npz"):
        shutil.copy(file, tmp_path)
    return tmp_path


def corrected(guide: Guide, cache: Path, words: str, section: str, *, serves: bool) -> CoverageEngine:
    """An engine that remembers that the user ticked a section for these words, or crossed it out."""
    serving = frozenset({section}) if serves else frozenset()
    remembered = Labelled(words.strip(), serving, weight=4.0, corrected=frozenset({section}))
    return load_engine(guide, cache=cache, remembered=[remembered])


@pytest.mark.parametrize(
    "again", [COFFEE, COFFEE.lower(), COFFEE.replace("next to", "beside").replace("We hang", "I hang")]
)
def test_words_that_the_user_ticked_earn_the_mark_and_it_says_so(
    deployment: Guide, engine: CoverageEngine, own_cache: Path, again: str
) -> None:
    transcript, scenario = Transcript.typed(again + OFFICE), deployment.scenarios[0]
    before = engine.assess(transcript, scenario, final=True)
    assert before.section("monitoring").state is not SectionState.COVERED
    taught = corrected(deployment, own_cache, COFFEE, "monitoring", serves=True)
    mark = taught.assess(transcript, scenario, final=True).section("monitoring")
    assert mark.state is SectionState.COVERED
    assert "coffee" in mark.evidence[0].text
    assert any(match.kind == "remembered" for match in mark.why)


@pytest.mark.parametrize(
    "again", [ALERTS, "All predictions are logged to Postgres, and when the scores drift Slack gets an alert. "]
)
def test_words_that_the_user_crossed_out_earn_nothing_again_and_it_says_so(
    deployment: Guide, engine: CoverageEngine, own_cache: Path, again: str
) -> None:
    transcript, scenario = Transcript.typed(again + OFFICE), deployment.scenarios[0]
    assert engine.assess(transcript, scenario, final=True).section("monitoring").state is SectionState.COVERED
    taught = corrected(deployment, own_cache, ALERTS, "monitoring", serves=False)
    mark = taught.assess(transcript, scenario, final=True).section("monitoring")
    assert mark.state is SectionState.MISSING
    assert [match.text for match in mark.why if match.kind == "blocked"] == ["you crossed such words out"]


@pytest.mark.parametrize(
    "other",
    [
        "We wanted to hang the sheet next to the coffee machine but nobody ever did. ",
        "The sheet lies next to the coffee machine. ",
        "We drink coffee and whoever walks by has one. ",
    ],
)
def test_words_that_the_user_ticked_earn_nothing_for_others(
    deployment: Guide, engine: CoverageEngine, own_cache: Path, other: str
) -> None:
    transcript, scenario = Transcript.typed(other + OFFICE), deployment.scenarios[0]
    taught = corrected(deployment, own_cache, COFFEE, "monitoring", serves=True)
    assert taught.assess(transcript, scenario, final=True).section("monitoring").state is not SectionState.COVERED


def test_an_empty_phrase_that_was_crossed_out_leaves_who_tells_more(deployment: Guide, own_cache: Path) -> None:
    empty = "In my last role we deployed many models into production using Docker,"
    told = (
        "In my last role we deployed a model into production with Docker on Kubernetes, behind a load balancer, five "
        "percent of the traffic first. "
    )
    taught = corrected(deployment, own_cache, empty, "deployment", serves=False)
    marks = taught.assess(Transcript.typed(told + OFFICE), deployment.scenarios[0], final=True)
    assert marks.section("deployment").state is SectionState.COVERED


def test_a_crossed_out_mark_leaves_other_words_and_other_sections(
    deployment: Guide, engine: CoverageEngine, own_cache: Path
) -> None:
    other = "Every morning I look at the share of parcels that it got wrong, on a dashboard in Grafana. "
    hosted = "It runs in a Docker container behind FastAPI on a small server. "
    taught = corrected(deployment, own_cache, ALERTS, "monitoring", serves=False)
    marks = taught.assess(Transcript.typed(ALERTS + other + hosted), deployment.scenarios[0], final=True)
    assert marks.section("monitoring").state is SectionState.COVERED
    assert "parcels" in marks.section("monitoring").evidence[0].text
    assert marks.section("deployment").state is SectionState.COVERED


def test_the_cache_gives_the_same_marks(deployment: Guide, engine: CoverageEngine, engine_cache: Path) -> None:
    recalled = load_engine(deployment, cache=engine_cache)
    first, second = (e.assess(spoken(*SAID), deployment.scenarios[0], final=True) for e in (engine, recalled))
    assert first == second


def test_a_broken_cache_is_made_again(deployment: Guide, engine_cache: Path, tmp_path: Path) -> None:
    for file in engine_cache.glob("*.npz"):
        (tmp_path / file.name).write_bytes(file.read_bytes()[: 100 if "weights" in file.name else None])
    coverage = load_engine(deployment, cache=tmp_path).assess(spoken(*SAID), deployment.scenarios[0], final=True)
    assert len(coverage.covered) == len(deployment.sections)


WORDS = ["we", "deployed", "monitored", "the", "model", "um", "drift", "it", "next", "customers.", "because,", "Docker"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_give_marks_whose_evidence_is_verbatim(
    engine: CoverageEngine, deployment: Guide, said: list[str]
) -> None:
    transcript = Transcript.typed(" ".join(said))
    coverage = engine.assess(transcript, deployment.scenarios[1], final=True)
    assert coverage.judged == (len(transcript.words) >= 12 and reads_as_english(transcript))
    quotes = [quote for mark in coverage.sections for quote in mark.evidence]
    quotes += [quote for mark in coverage.mistakes for quote in mark.evidence]
    for quote in quotes:
        assert quote.text == transcript.quote(quote.first_word, quote.end_word).text
