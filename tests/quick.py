"""`make quick`: style, types, and the tests of the packages that were changed since the last commit.

make quick                     what git says was changed
make quick PACKAGES="quiz ui"  these
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"


def changed_files() -> list[str]:
    """Paths that differ from the last commit, new ones too."""
    told = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [line[3:].split(" -> ")[-1].strip('"') for line in told.stdout.splitlines()]


def packages_of(files: Iterable[str]) -> list[str]:
    """The packages of `src/rehearse` and of `tests/unit` that the files belong to; a module of its own is one too."""
    found: dict[str, None] = {}
    for path in map(Path, files):
        match path.parts:
            case ("src", "rehearse", part, *_) | ("tests", "unit", part, *_):
                found[part.removesuffix(".py").removeprefix("test_")] = None
            case ("tests", "ui", *_) | ("tests", "snapshots", *_):
                found["ui"] = None
            case ("content", *_):
                found["guides"] = None
            case _:
                pass
    return list(found)


def paths_of(packages: Iterable[str]) -> list[str]:
    """Files and folders of tests, relative to the root: what imports stands beside what is imported, not above it."""
    wanted: dict[str, None] = {}
    for package in packages:
        for path in (TESTS / "unit" / package, TESTS / "unit" / f"test_{package}.py"):
            if path.exists():
                wanted[str(path.relative_to(ROOT))] = None
        if package == "ui":
            wanted["tests/ui"] = None
    return list(wanted)


def main(packages: list[str]) -> int:
    """Check and test; the exit status of what failed first."""
    paths = paths_of(packages or packages_of(changed_files()))
    commands = [["ruff", "check", "."], ["mypy"], ["lint-imports"]]
    if paths:
        commands.append(["pytest", "-q", "-n", "auto", "--maxprocesses", "4", *paths])
    else:
        print("No package was changed; naming some runs their tests: make quick PACKAGES=quiz")
    for command in commands:
        print("$", *command, flush=True)
        program = Path(sys.executable).parent / command[0]
        status = subprocess.run([program, *command[1:]], cwd=ROOT, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
