"""The text of a new guide: small, commented, and valid."""

import re

_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that YAML 1.1 doesn't read as text."""

_TEMPLATE = """\
# A guide of your own. `rehearse guide check FILE` finds mistakes; `rehearse guide schema` describes every field.
id: {id}
title: {title}
question: Tell me about a time you changed something that mattered
field: any job
summary: Whether you can tell what you did, why, and what came of it.

intents:
  - id: impact
    title: Impact
    asks: Does this person change things for the better?

sections:
  # A section lights up when something is said that resembles its examples. Write short spoken sentences, from as
  # many different people and trades as you can imagine: a dozen works, fifty work well.
  - id: situation
    title: Situation
    summary: Where it was, and what was wrong.
    advice: Say in one sentence where you were and what was at stake.
    follow_up: What was the situation when you started?
    share: [0.1, 0.3]
    examples:
      - Our warehouse shipped the wrong parcel about forty times a week.
      - Two nurses did by hand what took them the whole morning.
      - Customers waited nine days for an answer and were leaving.
    near_misses:
      # Things that sound alike but don't count.
      - I have worked in many situations.
  - id: action
    title: Action
    summary: What you did yourself.
    advice: Say what you did, not what the team did.
    follow_up: And what did you do about it, yourself?
    share: [0.3, 0.6]
    examples:
      - I sat with the packers for two days and timed every step.
      - I wrote a small script that checks the label before it is printed.
      - I asked the three loudest customers what they really needed.
  - id: result
    title: Result
    summary: What came of it, with a figure.
    advice: One number is worth ten adjectives.
    follow_up: What came of it in the end?
    share: [0.1, 0.3]
    examples:
      - Wrong parcels went down to three a week.
      - It gave them an hour back every day.
      - The answer now takes two days and nobody has left since.

mistakes:
  - id: no-result
    title: No result
    instead: End with what changed, with a number if you can.
    detector: section-missing
    sections: [result]

scenarios:
  - id: at-work
    title: Something at work
    level: 1
    question: Tell me about a time you changed something at work that mattered.
    why: It shows that you notice what is wrong and do something about it.
    answer_seconds: 90
    short_seconds: 30
    sample:
      - section: situation
        text: In my last job the returns desk sorted three hundred parcels by hand every morning.
      - section: action
        text: I put a scanner at the door and wrote a page that says which shelf each parcel goes to.
      - section: result
        text: Sorting takes twenty minutes now, and the desk opens an hour earlier.
"""


def template_text(guide_id: str, title: str) -> str:
    """The template with id and title filled in."""
    return _TEMPLATE.format(id=_quoted(guide_id), title=_quoted(title))


def _quoted(text: str) -> str:
    """In quotes where YAML would read something else than this text."""
    if text not in _NOT_TEXT and re.fullmatch(r"[a-z][a-z-]*", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
