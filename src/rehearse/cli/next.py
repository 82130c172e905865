"""`rehearse next`: what to drill next, in the line that the home screen has, but whole."""

import argparse
from datetime import UTC, datetime

from rehearse.cli.output import print_json

NOTHING = "Next: your first answer. Run `rehearse` and press enter."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("--json", action="store_true", help="guide, scenario and reason as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from rehearse.cli.app import studio_for_command

    studio = studio_for_command()
    drill = studio.next_drill(datetime.now(UTC))
    line = drill.line() if drill else NOTHING
    if not arguments.json:
        print(line)
    else:
        found = drill.suggestion if drill else None
        print_json(
            {
                "line": line,
                "guide": found.guide_id if found else None,
                "scenario": found.scenario_id if found else None,
                "section": found.section_id if found else None,
                "mistake": found.mistake_id if found else None,
                "why": found.why if found else None,
            }
        )
    studio.close()
    return 0
