"""`rehearse model`: which speech models there are, and how one gets here."""

import argparse
import sys

from rehearse.cli.output import print_error, print_json, redraw
from rehearse.errors import RehearseError
from rehearse.settings import find_places, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="names, sizes, and how fast each is on this machine")
    listing.add_argument("--json", action="store_true")
    download = actions.add_parser("download", help="fetch a larger model; the only command that uses the network")
    download.add_argument("name", metavar="NAME", help="as `rehearse model list` shows it")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    places = find_places().create()
    if arguments.action == "list":
        return _list(as_json=arguments.json)
    from rehearse.speech.models import download

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            redraw(f"{arguments.name}: {done / 2**20:.0f} of {total / 2**20:.0f} MiB")

    path = download(arguments.name, models=places.models, progress=progress)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    _measure(arguments.name)
    print(f"{arguments.name} is at {path}. Choose it under settings, or with --model {arguments.name}.")
    return 0


def _measure(name: str) -> None:
    """Measure a model that is here; one that can't be loaded stays unmeasured, and says why."""
    from rehearse.services.model_choice import measure_model

    print(f"Measuring how fast {name} is on this machine ...", file=sys.stderr)
    try:
        measure_model(find_places(), name)
    except RehearseError as error:
        print_error(error)


def _list(*, as_json: bool) -> int:
    from rehearse.services.model_choice import models_used
    from rehearse.speech.models import list_models

    places = find_places()
    rows = list_models(places.models, cache=places.cache)
    unmeasured = [row.name for row in rows if row.installed and row.real_time_factor is None]
    for name in unmeasured:
        _measure(name)
    if unmeasured:
        rows = list_models(places.models, cache=places.cache)
    used = models_used(places, load_settings(places.config).model)
    if as_json:
        from dataclasses import asdict

        print_json([asdict(row) | {"in_use": row.name in used} for row in rows])
        return 0
    for row in rows:
        mark = "▸" if row.name in used else " "
        here = "here" if row.installed else f"rehearse model download {row.name}"
        print(f"{mark} {row.name:<20} {row.megabytes:>6.0f} MB  {row.speed:<44} {here}")
    return 0
