"""A disk of a few megabytes of its own, that can be filled and made read-only."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import IN_CI


class SmallDisk:
    """A mounted tmpfs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fill(self) -> None:
        """Leave no byte of room."""
        size = 1024 * 1024
        with (self.path / "filling").open("ab", buffering=0) as file:
            while size:
                try:
                    file.write(bytes(size))
                except OSError:
                    size //= 2
        assert shutil.disk_usage(self.path).free == 0

    def empty(self) -> None:
        """Give back what `fill` took."""
        (self.path / "filling").unlink()

    def protect(self) -> None:
        """Let nothing be written any more."""
        subprocess.run(["mount", "-o", "remount,ro", self.path], check=True, timeout=20)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Two megabytes; where none can be mounted the test is left out, but not in CI."""
    if sys.platform != "linux":
        pytest.skip("small disks are mounted on Linux only")
    path = tmp_path / "disk"
    path.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", path],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    if done.returncode:
        if IN_CI:
            pytest.fail(f"no small disk could be mounted, and in CI these tests must run: {done.stderr}")
        pytest.skip("a small disk can't be mounted here; run as root to have these tests")
    yield SmallDisk(path)
    subprocess.run(["umount", "-l", path], check=True, timeout=20)
