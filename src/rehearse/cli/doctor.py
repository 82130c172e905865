"""`rehearse doctor`: what is fine on this machine, and how to mend what isn't."""

import argparse
import sys

from rehearse.cli.output import print_json
from rehearse.domain.shown import shown_line
from rehearse.services.health import Finding, check_health

_GLYPHS = {"fine": "✔", "note": "◐", "broken": "✘"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument(
        "--repair",
        action="store_true",
        help="set a corrupt store aside, recover what can be read, find recordings again",
    )
    parser.add_argument(
        "--forget-telemetry",
        action="store_true",
        help="delete the device id and the events that onnxruntime kept while its telemetry was on (before 0.1.1)",
    )
    parser.add_argument("--json", action="store_true", help="findings as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Examine, print, and exit with 1 if something is broken."""
    from rehearse.settings import find_places

    places = find_places()
    if arguments.repair:
        from rehearse.services.repair import repair_all

        print(repair_all(places, _tell), file=sys.stderr if arguments.json else sys.stdout)
    if arguments.forget_telemetry:
        forget_telemetry()
    findings = check_health(places)
    if arguments.json:
        from dataclasses import asdict

        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            print(_line(finding))
    return 1 if any(finding.state == "broken" for finding in findings) else 0


def forget_telemetry() -> None:
    """Delete what onnxruntime left in the cache folder, and say what went."""
    from rehearse.offline import find_traces, remove_traces

    folder = find_traces()
    if folder is None:
        print("There is nothing of onnxruntime's telemetry here.", file=sys.stderr)
        return
    for path in remove_traces(folder):
        print(f"Deleted {path}", file=sys.stderr)


def _tell(step: str) -> None:
    """Which step has begun, for people who wait for it."""
    if sys.stderr.isatty():
        print(f"{step} …", file=sys.stderr)


def _line(finding: Finding) -> str:
    mend = f"\n    → {shown_line(finding.mend)}" if finding.mend else ""
    return f"{_GLYPHS[finding.state]} {finding.part:<18} {shown_line(finding.said)}{mend}"
