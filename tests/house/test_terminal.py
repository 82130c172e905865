"""The app in a terminal of its own: nobody else writes on its screen, and it gives the terminal back."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.terminal import LEAVE, Terminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")

NOISE = """
import os
from rehearse.ui.screens.home.home import HomeScreen
shown = HomeScreen.on_mount
def on_mount(self):
    os.write(2, b"underrun occurred")
    return shown(self)
HomeScreen.on_mount = on_mount
"""
CRASH = """
from rehearse.ui.screens.home.home import HomeScreen
def on_mount(self):
    raise ValueError("as the test wants")
HomeScreen.on_mount = on_mount
"""


KEY_READER = """
import threading
threading.Thread(target=threading.Event().wait, name="textual-input").start()
"""


@pytest.fixture
def terminal_with(own_home: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens terminals; none outlives a test that failed."""
    opened: list[Terminal] = []

    def open_one(prelude: str = "", *arguments: str, error: int | None = None, job: bool = False) -> Terminal:
        code = f"import sys\n{prelude}\nfrom rehearse.cli import main\nsys.exit(main(sys.argv[1:]))"
        # These two would hold whatever size the window has.
        inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        environment = {**inherited, "REHEARSE_HOME": str(own_home), "TERM": "xterm-256color"}
        command = [sys.executable, "-c", code, *arguments]
        if job:  # a shell starts it, and lets it go on after it was stopped
            command = ["/bin/sh", "-c", f"set -m; {shlex.join(command)}; echo the shell goes on; fg"]
        opened.append(Terminal(command, environment, error=error, job=job))
        return opened[-1]

    yield open_one
    for terminal in opened:
        terminal.close()


def test_what_a_library_writes_does_not_reach_the_screen(
    own_home: Path, terminal_with: Callable[..., Terminal]
) -> None:
    terminal = terminal_with(NOISE)
    terminal.until(lambda: b"eginner" in terminal.seen)
    terminal.send(LEAVE)
    assert terminal.finish() == 0
    assert b"underrun" not in terminal.seen
    log = own_home / "cache" / "rehearse.log"
    assert log.read_text(encoding="utf-8") == "underrun occurred"
    assert log.stat().st_mode & 0o077 == 0


def test_a_crash_is_told_on_the_terminal(terminal_with: Callable[..., Terminal]) -> None:
    terminal = terminal_with(CRASH)
    assert terminal.finish() == 1
    assert b"as the test wants" in terminal.seen


def test_with_standard_error_elsewhere_the_screen_is_on_standard_output(
    terminal_with: Callable[..., Terminal], tmp_path: Path
) -> None:
    with (tmp_path / "error").open("wb") as error:
        terminal = terminal_with(NOISE, error=error.fileno())
    terminal.until(lambda: b"eginner" in terminal.seen)
    terminal.send(LEAVE)
    assert terminal.finish() == 0
    assert (tmp_path / "error").read_bytes() == b"underrun occurred"


def test_a_rehearsal_that_finds_no_microphone_and_is_left_ends_in_order(
    own_home: Path, terminal_with: Callable[..., Terminal]
) -> None:
    """Microphone and loudspeaker are looked for at once; where there is one of them, it is left while it is opened."""
    own_home.mkdir(exist_ok=True)
    own_home.joinpath("config.yaml").write_text("checked_microphone: true\n", encoding="utf-8")
    terminal = terminal_with()
    terminal.until(lambda: b"eginner" in terminal.seen)
    terminal.send("\r")
    terminal.until(lambda: b"There is no microphone" in terminal.seen or b"microphone open" in terminal.seen)
    terminal.send(LEAVE)
    assert terminal.finish() == 0


def test_a_thread_that_still_reads_keys_keeps_no_process_alive(terminal_with: Callable[..., Terminal]) -> None:
    terminal = terminal_with(KEY_READER)
    terminal.until(lambda: b"eginner" in terminal.seen)
    terminal.send(LEAVE)
    assert terminal.finish() == 0


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(terminal_with: Callable[..., Terminal], sent: signal.Signals) -> None:
    terminal = terminal_with()
    terminal.until(lambda: b"eginner" in terminal.seen)
    terminal.process.send_signal(sent)
    assert terminal.finish() == 128 + sent
    assert b"\x1b[?1049l" in terminal.seen, "the alternate screen is left"
    assert b"\x1b[?25h" in terminal.seen, "the cursor is shown"


@pytest.mark.parametrize(
    ("arguments", "instead"),
    [((), "rehearse score"), (("quiz",), "rehearse quiz --plain"), (("demo",), "rehearse demo --headless")],
)
def test_without_a_terminal_nothing_is_painted(own_home: Path, arguments: tuple[str, ...], instead: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rehearse", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "REHEARSE_HOME": str(own_home)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "rehearse: The app needs a terminal: standard input isn't one. "
        f"Start it in a terminal window, or use `{instead}`, which does without.\n"
    )


def test_ctrl_z_gives_the_shell_its_terminal_back_and_fg_goes_on(
    own_home: Path, terminal_with: Callable[..., Terminal]
) -> None:
    terminal = terminal_with(job=True)
    terminal.until(lambda: b"eginner" in terminal.seen)
    terminal.seen = b""
    os.write(terminal.parent, b"\x1a")
    terminal.until(lambda: b"the shell goes on" in terminal.seen)
    left = terminal.seen.index(b"\x1b[?1049l")
    assert left < terminal.seen.index(b"the shell goes on"), "the alternate screen is left first"
    terminal.until(lambda: b"eginner" in terminal.seen[left:])
    os.write(terminal.parent, b"\x11")
    assert terminal.finish() == 0


def test_ctrl_z_stops_nothing_where_no_shell_could_let_it_go_on(terminal_with: Callable[..., Terminal]) -> None:
    terminal = terminal_with()
    terminal.until(lambda: b"eginner" in terminal.seen)
    os.write(terminal.parent, b"\x1a")
    terminal.until(lambda: b"no shell to go back to" in terminal.seen)
    os.write(terminal.parent, b"\x11")
    assert terminal.finish() == 0


def test_a_terminal_that_is_not_utf8_is_sent_nothing_it_cannot_show(
    terminal_with: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}.items():
        monkeypatch.setenv(name, value)
    terminal = terminal_with()
    terminal.until(lambda: b"eginner" in terminal.seen)
    os.write(terminal.parent, b"\x11")
    assert terminal.finish() == 0
    assert terminal.seen.isascii()
    assert b"\\u" not in terminal.seen
    assert b"\\x" not in terminal.seen
    assert b"----" in terminal.seen, "the line below the heading"


def test_a_window_of_two_columns_shows_one_word_and_what_was_there_comes_back(
    terminal_with: Callable[..., Terminal],
) -> None:
    terminal = terminal_with()
    terminal.until(lambda: b"eginner" in terminal.seen)
    os.write(terminal.parent, b"\x10")  # the palette
    terminal.until(lambda: b"Search" in terminal.seen)
    for columns, rows in ((2, 1), (4, 3)):
        terminal.seen = b""
        terminal.resize(columns, rows)
        terminal.until(lambda: terminal.seen.endswith(b"\x1b[2J\x1b[H" + b"Enlarge"[:columns]))  # noqa: B023 - `until` calls it before the next round
    terminal.seen = b""
    terminal.resize(80, 24)
    terminal.until(lambda: b"Search" in terminal.seen)
    os.write(terminal.parent, b"\x11")
    assert terminal.finish() == 0
