"""Answers to one question that were made of the same file."""

from datetime import datetime
from sqlite3 import Connection

from rehearse.domain.answer import FILE_DIGEST, AnswerStatus, Source
from rehearse.history.database import Database
from rehearse.history.listing import WHOLE

_DIGEST = f"CASE WHEN json_valid(settings) THEN json_extract(settings, '$.{FILE_DIGEST}') END"


def last_marked(database: Database, guide_id: str, scenario_id: str, digest: str) -> datetime | None:
    """When the newest finished answer to a question was made of a file with this digest (UTC); None if none was.

    Raises StoreError. Answers that version 0.1.1 kept have no digest.
    """
    with database.reading() as connection:
        found = connection.execute(
            "SELECT max(created_at) FROM answers JOIN details USING (key) "
            f"WHERE guide_id = ? AND scenario_id = ? AND status = ? AND {_DIGEST} = ?",
            [guide_id, scenario_id, AnswerStatus.FINISHED.value, digest],
        ).fetchone()[0]
        return datetime.fromisoformat(found) if found else None


def copies(connection: Connection, guide_id: str | None = None) -> list[int]:
    """Keys of finished answers, to a guide or to all, that are no further attempts: an earlier answer to the question
    was made of the same file. Of those the first that was judged counts.

    The digests stand behind the transcripts, so that this takes long: ask once for all guides. What came from a
    microphone isn't looked at.
    """
    asked, parameters = ("", []) if guide_id is None else ("guide_id = ? AND ", [guide_id])
    rows = connection.execute(
        f"SELECT key FROM (SELECT answers.key, row_number() OVER (PARTITION BY guide_id, scenario_id, {_DIGEST} "
        "ORDER BY sections_total = 0, created_at, id) AS number "
        f"FROM answers JOIN details USING (key) WHERE {asked}status = ? AND source IN (?, ?) "
        f"AND {_DIGEST} IS NOT NULL AND {WHOLE}) WHERE number > 1",
        [*parameters, AnswerStatus.FINISHED.value, Source.FILE.value, Source.TYPED.value],
    )
    return [row[0] for row in rows]
