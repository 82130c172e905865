"""What is asked in each drill, and in how much time."""

from dataclasses import replace

from rehearse.domain.answer import Mode, Source
from rehearse.domain.guide import Guide, Scenario, Section
from rehearse.domain.rehearsal import FROM_QUIZ, GRACE_SECONDS, Clock, Plan, plan_for

ROUNDS = 3
"""Of a section drill: enough to hear a difference, few enough to be done between two other things."""
ROUND_CLOCK = Clock(think=10, answer=45, short=10, grace=10)

RUNGS = (180, 120, 60, 30)
"""Seconds of the rungs of a ladder."""
RUNG_THINKS = 20
"""Seconds to think before a rung at most: the question is known by then."""


def round_plan(
    guide: Guide, scenario: Scenario, section_id: str, mode: Mode, *, follows: str = FROM_QUIZ, series_id: str | None
) -> Plan:
    """A round about one section: the interviewer's question about it. Like a follow-up, it is judged on that section
    alone and counts as no attempt at the whole question; `follows` is the id of the answer that left it out.
    """
    return Plan(
        guide.id,
        scenario,
        guide.section(section_id).follow_up,
        ROUND_CLOCK,
        mode,
        Source.MICROPHONE,
        follow_up_of=follows,
        follow_up_section=section_id,
        series_id=series_id,
    )


def rung_clock(scenario: Scenario, seconds: int) -> Clock:
    """The times of a rung; the grace shrinks with it, for twenty seconds on top of thirty would be no half minute."""
    grace = min(GRACE_SECONDS, seconds // 6)
    return Clock(think=min(scenario.think_seconds, RUNG_THINKS), answer=seconds, short=seconds // 2, grace=grace)


def is_shortened(scenario: Scenario, seconds: float) -> bool:
    """A rung in which nobody could give the whole answer: shorter than the scenario's shortest good one."""
    return seconds < scenario.short_seconds


def rung_plan(guide: Guide, scenario: Scenario, seconds: int, mode: Mode, *, series_id: str | None) -> Plan:
    """A rung of the ladder: the scenario's question in so many seconds."""
    plan = plan_for(guide, scenario, Source.MICROPHONE, mode=mode)
    return replace(
        plan,
        clock=rung_clock(scenario, seconds),
        series_id=series_id,
        shortened=is_shortened(scenario, seconds),
    )


def anew_plan(plan: Plan, *, series_id: str | None) -> Plan:
    """Another take of a plan's question."""
    return replace(plan, series_id=series_id)


def section_of(guide: Guide, section_id: str) -> Section | None:
    """The section of that id, or None where an edit of the guide has taken it away."""
    return next((section for section in guide.sections if section.id == section_id), None)
