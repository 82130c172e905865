"""Answers written to files from the app: one that can't be read doesn't stop the others."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from textual.widgets import Input

from rehearse.domain.answer import Answer
from rehearse.errors import StoreError
from rehearse.history.export import ExportFormat, LeftOut
from rehearse.services.studio import Studio
from rehearse.ui.app import RehearseApp
from rehearse.ui.screens.dialogs import ErrorDialog
from rehearse.ui.screens.files import Written
from rehearse.ui.screens.review.export import ExportScreen
from tests.fakes import small_guide
from tests.ui.driving import ANSWER, shown, wait_until

GUIDE = small_guide()


def damaged(studio: Studio, answer: Answer) -> Answer:
    with closing(sqlite3.connect(studio.equipment.places.database)) as connection, connection:
        connection.execute(
            "UPDATE details SET transcript = '{' WHERE key = (SELECT key FROM answers WHERE id = ?)", [answer.id]
        )
    return answer


async def test_what_can_be_read_is_written_and_the_rest_is_named(studio: Studio, tmp_path: Path) -> None:
    answers = [studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER) for _ in range(3)]
    broken = damaged(studio, answers[0])
    app = RehearseApp(studio, lambda: ExportScreen(tuple(one.id for one in answers)))
    async with app.run_test(size=(80, 40)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ExportScreen))
        app.screen.query_one(Input).value = str(tmp_path / "out")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "1 answer wasn't written:" in shown(app))
        said = "".join(shown(app).split())
        assert f"Theanswer{broken.id}can'tberead" in said
        assert "doctor--repair" in said
        written = list((tmp_path / "out").iterdir())
        assert len(written) == 2
        assert all(str(path) in said for path in written)


async def test_the_only_one_that_cannot_be_read_is_an_error(studio: Studio, tmp_path: Path) -> None:
    broken = damaged(studio, studio.mark_typed(GUIDE, GUIDE.scenarios[0], ANSWER))
    app = RehearseApp(studio, lambda: ExportScreen((broken.id,)))
    async with app.run_test(size=(80, 40)) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, ExportScreen))
        app.screen.query_one(Input).value = str(tmp_path / "out")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(app.screen, ErrorDialog) and "can't be read" in shown(app))


@pytest.mark.parametrize(
    ("paths", "refused", "said"),
    [
        (0, 0, "There was nothing to write."),
        (2, 0, "Written:\n  0.md\n  1.md"),
        (0, 1, "1 answer wasn't written:\n  Damaged. Repair it."),
        (1, 2, "2 answers weren't written:\n  Damaged. Repair it.\n  Damaged. Repair it.\n\nWritten:\n  0.md"),
    ],
)
def test_it_is_said_what_was_written_and_what_was_not(paths: int, refused: int, said: str) -> None:
    made = [Path(f"{number}.md") for number in range(paths)]
    assert str(Written.of([*made, *[StoreError("Damaged", next_step="Repair it.")] * refused], "answer")) == said


def test_what_a_format_cannot_hold_is_said_and_why() -> None:
    left = [LeftOut("a", ExportFormat.SRT), LeftOut("b", ExportFormat.AUDIO)]
    said = (
        "1 typed answer has no times: no srt was written of it.\n1 answer has no recording: no wav was written of it."
    )
    assert str(Written.of(left, "answer")) == said
    assert str(Written.of([Path("0.md"), *left], "answer")) == f"{said}\n\nWritten:\n  0.md"


def test_of_many_only_the_first_are_named() -> None:
    told = str(Written.of([Path("a.md")] * 12 + [StoreError("Damaged")] * 5, "answer"))
    assert "5 answers weren't written:" in told
    assert (told.count("Damaged."), told.count("a.md")) == (3, 10)
    assert (told.count("and 2 more"), told.index("and 2 more") < told.index("Written:")) == (2, True)
