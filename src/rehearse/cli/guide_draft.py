"""`rehearse guide draft`: an article's headings and lists as a guide to be finished."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.domain.wording import counted
from rehearse.errors import InputError
from rehearse.files import typed_path

if TYPE_CHECKING:
    from rehearse.guides.library import GuideLibrary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options."""
    parser.add_argument("article", metavar="FILE", help="an article in Markdown")
    parser.add_argument("--id", metavar="ID", help="of the guide (default: made of the article's title)")


def run(library: "GuideLibrary", folder: Path, arguments: argparse.Namespace) -> None:
    """Write the draft into the user's guides; raises InputError."""
    from rehearse.guides.article import read_article
    from rehearse.guides.drafting import draft_text
    from rehearse.guides.own_folder import new_path, write_guide
    from rehearse.guides.template import id_for
    from rehearse.services.answer_files import read_answer

    file = typed_path(arguments.article)
    article = read_article(read_answer(file))
    if not (article.parts or article.before.items):
        raise InputError(
            f"{file} has neither headings of the second level (##) nor lists",
            next_step="Name an article in Markdown, or use `rehearse guide new`.",
        )
    guide_id = arguments.id or id_for(article.title) or id_for(file.stem)
    if not guide_id:
        raise InputError("The article's title makes no id", next_step="Give one: --id my-question.")
    path = new_path(library, folder, guide_id)
    write_guide(path, draft_text(guide_id, article))
    items = sum(len(part.items) for part in article.parts)
    print(
        f"{path}\n{counted(len(article.parts), 'section')} and {counted(items, 'list item')} taken over. "
        f"What is still missing: rehearse guide check {guide_id}"
    )
