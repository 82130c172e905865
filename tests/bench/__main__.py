"""Speed and accuracy, as tables: `python -m tests.bench [PART ...] [--quick | --full]`."""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.tables import machine, note

MODELS = ("tiny.en", "base", "auto")


def _speech(cache: Path, chosen: argparse.Namespace) -> None:
    from tests.bench import speech

    speech.run(cache, chosen.model, quick=chosen.quick, full=chosen.full, texts=chosen.texts)


def _people(cache: Path, chosen: argparse.Namespace) -> None:
    from tests.bench import people

    people.run(cache, chosen.model, quick=chosen.quick, full=chosen.full, texts=chosen.texts)


def _latency(cache: Path, chosen: argparse.Namespace) -> None:
    from tests.bench import latency

    latency.run(cache, chosen.model if chosen.full else chosen.model[:1], quick=chosen.quick, full=chosen.full)


def _invented(cache: Path, chosen: argparse.Namespace) -> None:
    from tests.bench import invented

    invented.run(cache, chosen.model if chosen.full else chosen.model[:1], quick=chosen.quick, full=chosen.full)


def _coverage(cache: Path, chosen: argparse.Namespace) -> None:
    from tests.bench import coverage

    coverage.run(cache, quick=chosen.quick, full=chosen.full)


def _startup(cache: Path, chosen: argparse.Namespace) -> None:
    from tests.bench import startup

    startup.run(quick=chosen.quick, full=chosen.full)


def _load(cache: Path, chosen: argparse.Namespace) -> None:
    from tests.bench import load

    load.run(cache, chosen.model if chosen.full else chosen.model[:1], quick=chosen.quick, full=chosen.full)


def _replay(cache: Path, chosen: argparse.Namespace) -> None:
    del cache
    from tests.bench import replay

    replay.run(quick=chosen.quick, full=chosen.full)


def _history(cache: Path, chosen: argparse.Namespace) -> None:
    from tests.bench import history

    print("\n### History\n\n```")
    history.main(1000 if chosen.quick else 10_000)
    print("```")


def _screens(cache: Path, chosen: argparse.Namespace) -> None:
    del cache
    from tests.bench import screens

    screens.run(quick=chosen.quick, full=chosen.full)


def _voice(cache: Path, chosen: argparse.Namespace) -> None:
    del cache
    from tests.bench import voice

    voice.run(quick=chosen.quick)


PARTS: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    "speech": _speech,
    "people": _people,
    "latency": _latency,
    "invented": _invented,
    "coverage": _coverage,
    "startup": _startup,
    "load": _load,
    "replay": _replay,
    "history": _history,
    "screens": _screens,
    "voice": _voice,
}


def main() -> None:
    """Run the parts that were asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="just see whether it works: little of everything")
    parser.add_argument("--full", action="store_true", help="more of everything, long answers at speaking speed")
    parser.add_argument("--model", action="append", choices=MODELS, help="speech models to compare; both by default")
    parser.add_argument("--texts", type=Path, metavar="FOLDER", help="write every transcript there")
    chosen = parser.parse_args()
    for part in chosen.parts:
        if part not in PARTS:
            parser.error(f"there is no part “{part}”; known are {', '.join(PARTS)}")
    chosen.model = chosen.model or list(MODELS[:1] if chosen.quick else MODELS)
    with tempfile.TemporaryDirectory(prefix="rehearse-bench-") as folder:
        os.environ["REHEARSE_HOME"] = folder
        note(f"Measured {machine()}.")
        for part in chosen.parts or PARTS:
            PARTS[part](Path(folder) / "cache", chosen)


if __name__ == "__main__":
    main()
