"""Said anew: sections kept, wording repeated."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rehearse.domain.guide import Guide, Term
from rehearse.domain.transcript import Transcript, Word
from rehearse.drills.anew import retake, takes, verdict
from rehearse.drills.wording import content, repeated
from tests.unit.drills.support import GUIDE, answer, transcript

QUESTION = GUIDE.scenarios[0].question
LAST = (
    "The goal was fewer wrong orders in the kitchen because burgers cost money. The steps were a printer, a bell and a "
    "cook who shouted. My lesson was ask waiters before buying machines."
)
ANEW = (
    "Cooks kept plating dishes nobody wanted, so our goal came from that waste. Three steps followed: paper slips, "
    "some noise, somebody loud. Talk with staff early, that lesson stayed."
)


def shared(now: str, before: str, guide: Guide = GUIDE) -> float:
    later, earlier = (content(Transcript.typed(text), guide, QUESTION) for text in (now, before))
    return repeated(later, earlier).share


def test_the_same_words_are_all_repeated_and_others_not_at_all() -> None:
    assert shared(LAST, LAST) == 1.0
    assert shared(ANEW, LAST) == 0.0
    assert shared("", LAST) == 0.0


def test_other_small_words_and_endings_make_no_new_wording() -> None:
    assert shared("fewer wrong orders kitchen", "we got fewer of the wrong order in our kitchens") == 1.0


def test_two_words_that_name_the_matter_are_no_wording() -> None:
    assert shared("wrong orders annoyed guests", "cooks burned wrong orders daily") == 0.0


def test_terms_and_the_questions_words_cant_be_said_otherwise() -> None:
    guide = replace(GUIDE, terms=(Term("feature store"), Term("Airflow", aliases=("air flow",))))
    assert shared("feature store Airflow feature store", "feature store Airflow feature store", guide) == 0.0
    assert content(Transcript.typed("the first thing we shipped"), guide, QUESTION) == ()
    spoken = Transcript.typed("cube grenades")
    misheard = replace(spoken.utterances[0], words=(Word("cube", term="Kubernetes"), Word("grenades")))
    assert [one.stem for one in content(replace(spoken, utterances=(misheard,)), guide, QUESTION)] == ["grenad"]


def test_fillers_dont_hide_repeated_wording() -> None:
    assert shared("a printer, um, a bell and uh a cook who shouted", "printer, bell, cook who shouted") == 1.0


def test_repeated_stretches_are_ranges_of_the_transcript() -> None:
    now = transcript("Honestly the printer and a bell and the cook shouted, then everybody laughed.")
    before = content(transcript("printer bell cook shouted"), GUIDE, QUESTION)
    found = repeated(content(now, GUIDE, QUESTION), before)
    assert [" ".join(word.text for word in now.words[a:b]) for a, b in found.stretches] == [
        "printer and a bell and the cook shouted,"
    ]
    assert (found.repeated, found.words) == (4, 6)


@given(st.lists(st.sampled_from(["printer", "bell", "cook", "kitchen", "waiter", "machine"]), max_size=30))
def test_stretches_lie_apart_in_order_and_inside(said: list[str]) -> None:
    text = " ".join(said)
    now = content(Transcript.typed(text), GUIDE, QUESTION)
    found = repeated(now, content(Transcript.typed(LAST), GUIDE, QUESTION))
    edges = [edge for stretch in found.stretches for edge in stretch]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(said) for edge in edges)
    assert 0 <= found.share <= 1


def test_kept_lost_and_new_sections() -> None:
    one = retake(answer(LAST), answer(ANEW, number=2), GUIDE)
    assert (one.kept, one.lost, one.gained) == (("goal", "steps", "lesson"), (), ())
    shorter = retake(answer(LAST), answer(LAST.replace("lesson", "view"), number=2), GUIDE)
    assert (shorter.kept, shorter.lost) == (("goal", "steps"), ("lesson",))
    back = retake(answer(LAST.replace("lesson", "view")), answer(LAST, number=2), GUIDE)
    assert back.gained == ("lesson",)


def test_the_verdict_weighs_both() -> None:
    assert verdict(retake(answer(LAST), answer(ANEW, number=2), GUIDE), GUIDE) == (
        "All 3 sections came up again, in other words: you know it, and don't recite it."
    )
    by_heart = verdict(retake(answer(LAST), answer(LAST, number=2), GUIDE), GUIDE)
    assert by_heart.startswith(
        "All 3 sections came up again, but 100 % of the wording is the last take's: that is by heart."
    )
    lost = verdict(retake(answer(LAST), answer(ANEW.replace("lesson", "view"), number=2), GUIDE), GUIDE)
    assert lost.startswith("2 of 3 sections came up again, without Lesson. The words are new")
    half = f"{ANEW} The steps were a printer, a bell and a cook who shouted."
    assert "; 2" in verdict(retake(answer(LAST), answer(half, number=2), GUIDE), GUIDE)
    assert "too short" in verdict(retake(answer(LAST), answer("Well.", number=2), GUIDE), GUIDE)


def test_what_is_the_sample_answers_wording_is_said() -> None:
    sample = GUIDE.scenarios[0].sample_text
    one = retake(answer(LAST), answer(f"{sample} and my lesson was to ask first", number=2), GUIDE)
    assert one.from_sample.share > 0.3
    assert "the sample answer's wording" in verdict(one, GUIDE)


def test_the_first_take_may_be_gone() -> None:
    first, second = answer(LAST), answer(ANEW, number=2)
    assert takes(first, [second]) == (first, second)
    assert takes(None, [second]) == (second,)
