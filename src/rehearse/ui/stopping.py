"""Stopping the app like any job of a shell (ctrl+z), to go on with `fg`."""

import os
import signal


def can_be_stopped() -> bool:
    """Whether there is a shell that notices the stop and can let the app go on.

    Without one, as where the app is the window's only program, nothing would ever wake it up again.
    """
    if not hasattr(signal, "SIGTSTP"):
        return False
    group, session = os.getpgrp(), os.getsid(0)
    if group == session:  # began the session itself, or was begun by what did: nobody looks after the group
        return False
    if group != os.getpid():
        return True  # part of a job, under make for example
    try:
        return os.getsid(os.getppid()) == session
    except OSError:
        return False


def stop_job() -> None:
    """Stop all of the job, as the terminal does for ctrl+z: a shell waits for make, too, when make has started us."""
    os.killpg(os.getpgrp(), signal.SIGTSTP)
