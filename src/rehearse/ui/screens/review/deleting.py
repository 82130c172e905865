"""Deleting in the list of answers: into the trash and back, and for good."""

import asyncio
from collections.abc import Sequence

from textual import work

from rehearse.domain.answer import Answer, AnswerStatus
from rehearse.domain.wording import counted
from rehearse.errors import InputError, RehearseError
from rehearse.history.answers import AnswerFilter, AnswerSummary
from rehearse.history.view import View
from rehearse.ui.discarded import brought_back, in_the_trash
from rehearse.ui.screens.dialogs import ConfirmDialog
from rehearse.ui.screens.room import RoomScreen
from rehearse.ui.widgets.answer_list import AnswerList


class DeletingScreen(RoomScreen[None]):
    """A list of answers, some of which may go; its owner composes the list and reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.view = View()
        self._deleted: list[list[str]] = []
        """Ids, those together that went into the trash together."""

    def look(self) -> None:
        """Read the list again, off the UI thread."""
        raise NotImplementedError

    @property
    def _current(self) -> AnswerSummary | None:
        return self.query_one(AnswerList).current

    def action_delete(self) -> None:
        """The picked ones, or this answer, into the trash, with a way back."""
        if (chosen := self.query_one(AnswerList).chosen) and not self.view.in_trash:
            self._delete(chosen)

    @work(group="keeping")
    async def _delete(self, chosen: Sequence[AnswerSummary]) -> None:
        gone: list[AnswerSummary] = []
        async with self.keeping():
            try:
                for one in chosen:
                    await asyncio.to_thread(self.rehearse.equipment.store.discard, one.id)
                    gone.append(one)
            except RehearseError:
                self._went(gone)  # what went before one that can't be deleted comes back too
                raise
            self._went(gone)

    def _went(self, gone: Sequence[AnswerSummary]) -> None:
        """Say what is in the trash now."""
        if gone:
            self._forget(*(one.id for one in gone))
            self.notify(in_the_trash(list(map(self.query_one(AnswerList).title_of, gone))), markup=False)
            self.look()

    def _forget(self, *answer_ids: str) -> None:
        """Answers went into the trash: they are no longer picked, and the next to come back."""
        self._deleted.append(list(answer_ids))
        answers = self.query_one(AnswerList)
        answers.picked = [one for one in answers.picked if one not in answer_ids]

    def action_restore(self) -> None:
        """Bring back what was deleted last, or in the trash the answer under the cursor."""
        current = self._current
        self._restore(current.id if self.view.in_trash and current else None)

    @work(group="keeping")
    async def _restore(self, chosen: str | None) -> None:
        store = self.rehearse.equipment.store
        async with self.keeping():
            answer_ids = [chosen] if chosen else [*self._deleted[-1]] if self._deleted else []
            if not answer_ids:
                self.notify("Nothing was deleted just now. T shows the trash.")
                return
            back: list[Answer] = []
            try:
                for answer_id in answer_ids:
                    try:
                        await asyncio.to_thread(store.restore, answer_id)
                    except InputError:  # deleted for good meanwhile: the one before is next all the same
                        self._came_back(answer_id)
                        raise
                    self._came_back(answer_id)
                    back.append(await asyncio.to_thread(store.get, answer_id))
            finally:
                if back:
                    self.notify(brought_back([one.status is AnswerStatus.FINISHED for one in back]))
                    self.look()

    def _came_back(self, answer_id: str) -> None:
        self._deleted = [left for group in self._deleted if (left := [one for one in group if one != answer_id])]

    @work(group="keeping")
    async def action_purge(self) -> None:
        """Delete for good what is in the trash, after asking."""

        def purge(yes: bool | None) -> None:
            if yes:
                self._purge()

        async with self.keeping():
            thrown_away = AnswerFilter(status=AnswerStatus.DISCARDED)
            number = await asyncio.to_thread(self.rehearse.equipment.store.count, thrown_away)
            if not number:
                self.notify("The trash is empty.")
                return
            self.app.push_screen(
                ConfirmDialog(
                    f"Delete {counted(number, 'answer')} for good?", "Their recordings go too. This can't be undone."
                ),
                purge,
            )

    @work(group="keeping")
    async def _purge(self) -> None:
        async with self.keeping():
            await asyncio.to_thread(self.rehearse.equipment.store.purge)
            self.look()
