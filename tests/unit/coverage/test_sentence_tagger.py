"""What is ticked for a sentence with those around it in mind."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rehearse.coverage import sentence_tagger
from rehearse.coverage.sentence_tagger import (
    LEAST,
    LONGEST,
    MIDDLE,
    MOST,
    OWN,
    SHARE,
    TOGETHER,
    SentenceTagger,
    lift,
    load_tagger,
)
from rehearse.domain.guide import Guide
from rehearse.errors import ModelError
from rehearse.guides.library import GuideLibrary


@pytest.fixture(scope="module")
def tagger(deployment: Guide, engine_cache: Path) -> SentenceTagger:
    found = load_tagger(deployment, engine_cache)
    assert found is not None
    return found


def index(guide: Guide, section: str) -> int:
    return [one.id for one in guide.sections].index(section)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("context", "It's for the people in the warehouse, so that they know in the morning which lorry comes late."),
        ("development", "We had three years of delivery notes and a gradient boosting model learned from those."),
        ("deployment", "It sits in a container on our own machine in Leeds and the planners call it over REST."),
        ("monitoring", "And if it's more than an hour off for a week, somebody on the desk gets an email."),
        ("iteration", "In the next version we added the roadworks, because the drivers had asked for it."),
        ("challenges", "What was really hard was that half of the lorries sent their position twice."),
    ],
)
def test_plain_talk_serves_the_section_that_it_is_about(
    deployment: Guide, tagger: SentenceTagger, section: str, said: str
) -> None:
    (found,) = tagger.logits([said])
    assert int(np.argmax(found)) == index(deployment, section)


def test_what_stands_around_a_sentence_counts(tagger: SentenceTagger) -> None:
    said = "And it runs every night."
    alone = tagger.logits([said])[0]
    assert not np.allclose(alone, tagger.logits(["We put the model on a small server.", said])[1])
    assert not np.allclose(alone, tagger.logits([said, "It reads what the server has seen."])[0])


def test_a_full_stretch_keeps_its_tags_in_a_growing_answer(tagger: SentenceTagger) -> None:
    said = [f"We changed part {number} of the model, and it got better." for number in range(TOGETHER + 3)]
    whole = tagger.logits(said)
    assert np.array_equal(tagger.logits(said[:TOGETHER]), whole[:TOGETHER])
    assert np.array_equal(tagger.logits(said[: TOGETHER + 1])[:TOGETHER], whole[:TOGETHER])


def test_the_next_stretch_is_read_with_what_is_before_it(tagger: SentenceTagger) -> None:
    said = ["We look at it."] * TOGETHER
    led = tagger.logits(["We put the model on a server."] * TOGETHER + said)[TOGETHER:]
    assert not np.allclose(led, tagger.logits(["I like horses very much."] * TOGETHER + said)[TOGETHER:])


def test_no_stretch_is_longer_than_can_be_read(tagger: SentenceTagger) -> None:
    tagger.logits(["Hello."])
    short, long = "We look at the errors every day.", "and then there was another thing " * 30
    said = [short, long, short, long, long, short]
    stretches = tagger._stretches(said)
    assert [first for first, _ in stretches[1:]] == [end for _, end in stretches[:-1]]
    assert (stretches[0][0], stretches[-1][1]) == (0, len(said))
    for first, end in stretches:
        assert end == first + 1 or sum(len(tagger._pieces(text)) for text in said[first:end]) <= OWN
    assert len(tagger._pieces(long * 9)) == LONGEST - 2
    assert tagger.logits([long * 9, short]).shape[0] == 2


def test_nothing_said_is_no_row(deployment: Guide, tagger: SentenceTagger) -> None:
    assert tagger.logits([]).shape == (0, len(deployment.sections))


def test_tags_lift_scores_within_bounds() -> None:
    lifted = lift(np.array([MIDDLE, 99.0, -99.0]))
    assert lifted == pytest.approx([0.0, SHARE * (MOST - MIDDLE), SHARE * (LEAST - MIDDLE)])


def test_other_guides_and_other_sections_have_no_tagger(deployment: Guide) -> None:
    assert load_tagger(GuideLibrary().load("ab-test"), None) is None
    other = replace(deployment, sections=deployment.sections[1:])
    assert load_tagger(other, None) is None


def test_altered_weights_are_refused(deployment: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = tmp_path / "talk-encoder.onnx"
    weights.write_bytes(b"no model")
    monkeypatch.setattr(sentence_tagger, "DATA", tmp_path)
    np.savez(
        tmp_path / f"talk-{deployment.id}.npz",
        head=np.zeros((768, len(deployment.sections))),
        bias=np.zeros(len(deployment.sections)),
        sections=np.array([section.id for section in deployment.sections]),
    )
    found = load_tagger(deployment, tmp_path)
    assert found is not None
    with pytest.raises(ModelError, match="altered"):
        found.logits(["We deployed it."])
