"""A real browser without a window, driven through a pair of pipes by the DevTools protocol: no socket is needed."""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PATIENCE = 60.0
"""Seconds that anything may take on a busy machine."""


def find_browser() -> str:
    """The command of a browser of Chromium's family; skips the test where there is none, but never in CI."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    if os.environ.get("CI"):
        pytest.fail("no browser is installed, and in CI the test of the page must run")
    pytest.skip(f"no browser is installed (looked for {', '.join(NAMES)})")


class Page:
    """One page of a browser."""

    def __init__(self, ask: int, answer: int) -> None:
        self._ask, self._answer = ask, answer
        self._number, self._rest = 0, b""
        self.events: list[dict[str, Any]] = []
        """What the browser told without being asked."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for part in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{part}.enable")

    _session = ""

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What a method of the protocol gives back."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._ask, json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._number:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result
            self.events.append(told)

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._answer], [], [], max(0.0, until - time.monotonic()))
            assert ready, "the browser is silent"
            piece = os.read(self._answer, 1 << 16)
            assert piece, "the browser has gone"
            self._rest += piece
        said, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(said)
        return told

    def until(self, method: str, fits: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """The parameters of the first event of that name that fits, whether it has come already or is still to come."""
        seen = 0
        while True:
            for event in self.events[seen:]:
                if event.get("method") == method and fits(event["params"]):
                    parameters: dict[str, Any] = event["params"]
                    return parameters
            seen = len(self.events)
            self.events.append(self._next())

    def open(self, path: Path) -> None:
        """Show a file, as a double click on it would; one after another, too."""
        self.events = [one for one in self.events if one.get("method") != "Page.loadEventFired"]
        self.call("Page.navigate", url=path.as_uri())
        self.until("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of an expression in the page; a promise is waited for."""
        told = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def press(self, key: str, text: str = "") -> None:
        """A key on the keyboard."""
        codes = {"Tab": 9, " ": 32, "ArrowRight": 39, "ArrowDown": 40}
        for kind in ("keyDown", "keyUp"):
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=codes[key], **extra)

    def looks(self, width: int, height: int, *, dark: bool = False, phone: bool = False) -> None:
        """Another window, and other wishes of its user."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
        wish = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[wish])

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])


@contextmanager
def open_browser(profile: Path) -> Iterator[Page]:
    """A browser with a profile of its own and no way to any network."""
    if sys.platform == "win32":
        pytest.skip("pipes with fixed numbers are POSIX's")
    command = [
        find_browser(), "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}", "--no-first-run",
        "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
        "--disable-extensions", "--mute-audio", "--host-resolver-rules=MAP * ~NOTFOUND",
    ]  # fmt: skip
    if os.geteuid() == 0:
        command.append("--no-sandbox")
    asked, answered = os.pipe(), os.pipe()
    # The protocol wants descriptors 3 and 4; a shell puts them there, whatever numbers the pipes have here.
    moved = 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"'
    browser = subprocess.Popen(
        ["bash", "-c", moved, "browser", str(asked[0]), str(answered[1]), *command],
        pass_fds=(asked[0], answered[1]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(asked[0])
    os.close(answered[1])
    try:
        page = Page(asked[1], answered[0])
        yield page
        page.call("Page.close")
    finally:
        os.close(asked[1])  # which ends it
        try:
            browser.wait(10)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(browser.pid, 9)
            browser.wait()
        os.close(answered[0])
