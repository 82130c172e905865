"""Whether a sound file was marked for a question before."""

from datetime import datetime

from rehearse.domain.answer import FILE_DIGEST, AnswerStatus
from rehearse.history.database import Database


def last_marked(database: Database, guide_id: str, scenario_id: str, digest: str) -> datetime | None:
    """When the newest finished answer to a question was made of a file with this digest (UTC); None if none was.

    Raises StoreError. Answers that version 0.1.1 kept have no digest.
    """
    with database.reading() as connection:
        found = connection.execute(
            "SELECT max(created_at) FROM answers JOIN details USING (key) "
            "WHERE guide_id = ? AND scenario_id = ? AND status = ? "
            f"AND CASE WHEN json_valid(settings) THEN json_extract(settings, '$.{FILE_DIGEST}') END = ?",
            [guide_id, scenario_id, AnswerStatus.FINISHED.value, digest],
        ).fetchone()[0]
        return datetime.fromisoformat(found) if found else None
