"""`rehearse demo`: a whole rehearsal by a synthesised candidate, through the real pipeline."""

import argparse
import sys
from typing import TYPE_CHECKING

from rehearse.cli.choosing import add_guide_options, chosen
from rehearse.services.studio import Studio

if TYPE_CHECKING:
    from rehearse.ui.destinations import Destination

STARTED = "Rehearsing with a synthesised candidate; it takes about a minute ..."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    add_guide_options(parser)
    parser.add_argument("--headless", action="store_true", help="print the final panel as text and exit")


def run(arguments: argparse.Namespace) -> int:
    """In the app, or headless as fast as it goes."""
    from rehearse.cli.app import run_app, studio_for_command

    if not arguments.headless:

        def first(studio: Studio) -> "Destination":
            from rehearse.ui.destinations import Demo

            return Demo(*chosen(studio, arguments))

        return run_app(
            device=arguments.device,
            model=arguments.app_model,
            first=first,
            instead="rehearse demo --headless",
        )
    studio = studio_for_command(model=arguments.app_model)
    try:
        print(headless_panel(studio, arguments))
    finally:
        studio.close()
    return 0


def headless_panel(studio: Studio, arguments: argparse.Namespace) -> str:
    """Rehearse without a screen; the final panel."""
    from rehearse.cli.panel import panel_text
    from rehearse.services.unattended import keep_demo

    guide, scenario = chosen(studio, arguments)
    _ = studio.equipment.store  # what can't be read is said first: an error stays one sentence by itself
    studio.equipment.voice().check()
    print(STARTED, file=sys.stderr, flush=True)
    return panel_text(guide, keep_demo(studio, guide, scenario))
