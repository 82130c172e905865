"""`rehearse guide`: list, check and begin guides."""

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from rehearse.cli import guide_check, guide_draft, guide_exchange, guide_new
from rehearse.cli.columns import terminal_width
from rehearse.cli.output import print_json
from rehearse.domain.shown import shown, shown_line
from rehearse.errors import InputError
from rehearse.settings import find_places

if TYPE_CHECKING:
    from rehearse.guides.library import GuideLibrary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="all guides, shipped and your own")
    listing.add_argument("--json", action="store_true")
    guide_check.add_arguments(
        actions.add_parser("check", help="every problem of a guide, with its place and what to write instead")
    )
    guide_new.add_arguments(actions.add_parser("new", help="begin a guide of your own; asks, on a terminal"))
    guide_draft.add_arguments(actions.add_parser("draft", help="begin a guide from an article's headings and lists"))
    show = actions.add_parser("show", help="read a guide: what is asked, how to build the answer, what ruins it")
    show.add_argument("id", metavar="ID")
    show.add_argument("--chapter", metavar="ID", help="one chapter: question, framework, section:ID, mistake:ID, ...")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="as Markdown")
    form.add_argument("--json", action="store_true")
    guide_exchange.add_export_arguments(actions.add_parser("export", help="a guide as one file, to be passed on"))
    guide_exchange.add_import_arguments(actions.add_parser("import", help="take in a guide that was passed on"))
    actions.add_parser("schema", help="the JSON schema, for editors")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    from rehearse.guides.library import GuideLibrary

    places = find_places()
    library = GuideLibrary(places.guides)
    match arguments.action:
        case "list":
            _list(library, as_json=arguments.json)
        case "check":
            return guide_check.run(library, places.guides, arguments)
        case "show":
            _show(library, arguments)
        case "export":
            guide_exchange.export(library, arguments)
        case "import":
            guide_exchange.import_(library, places.create().guides, arguments)
        case "draft":
            guide_draft.run(library, places.create().guides, arguments)
        case "new":
            guide_new.run(library, places.create().guides, arguments)
        case _:
            print_json(library.schema())
    return 0


def _list(library: "GuideLibrary", *, as_json: bool) -> None:
    rows = library.summaries()
    if as_json:
        print_json([asdict(row) | {"path": str(row.path)} for row in rows])
        return
    for row in rows:
        print(shown_line(f"{row.id:<24} {row.title}{'  (yours: ' + str(row.path) + ')' if row.own else ''}"))
        if row.problem:
            print(shown_line(f"  ✘ {row.problem}"))


def _show(library: "GuideLibrary", arguments: argparse.Namespace) -> None:
    from rehearse.guides.chapters import chapters
    from rehearse.guides.pages import as_json, as_markdown, as_plain

    guide = library.load(arguments.id)
    pages = chapters(guide)
    if arguments.chapter is not None:
        known = ", ".join(page.id for page in pages)
        wanted = arguments.chapter.casefold()
        pages = tuple(page for page in pages if wanted in (page.id, page.id.partition(":")[2], page.title.casefold()))
        if not pages:
            raise InputError(f"There is no chapter “{arguments.chapter}”", next_step=f"Known are: {known}.")
    if arguments.json:
        print_json(as_json(guide, pages))
    else:
        print(
            shown(as_markdown(guide, pages) if arguments.markdown else as_plain(guide, pages, width=terminal_width()))
        )
