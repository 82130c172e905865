"""What was told when asked: the sections that answers to follow-up questions covered."""

from rehearse.domain.answer import AnswerStatus
from rehearse.history.database import Database


def told_when_asked(database: Database, answer_id: str) -> set[str]:
    """Ids of the sections that finished answers to follow-up questions about an answer cover; raises StoreError."""
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT mark_id FROM answers JOIN marks USING (key) WHERE follow_up_of = ? AND status = ? "
            "AND kind = 'section' AND mark_id = follow_up_section AND state = 'covered'",
            [answer_id, AnswerStatus.FINISHED.value],
        )
        return {row[0] for row in rows}
