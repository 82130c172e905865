"""`rehearse history delete` and `restore`: the trash, and deleting for good."""

import argparse

from rehearse.cli.answer_ids import whole_id
from rehearse.cli.output import print_json
from rehearse.domain.answer import AnswerStatus
from rehearse.history.answers import AnswerFilter, AnswerStore


def add_delete_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `delete`."""
    parser.add_argument("ids", nargs="+")
    parser.add_argument("--forever", action="store_true", help="delete for good, recordings too")
    parser.add_argument("--json", action="store_true")


def add_restore_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `restore`."""
    parser.add_argument("ids", nargs="+")
    parser.add_argument("--json", action="store_true")


def delete(store: AnswerStore, arguments: argparse.Namespace) -> None:
    """Move them to the trash, or delete them for good."""
    # All are known before the first goes: a wrong one among them deletes nothing.
    ids = list(dict.fromkeys(_id_to_delete(store, wanted, forever=arguments.forever) for wanted in arguments.ids))
    for answer_id in ids:
        if arguments.forever:
            store.purge([answer_id], whatever=True)
            said = f"{answer_id} is deleted for good."
        else:
            store.discard(answer_id)
            said = f"{answer_id} is in the trash. `rehearse history restore {answer_id}` brings it back."
        if not arguments.json:
            print(said)
    if arguments.json:
        print_json(ids)


def _id_to_delete(store: AnswerStore, wanted: str, *, forever: bool) -> str:
    """Of a finished answer, one that was cut off, or (for good) one that is in the trash already."""
    also = [answer.id for answer in store.cut_off()]
    if forever:
        also += [row.id for row in store.summaries(AnswerFilter(status=AnswerStatus.DISCARDED))]
    return whole_id(store, wanted, also=also)


def restore(store: AnswerStore, arguments: argparse.Namespace) -> None:
    """Bring them back as they were."""
    ids = list(dict.fromkeys(whole_id(store, wanted, AnswerStatus.DISCARDED) for wanted in arguments.ids))
    for answer_id in ids:
        store.restore(answer_id)
        if not arguments.json:
            print(f"{answer_id} is back.")
    if arguments.json:
        print_json(ids)
