"""Which screen shows a destination: the one place that knows them all. Each is loaded when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from rehearse.domain.kinds import Mode
from rehearse.quiz.modes import QuizMode
from rehearse.ui import destinations as to

if TYPE_CHECKING:
    from textual.screen import Screen

    from rehearse.domain.answer import Answer


def screen_for(destination: to.Destination) -> Screen[Any]:  # noqa: PLR0911 - one for each destination
    """A new screen."""
    match destination:
        case to.Home(notice):
            from rehearse.ui.screens.home.home import HomeScreen

            return HomeScreen(notice)
        case to.ChangeSettings():
            from rehearse.ui.screens.settings.settings import SettingsScreen

            return SettingsScreen()
        case to.Quiz(guide_id, QuizMode.SPOKEN, _, alone):
            from rehearse.ui.screens.quiz.spoken import SpokenQuizScreen

            return SpokenQuizScreen(guide_id, alone=alone)
        case to.Quiz(guide_id, mode, section_id, alone):
            from rehearse.ui.screens.quiz.quiz import QuizScreen

            return QuizScreen(guide_id, mode, section_id, alone=alone)
        case to.Study(guide, chapter_id):
            from rehearse.ui.screens.study.guide import StudyScreen

            return StudyScreen(guide, chapter_id)
        case (
            to.Review()
            | to.Compare()
            | to.HowSpoken()
            | to.Export()
            | to.SecondOpinion()
            | to.History()
            | to.Progress()
        ):
            return _review(destination)
        case to.SectionDrill() | to.Ladder() | to.SaidAnew() | to.DrillRound():
            return _drill(destination)
        case to.PlanInterview() | to.RunInterview() | to.InterviewReport() | to.ExportInterview() | to.PastInterviews():
            return _interview(destination)
        case to.Finished(guide, answer):
            return _guess_or_review(to.Review(guide, answer))
        case _:
            return _rehearsal(destination)


def _rehearsal(  # noqa: PLR0911 - one for each destination
    destination: to.Rehearse | to.Demo | to.ChooseFile | to.MarkFile | to.TypeAnswer | to.Recover | to.CheckMicrophone,
) -> Screen[Any]:
    match destination:
        case to.Rehearse(guide, plan, back):
            from rehearse.ui.screens.rehearse.rehearsal import RehearsalScreen

            return RehearsalScreen(guide, plan, back)
        case to.Demo(guide, scenario):
            from rehearse.ui.screens.rehearse.sources import DemoScreen

            return DemoScreen(guide, scenario)
        case to.MarkFile(guide, scenario, path, mode):
            from rehearse.ui.screens.rehearse.sources import FileRehearsalScreen

            return FileRehearsalScreen(guide, scenario, path, mode)
        case to.Recover(guide, answer):
            from rehearse.ui.screens.rehearse.sources import RecoveryScreen

            return RecoveryScreen(guide, answer)
        case to.ChooseFile(guide, scenario, given, problem):
            from rehearse.ui.screens.rehearse.file import FileScreen

            return FileScreen(guide, scenario, given=given, problem=problem)
        case to.TypeAnswer(guide, plan, back):
            from rehearse.ui.screens.rehearse.typed import TypedScreen

            return TypedScreen(guide, plan, back)
        case to.CheckMicrophone(first_time):
            from rehearse.ui.screens.rehearse.microphone import MicrophoneScreen

            return MicrophoneScreen(first_time=first_time)
        case _:
            assert_never(destination)


def _drill(destination: to.SectionDrill | to.Ladder | to.SaidAnew | to.DrillRound) -> Screen[Any]:
    match destination:
        case to.SectionDrill(guide, section_id, after):
            from rehearse.ui.screens.drills.section import SectionDrillScreen

            return SectionDrillScreen(guide, section_id, after)
        case to.Ladder(guide, scenario, series_id):
            from rehearse.ui.screens.drills.ladder import LadderScreen

            return LadderScreen(guide, scenario, series_id)
        case to.SaidAnew(guide, answer):
            from rehearse.ui.screens.drills.anew import SaidAnewScreen

            return SaidAnewScreen(guide, answer)
        case to.DrillRound(guide, plan, title, place, typed):
            from rehearse.ui.screens.drills.answering import DrillRoundScreen, TypedRoundScreen

            made = TypedRoundScreen if typed else DrillRoundScreen
            return made(guide, plan, title, place)
        case _:
            assert_never(destination)


def _review(  # noqa: PLR0911 - one for each destination
    destination: to.Review | to.Compare | to.HowSpoken | to.Export | to.SecondOpinion | to.History | to.Progress,
) -> Screen[Any]:
    match destination:
        case to.Review(guide, answer, at_word, again):
            from rehearse.ui.screens.review.answer import AnswerScreen

            return AnswerScreen(guide, answer, at_word=at_word, again=again)
        case to.Compare(guide, answer, earlier):
            from rehearse.ui.screens.review.compare import CompareScreen

            return CompareScreen(guide, answer, earlier)
        case to.HowSpoken(guide, delivery, audible):
            from rehearse.ui.screens.review.delivery import DeliveryScreen

            return DeliveryScreen(guide, delivery, audible=audible)
        case to.Export(answer_ids):
            from rehearse.ui.screens.review.export import ExportScreen

            return ExportScreen(answer_ids)
        case to.SecondOpinion(answer):
            from rehearse.ui.screens.review.second_opinion import SecondOpinionScreen

            return SecondOpinionScreen(answer)
        case to.History():
            from rehearse.ui.screens.review.history import HistoryScreen

            return HistoryScreen()
        case to.Progress(guide):
            from rehearse.ui.screens.review.progress import ProgressScreen

            return ProgressScreen(guide)
        case _:
            assert_never(destination)


def _interview(
    destination: to.PlanInterview | to.RunInterview | to.InterviewReport | to.ExportInterview | to.PastInterviews,
) -> Screen[Any]:
    match destination:
        case to.PlanInterview():
            from rehearse.ui.screens.interview.plan import InterviewPlanScreen

            return InterviewPlanScreen(destination)
        case to.RunInterview(interview_id):
            from rehearse.ui.screens.interview.interview import InterviewScreen

            return InterviewScreen(interview_id)
        case to.InterviewReport(interview_id, fresh):
            from rehearse.ui.screens.interview.report import InterviewReportScreen

            return InterviewReportScreen(interview_id, fresh=fresh)
        case to.ExportInterview(interview_id):
            from rehearse.ui.screens.interview.export import InterviewExportScreen

            return InterviewExportScreen(interview_id)
        case to.PastInterviews():
            from rehearse.ui.screens.interview.past import PastInterviewsScreen

            return PastInterviewsScreen()
        case _:
            assert_never(destination)


def _guess_or_review(review: to.Review) -> Screen[Any]:
    if not _is_guessed_first(review.answer):
        return _review(review)
    from rehearse.ui.screens.rehearse.guess import GuessScreen

    return GuessScreen(review.guide, review.answer)


def _is_guessed_first(answer: Answer) -> bool:
    """In an exam the marks come after one's own guess, if there are any."""
    return answer.mode is Mode.EXAM and answer.coverage is not None and answer.coverage.judged
