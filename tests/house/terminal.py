"""A terminal for tests to drive: what a person would type goes in, what they would see comes out."""

import os
import select
import signal
import struct
import subprocess
import time
from collections.abc import Callable
from functools import partial

LEAVE = "\x11"
"""Control and q."""


class Terminal:
    """A program in a pseudo-terminal of 80x24.

    Args:
        command: what is run.
        environment: all of it.
        error: file descriptor for its standard error; the terminal by default.
        job: the terminal controls it, as it does a shell.
    """

    def __init__(
        self, command: list[str], environment: dict[str, str], *, error: int | None = None, job: bool = False
    ) -> None:
        import fcntl
        import pty
        import termios

        self.parent, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=child,
            stdout=child,
            stderr=child if error is None else error,
            env=environment,
            preexec_fn=partial(os.login_tty, child) if job else None,  # noqa: PLW1509 - there are no threads here
            start_new_session=not job,
        )
        os.close(child)
        self.seen = b""

    def until(self, true: Callable[[], bool], seconds: float = 60.0) -> None:
        """Read on until it holds."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, self.seen[-2000:]
            if select.select([self.parent], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self.parent, 65536)
                except OSError:  # the other end was closed
                    time.sleep(0.05)

    def finish(self) -> int:
        """The exit status, once all was read."""
        self.until(lambda: self.process.poll() is not None)
        try:
            while select.select([self.parent], [], [], 0.2)[0]:
                self.seen += os.read(self.parent, 65536)
        except OSError:
            pass
        os.close(self.parent)
        return self.process.returncode

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        import fcntl
        import termios

        fcntl.ioctl(self.parent, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def send(self, keys: str) -> None:
        """Type them."""
        os.write(self.parent, keys.encode())

    def close(self) -> None:
        """End it at once, if it still runs."""
        self.process.kill()
        self.process.wait(10)
