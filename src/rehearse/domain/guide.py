"""A guide: one question with its framework, common mistakes, scenarios and quiz cards.

These classes are the schema of a guide's YAML file: `rehearse.guides` validates against them and makes the JSON
schema from them, field descriptions included. Everything that is particular to one guide stands in its file.
"""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Gt, Le, Len, MinLen

Text = Annotated[str, MinLen(1)]
Id = Annotated[str, Len(1, 40)]
"""Lower-case letters, digits and hyphens; never changed once published (answers and cards refer to it)."""

Level = Literal[1, 2, 3]


@dataclass(frozen=True)
class Intent:
    """Something the interviewer really wants to find out."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: Id
    title: Text
    asks: Text
    """What the interviewer asks themselves, as a question."""


@dataclass(frozen=True)
class Term:
    """A name people say: a technology, a method, a measure. Biases recognition and counts as something concrete."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    name: Text
    """Canonical spelling, as it is shown."""
    aliases: tuple[Text, ...] = ()
    """Other ways to say it: abbreviations, nicknames, spoken forms."""
    sections: tuple[Id, ...] = ()
    """Sections that it hints at. A hint alone never covers a section."""
    level: Level = 1
    """The least level of scenario at which it is expected; naming it below that is a sign of over-engineering."""
    named: bool = True
    """A proper name or technique that makes an answer concrete ("LightGBM"); false for words like "pipeline"."""


@dataclass(frozen=True)
class Section:
    """A part of the answer framework."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: Id
    title: Text
    """Two or three words, for the panel."""
    summary: Text
    """One line: what belongs here."""
    advice: Text
    """What a good coach says about it, spoken, second person."""
    follow_up: Text
    """What the interviewer asks when it was left out."""
    follow_ups: tuple[Text, ...] = ()
    """Other ways to ask that; none is used twice in an interview."""
    deeper: tuple[Text, ...] = ()
    """What the interviewer asks where it was only touched; `{quote}` stands for the candidate's own words."""
    share: Annotated[tuple[Annotated[float, Ge(0), Le(1)], Annotated[float, Ge(0), Le(1)]], Len(2, 2)] = (
        0.0,
        1.0,
    )
    """Suggested least and greatest share of the answer's time."""
    letter: Annotated[str, Len(1, 1)] = ""
    """Capital letter on the timeline; unique in the guide. Left out: the title's first letter that is free."""
    synonyms: tuple[Text, ...] = ()
    """Other names for it, accepted when the quiz asks to recall the framework."""
    cues: tuple[Text, ...] = ()
    """Wordings that point here almost by themselves ("what bit us"); matched on words, case and form ignored."""
    hollow: tuple[Text, ...] = ()
    """Wordings that name the section without saying anything ("monitored it"): touched, not covered."""
    examples: Annotated[tuple[Text, ...], MinLen(3)] = ()
    """Things people say that tick it: short spoken sentences from many trades. The more the better.
    A sentence that ticks two sections stands in both."""
    near_misses: tuple[Text, ...] = ()
    """Things people say that look alike but don't tick it: absent, hollow, another sense, somebody else's work."""


@dataclass(frozen=True)
class Mistake:
    """A common mistake and how it is detected."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: Id
    title: Text
    instead: Text
    """What to do instead, spoken, second person."""
    detector: Literal["section-missing", "unreasoned-list", "vague", "over-engineered", "examples"]
    """`section-missing`: none of `sections` is ticked. `unreasoned-list`: tools or steps are listed and hardly any
    has a reason. `vague`: too few named terms and figures. `over-engineered`: terms above the scenario's level.
    `examples`: a clause resembles `examples` more than `near_misses`."""
    sections: tuple[Id, ...] = ()
    """For `section-missing`: any of these ticked avoids it."""
    examples: tuple[Text, ...] = ()
    """Clauses that show the mistake being made (detector `examples`; and for the quiz)."""
    near_misses: tuple[Text, ...] = ()
    """Clauses that show it avoided."""
    at_least: Annotated[int, Ge(0)] = 2
    """`vague`: named terms (a figure counts as one) that avoid it. `over-engineered`: terms above the level that
    make it. `unreasoned-list`: listed tools or steps from which it is judged."""
    short_answers: tuple[Text, ...] = ()
    """Short answers (two to four sentences) that make this mistake and no other, for the quiz."""
    repairs: tuple[Text, ...] = ()
    """Sentences that, added to such an answer, repair it, for the quiz."""
    follow_ups: tuple[Text, ...] = ()
    """What the interviewer asks where it was made; `{quote}` stands for the words that show it."""


@dataclass(frozen=True)
class SampleSentence:
    """A stretch of a sample answer."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    text: Text
    section: Id | None = None
    """The section it serves; none for small talk."""


@dataclass(frozen=True)
class Scenario:
    """One concrete form of the question."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: Id
    title: Text
    level: Level
    question: Text
    """As the interviewer says it."""
    why: Text
    """What this scenario lets one show."""
    sample: Annotated[tuple[SampleSentence, ...], MinLen(1)]
    """A good answer, cut by section."""
    think_seconds: Annotated[int, Gt(0)] = 30
    answer_seconds: Annotated[int, Gt(0)] = 120
    short_seconds: Annotated[int, Ge(0)] = 60
    """An answer under this is too short."""
    intents: tuple[Id, ...] = ()
    """Intents this scenario is chiefly about, for the quiz."""

    @property
    def sample_text(self) -> str:
        """The sample answer in one piece."""
        return " ".join(sentence.text for sentence in self.sample)


@dataclass(frozen=True)
class WrittenCard:
    """A hand-written quiz card: a question with one right answer."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: Id
    question: Text
    answer: Text
    distractors: Annotated[tuple[Text, ...], MinLen(1)]
    explanation: Text
    section: Id | None = None


@dataclass(frozen=True)
class Guide:
    """Everything the program knows about one interview question."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: Id
    title: Text
    question: Text
    """The question in its general form."""
    field: Text
    """Where it is asked: "data science", "any job"."""
    summary: Text
    """What the question checks."""
    intents: tuple[Intent, ...]
    sections: Annotated[tuple[Section, ...], MinLen(2)]
    mistakes: tuple[Mistake, ...]
    scenarios: Annotated[tuple[Scenario, ...], MinLen(1)]
    tip: str = ""
    takeaway: str = ""
    closing: str = ""
    terms: tuple[Term, ...] = ()
    stock: tuple[Id, ...] = ()
    """Shared stocks that it draws on: `tools` (other ways to say its terms), `talk` (ordinary talk, ticks nothing)."""
    term_questions: tuple[Text, ...] = ()
    """What the interviewer asks of a term that was named without a reason; `{term}` stands for it."""
    small_talk: tuple[Text, ...] = ()
    """Things people say in such answers that tick no section at all."""
    cards: tuple[WrittenCard, ...] = ()

    def section(self, section_id: str) -> Section:
        """The section of that id; raises KeyError."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def mistake(self, mistake_id: str) -> Mistake:
        """The mistake of that id; raises KeyError."""
        for mistake in self.mistakes:
            if mistake.id == mistake_id:
                return mistake
        raise KeyError(mistake_id)

    def has_scenario(self, scenario_id: str) -> bool:
        """An answer may have been given to one that was taken out of the guide since."""
        return any(one.id == scenario_id for one in self.scenarios)

    def scenario(self, scenario_id: str) -> Scenario:
        """The scenario of that id; raises KeyError."""
        for scenario in self.scenarios:
            if scenario.id == scenario_id:
                return scenario
        raise KeyError(scenario_id)
