"""The cards of the guides that are shipped: enough, each once, one right answer, nothing given away."""

import re
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from rehearse.domain.cards import Card, CardKind, ChoiceCard, OrderCard, RecallCard
from rehearse.domain.guide import Guide, Section
from rehearse.quiz.deck import build_deck
from rehearse.quiz.giveaways import names_of, words
from rehearse.quiz.questions import ask
from tests.fakes import small_guide
from tests.unit.quiz.support import SHIPPED, deck, right, shipped

guides = pytest.mark.parametrize("guide_id", SHIPPED)
ASKS_FOR_A_SECTION = (CardKind.STATEMENT, CardKind.SUMMARY, CardKind.FOLLOW_UP)


def said(text: str) -> str:
    return " ".join(words(text))


@guides
def test_there_are_enough_cards_of_every_kind(guide_id: str) -> None:
    kinds = Counter(card.kind for card in deck(guide_id))
    assert sum(kinds.values()) >= 60
    assert set(kinds) == set(CardKind) - {CardKind.SPOKEN}  # a deck of their own: they need a microphone


@guides
def test_no_card_is_there_twice(guide_id: str) -> None:
    cards = deck(guide_id)
    assert len({card.id for card in cards}) == len(cards)
    asked = Counter((said(card.question), said(card.statement), said(card.right)) for card in cards)
    assert [one for one, count in asked.items() if count > 1] == []


@guides
def test_every_card_has_one_right_answer_among_its_options(guide_id: str) -> None:
    for card in deck(guide_id):
        for seed in range(3):
            question = ask(card, Random(seed), new=True)
            options = [said(option) for option in question.options]
            assert len(set(options)) == len(options), card.id
            assert len(options) <= 9, card.id
            if isinstance(card, ChoiceCard):
                assert options.count(said(card.answer)) == 1, card.id
                assert len(options) >= 3, card.id
            if isinstance(card, OrderCard):
                assert sorted(question.options) == sorted(card.items)
                assert question.options != card.items


@guides
def test_wrong_options_are_wrong(guide_id: str) -> None:
    guide = shipped(guide_id)
    for card in build_deck(guide):
        if not isinstance(card, ChoiceCard):
            continue
        if card.kind is CardKind.STATEMENT:
            owners = [s.id for s in guide.sections if said(card.statement) in map(said, s.examples)]
            assert owners == [card.section_id]
        elif card.kind is CardKind.PICK:
            assert card.section_id
            own = {said(text) for text in guide.section(card.section_id).examples}
            assert said(card.answer) in own
            assert own.isdisjoint(map(said, card.distractors))
        elif card.kind is CardKind.REPAIR:
            assert card.mistake_id
            own = {said(text) for text in guide.mistake(card.mistake_id).repairs}
            assert said(card.answer) in own
            assert own.isdisjoint(map(said, card.distractors))
        elif card.kind is CardKind.MISSING:
            left_out = parts_in(guide, card)
            assert guide.section(card.section_id or "").title == card.answer
            assert card.section_id not in left_out
            assert len(left_out) >= 2


def parts_in(guide: Guide, card: Card) -> set[str]:
    """Sections of the scenario's sample answer of which the statement holds a whole sentence."""
    scenario = guide.scenario(card.id.split(":")[1].split(".")[0])
    return {
        stretch.section
        for stretch in scenario.sample
        for sentence in re.split(r"(?<=[.!?]) ", stretch.text)
        if stretch.section and said(sentence) in said(card.statement)
    }


def telling(section: Section) -> set[str]:
    """What would give a section away: the beginnings of its title's long words, and its synonyms."""
    return {word[:6] for word in words(section.title) if len(word) > 4} | {said(one) for one in section.synonyms}


@guides
def test_no_statement_names_what_is_asked_for(guide_id: str) -> None:
    guide = shipped(guide_id)
    for card in build_deck(guide):
        if card.kind in ASKS_FOR_A_SECTION and card.section_id:
            for name in telling(guide.section(card.section_id)):
                assert not re.search(rf"\b{re.escape(name)}", said(card.statement)), (card.id, name, card.statement)
        if card.kind is CardKind.PICK and card.section_id:
            for name in telling(guide.section(card.section_id)):
                assert not re.search(rf"\b{re.escape(name)}", said(card.right)), (card.id, name, card.right)
        if card.kind in (CardKind.MISTAKE, CardKind.REMEDY, CardKind.INTENT):
            assert said(card.right) not in said(card.statement), card.id
        if card.kind is CardKind.GAP:
            assert card.right not in card.statement


# -- nothing tells but what is said --------------------------------------------------------------------------------


@guides
def test_the_right_statement_can_t_be_picked_by_its_length_or_a_name(guide_id: str) -> None:
    guide = shipped(guide_id)
    longest, shortest = [], []
    for card in build_deck(guide):
        if card.kind is not CardKind.PICK or not card.section_id:
            continue
        names = names_of(guide.section(card.section_id))
        assert isinstance(card, ChoiceCard)
        assert not any(map(names.inside, card.distractors)), card.id  # right answers never name it
        assert not set(card.distractors) & set(guide.small_talk), card.id
        for seed in range(20):
            options = ask(card, Random(seed), new=True).options
            longest.append(max(options, key=len) == card.answer)
            shortest.append(min(options, key=len) == card.answer)
    assert sum(longest) < 0.45 * len(longest)
    assert sum(shortest) < 0.45 * len(shortest)


@guides
def test_written_cards_can_t_be_answered_by_length(guide_id: str) -> None:
    cards = shipped(guide_id).cards
    for extreme in (max, min):
        told = sum(extreme((card.answer, *card.distractors), key=len) == card.answer for card in cards)
        assert told <= 0.42 * len(cards), extreme


@guides
def test_a_section_keeps_its_say_where_another_one_is_missing(guide_id: str) -> None:
    guide = shipped(guide_id)
    for card in build_deck(guide):
        if card.kind is CardKind.MISSING:
            scenario = guide.scenario(card.id.split(":")[1].split(".")[0])
            sections = {stretch.section for stretch in scenario.sample if stretch.section}
            assert parts_in(guide, card) == sections - {card.section_id}, card.id
            for section in sections - {card.section_id}:
                told = [stretch.text for stretch in scenario.sample if stretch.section == section]
                whole = [one for text in told for one in re.split(r"(?<=[.!?]) ", text)]
                assert any(len(one) >= 45 and said(one) in said(card.statement) for one in whole), (card.id, section)


@guides
def test_too_generic_and_too_vague_are_no_options_of_each_other(guide_id: str) -> None:
    guide = shipped(guide_id)
    hollow = {m.title: m.detector for m in guide.mistakes if m.detector in ("vague", "unreasoned-list")}
    for card in build_deck(guide):
        if isinstance(card, ChoiceCard) and card.kind in (CardKind.MISTAKE, CardKind.REMEDY):
            if card.answer in hollow:
                assert not set(card.distractors) & set(hollow), card.id
            assert set(card.order) == {card.answer, *card.distractors}


@guides
def test_a_mistake_s_card_says_what_to_do_instead(guide_id: str) -> None:
    guide = shipped(guide_id)
    for card in build_deck(guide):
        if card.kind in (CardKind.MISTAKE, CardKind.REPAIR) and card.mistake_id:
            instead = guide.mistake(card.mistake_id).instead
            title, _, told = card.why.partition(". ")
            assert title == guide.mistake(card.mistake_id).title
            assert told
            assert instead.startswith(told)
            assert card.explanation == instead


@guides
def test_too_much_machinery_isn_t_repaired_by_a_further_sentence(guide_id: str) -> None:
    guide = shipped(guide_id)
    repaired = {card.mistake_id for card in build_deck(guide) if card.kind is CardKind.REPAIR}
    assert repaired == {m.id for m in guide.mistakes if m.detector != "over-engineered"}


def test_what_repairs_as_well_is_no_wrong_option() -> None:
    cards = {card.mistake_id: card for card in deck("ab-test") if card.kind is CardKind.REPAIR}
    power, peeking, vague = cards["no-power"], cards["peeking"], cards["vague"]
    assert isinstance(power, ChoiceCard)
    assert isinstance(peeking, ChoiceCard)
    assert isinstance(vague, ChoiceCard)
    assert not any("nine thousand a side" in one or "eleven thousand" in one for one in power.distractors)
    assert not any("the last day fixed" in one for one in peeking.distractors)
    assert not any(re.search("percent|thousand|chi-squared", one) for one in vague.distractors)


@guides
def test_a_scenario_s_question_is_asked_once_for_what_is_behind_it(guide_id: str) -> None:
    guide = shipped(guide_id)
    statements = Counter(card.statement for card in build_deck(guide) if card.kind is CardKind.INTENT)
    assert max(statements.values()) == 1
    for card in build_deck(guide):
        scenario = next((one for one in guide.scenarios if card.statement == one.question), None)
        if card.kind is CardKind.INTENT and scenario and isinstance(card, ChoiceCard):
            chief = {intent.title for intent in guide.intents if intent.id in scenario.intents}
            options = {card.answer, *card.distractors}
            asked = {card.answer} if "NOT" not in card.question else set(card.distractors)
            assert options & chief == asked, card.id


@guides
def test_every_card_says_why_and_explains_in_the_guide_s_words(guide_id: str) -> None:
    guide = shipped(guide_id)
    own = {s.advice for s in guide.sections} | {m.instead for m in guide.mistakes} | {s.why for s in guide.scenarios}
    own |= {card.explanation for card in guide.cards} | {f"{i.title}: {i.asks}" for i in guide.intents}
    for card in build_deck(guide):
        assert card.why
        assert card.explanation
        if card.kind not in (CardKind.ORDER, CardKind.RECALL):
            assert set(card.explanation.split("\n")) <= own, card.id


@guides
def test_right_answers_are_judged_right(guide_id: str) -> None:
    from rehearse.quiz.questions import Outcome, judge

    for card in deck(guide_id):
        question = ask(card, Random(2), new=True)
        assert judge(question, right(question)).outcome is Outcome.RIGHT, card.id
        assert judge(question, None).outcome is Outcome.WRONG


@guides
def test_the_first_day_has_some_of_each(guide_id: str) -> None:
    first = deck(guide_id)[:10]
    assert len({card.kind for card in first}) >= 8
    assert len({card.section_id for card in first if card.section_id}) >= 3


def test_a_guide_without_anything_for_the_quiz_still_gives_cards() -> None:
    cards = build_deck(small_guide())
    assert {CardKind.ORDER, CardKind.RECALL, CardKind.GAP, CardKind.STATEMENT} <= {card.kind for card in cards}
    assert len({card.id for card in cards}) == len(cards)


# -- edits of the guide --------------------------------------------------------------------------------------------


def ids(guide: Guide, *kinds: CardKind) -> set[str]:
    return {card.id for card in build_deck(guide) if not kinds or card.kind in kinds}


def edited(guide: Guide, index: int, **changes: Any) -> Guide:
    sections = list(guide.sections)
    sections[index] = replace(sections[index], **changes)
    return replace(guide, sections=tuple(sections))


@guides
def test_ids_survive_other_words_for_the_same(guide_id: str) -> None:
    guide = shipped(guide_id)
    section = guide.sections[2]
    reworded = edited(
        guide,
        2,
        advice="Something else entirely.",
        follow_up="And how was that then?",
        near_misses=tuple(reversed(section.near_misses)),
    )
    # Words that name nothing: advice that names its mistake gives it away, and then there is no card.
    mistakes = tuple(replace(one, instead=f"{one.instead} So be it.") for one in guide.mistakes)
    assert ids(guide) <= ids(replace(reworded, mistakes=mistakes, tip="New.")) | {
        f"{guide_id}/{CardKind.FOLLOW_UP}:{section.id}"
    }


@guides
def test_case_and_punctuation_of_a_statement_change_nothing(guide_id: str) -> None:
    guide = shipped(guide_id)
    shouted = tuple(f"{text.upper().rstrip('.')}!" for text in guide.sections[0].examples)
    assert ids(edited(guide, 0, examples=shouted), CardKind.STATEMENT) == ids(guide, CardKind.STATEMENT)


@guides
def test_a_further_example_at_the_end_takes_at_most_one_card_s_place(guide_id: str) -> None:
    guide = shipped(guide_id)
    for text in ("Thirty people used it in the first week.", "We tried it on a Tuesday with two shops."):
        longer = edited(guide, 1, examples=(*guide.sections[1].examples, text))
        assert len(ids(guide) - ids(longer)) <= 1


def test_cards_go_with_what_they_are_about() -> None:
    guide = shipped("model-deployment")
    without = replace(guide, cards=guide.cards[1:], mistakes=guide.mistakes[1:])
    gone = ids(guide) - ids(without)
    assert any(f":{guide.cards[0].id}" in one for one in gone)
    assert all(one.split(":")[1] == guide.mistakes[0].id for one in gone if "/mistake:" in one)
    assert not any(f"mistake:{guide.mistakes[0].id}" in one for one in ids(without))
    assert not any(isinstance(card, RecallCard) for card in build_deck(without) if card.id in gone)
