"""The quiz aloud: the interviewer's question, fifteen seconds of the microphone, rated by the coverage engine."""

from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from rehearse.domain.cards import SPOKEN_SECONDS, SpokenCard
from rehearse.errors import RehearseError
from rehearse.live.microphone_check import MicrophoneCheck
from rehearse.quiz.modes import QuizMode
from rehearse.quiz.questions import SpokenAnswer
from rehearse.services.spoken_cards import hear_answer, judge_words
from rehearse.ui import destinations as to
from rehearse.ui.bridge import JobDone, JobFailed
from rehearse.ui.screens.dialogs import LineDialog
from rehearse.ui.screens.quiz.quiz import QuizScreen
from rehearse.ui.widgets.recording_bar import Meter

if TYPE_CHECKING:
    from rehearse.speech.transcriber import Transcriber


class SpokenQuizScreen(QuizScreen):
    """One round: every section once, aloud."""

    HELP = (
        "Read the question, press **space** and answer aloud from a project of your own; **space** again ends it "
        "early. The same engine that marks your answers says whether the section came up. **t** lets you type "
        "it instead, **0** shows what belongs there, **d** drills the section in three rounds. Nothing of the cards is "
        "recorded."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "speak", "speak", key_display="space", tooltip="Answer aloud", id="quiz.speak"),
        Binding("t", "type", "type", tooltip="Type the answer instead", id="quiz.type"),
        Binding("space,enter", "done", "done", key_display="space", tooltip="That was it", id="quiz.said"),
        Binding("space,enter", "go_on", "go on", key_display="space", tooltip="Go on to the next card", id="quiz.next"),
        Binding("d", "drill_it", "drill", tooltip="This section aloud, in three rounds", id="quiz.drill"),
        Binding("m", "once_more", "again", tooltip="Once more, all sections aloud", id="quiz.aloud-again"),
    ]
    DEFAULT_CSS = "SpokenQuizScreen #listening { padding: 0 2; height: auto; } SpokenQuizScreen Meter { padding: 0 2; }"

    def __init__(self, guide_id: str | None, *, alone: bool = False) -> None:
        super().__init__(guide_id, QuizMode.SPOKEN, alone=alone)
        self._microphone: MicrophoneCheck | None = None
        self._speaking = False
        self._said = Event()

    def compose_room(self) -> ComposeResult:
        yield from super().compose_room()
        yield Static(id="listening")
        yield Meter(width=40, id="meter")

    def on_mount(self) -> None:
        """Textual calls the base class's `on_mount` as well, which opens the session."""
        self._tell("")
        self.set_interval(1 / 15, self._meter)

    def _tell(self, text: str) -> None:
        self.query_one("#listening", Static).update(Content.styled(text, "bold"))
        self.query_one(Meter).display = self._speaking

    def _meter(self) -> None:
        microphone = self._microphone
        if microphone is None or not self._speaking:
            return
        self.query_one(Meter).push(microphone.level)
        left = SPOKEN_SECONDS - microphone.recorded
        if microphone.trouble:
            self._tell(f"{microphone.trouble.what}. {microphone.trouble.next_step}")
        elif self._said.is_set() or left <= 0:
            self._tell("◌ judging what you said …")
        else:
            self._tell(f"● speak, {left:.0f} s left" if microphone.recorded else "Opening the microphone …")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is possible now; what belongs to other modes isn't."""
        free = not self._speaking
        return {
            "speak": self._is_open and free,
            "type": self._is_open and free,
            "done": self._speaking,
            "reveal": self._is_open and free,
            "undo": free and bool(super().check_action("undo", ())),
            "drill_it": self._drilled is not None and free,
            "once_more": self.summary is not None,
            **dict.fromkeys(("aloud", "play", "choose_section", "switch", "switch_section", "switch_aloud"), False),
            **dict.fromkeys(("grade", "more"), False),
        }.get(action, super().check_action(action, parameters))

    @property
    def _card(self) -> SpokenCard | None:
        card = self.session.current.card if self.session and self.session.current else None
        return card if isinstance(card, SpokenCard) else None

    def action_type(self) -> None:
        """Answer by typing: there may be no microphone, or somebody who listens."""
        card, studio = self._card, self.rehearse.studio
        if card is None:
            return

        def judge(text: str | None) -> None:
            if not text:
                return

            def judged(_: Event) -> SpokenAnswer:
                guide = studio.equipment.library.load(card.guide_id)
                return judge_words(card, guide, text, lambda: studio.equipment.engine(guide))

            self.run_job("hear", judged)

        self.app.push_screen(LineDialog(card.question, hint="a sentence or two, as you would say it"), judge)

    def action_speak(self) -> None:
        """Open the microphone where it isn't yet, and listen."""
        card, studio = self._card, self.rehearse.studio
        if card is None:
            return
        self._speaking, self._said = True, Event()
        said = self._said
        if self._microphone is None:  # here before it is opened: who leaves meanwhile closes it

            def listening_for_its_terms() -> "Transcriber":
                guide = studio.equipment.library.load(card.guide_id)
                return studio.equipment.transcriber(guide, guide.scenarios[0])

            self._microphone = MicrophoneCheck(studio.equipment.microphone, listening_for_its_terms)
        microphone = self._microphone
        self._tell("Opening the microphone …")
        self.refresh_bindings()

        def hear(_: Event) -> SpokenAnswer:
            guide = studio.equipment.library.load(card.guide_id)
            microphone.open()
            return hear_answer(card, guide, microphone, lambda: studio.equipment.engine(guide), done=said)

        self.run_job("hear", hear)

    @property
    def _drilled(self) -> SpokenCard | None:
        """The card that was just answered."""
        session = self.session
        if session is None or session.current is None or session.verdict is None or self.summary is not None:
            return None
        card = session.current.card
        return card if isinstance(card, SpokenCard) and card.section_id else None

    def action_drill_it(self) -> None:
        """The section that was just asked about, in rounds; they open the microphone themselves."""
        card = self._drilled
        if card is None or card.section_id is None:
            return
        if self._microphone is not None:
            self._microphone.close()
            self._microphone = None
        try:
            guide = self.rehearse.equipment.library.load(card.guide_id)
        except RehearseError as error:
            self.show_error(error)
            return
        self.rehearse.visit(to.SectionDrill(guide, card.section_id))

    def action_once_more(self) -> None:
        """The same round again."""
        self._open(QuizMode.SPOKEN, None, self._guide_id)

    def action_done(self) -> None:
        """That was it."""
        self._said.set()

    @on(JobDone)
    def heard(self, done: JobDone) -> None:
        """An answer was heard and judged."""
        if done.job == "hear" and isinstance(done.result, SpokenAnswer):
            self._quiet()
            if self._is_open:
                self._answer(done.result)

    @on(JobFailed)
    def not_heard(self, failed: JobFailed) -> None:
        """Nothing could be heard or judged: the card stays open (the base class says what happened)."""
        if failed.job == "hear":
            self._quiet()

    def _quiet(self) -> None:
        self._speaking = False
        self._tell("")
        self.refresh_bindings()

    def on_unmount(self) -> None:
        """Close the microphone."""
        if self._microphone is not None:
            self._microphone.close()
        self._said.set()
