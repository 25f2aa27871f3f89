"""What is asked of the database: whatever version of Messages wrote it, and never for text."""

from collections.abc import Mapping, Set

# A tapback names part and message: p:0/GUID; bp:GUID of what is shown in a bubble of its own.
_TARGET = """CASE
    WHEN substr(m.associated_message_guid, 1, 2) = 'p:'
    THEN substr(m.associated_message_guid, instr(m.associated_message_guid, '/') + 1)
    WHEN substr(m.associated_message_guid, 1, 3) = 'bp:'
    THEN substr(m.associated_message_guid, 4)
    ELSE m.associated_message_guid END"""

# A message is in one chat as a rule; where two were joined it may be in both.
_CHAT = """LEFT JOIN
    (SELECT message_id, min(chat_id) AS chat_id FROM chat_message_join GROUP BY message_id) AS j
    ON j.message_id = m.ROWID"""

FIRST_TAPBACK, FIRST_REMOVED, LAST_REMOVED = 2000, 3000, 3999
_FIRST_MARK = 1000  # stickers, tapbacks, votes: not messages
_NONE_OF = ("item_type", "is_spam", "is_auto_reply", "is_system_message", "date_retracted")

OWN = "SELECT DISTINCT destination_caller_id FROM message LIMIT 100"
OWN_IN_CHATS = "SELECT DISTINCT account_login FROM chat LIMIT 100"
ONE_PERSON = """SELECT person_centric_id, id FROM handle
    WHERE person_centric_id > '' ORDER BY person_centric_id, id"""
CHAT = "SELECT guid, chat_identifier FROM chat WHERE ROWID = ?"
MEMBERS = """SELECT h.id FROM chat_handle_join AS j JOIN handle AS h ON h.ROWID = j.handle_id
    WHERE j.chat_id = ? LIMIT 1000"""


def messages(columns: Mapping[str, Set[str]]) -> str:
    """Messages: row, guid, date, whether the owner's, handle, chat.

    Then guid, whether the owner's, and handle of the message it answers. Group actions, tapbacks,
    spam, automatic answers, what was taken back, and what could not be sent or waits for its time
    are not among them.
    """
    have = columns["message"]
    kept = [
        f"{_plain(have, 'associated_message_type')} < {_FIRST_MARK}",
        *(f"{_plain(have, name)} = 0" for name in _NONE_OF),
        f"NOT (m.is_from_me = 1 AND {_plain(have, 'is_sent', 1)} = 0"
        f" AND ({_plain(have, 'error')} <> 0 OR {_plain(have, 'schedule_type')} <> 0))",
    ]
    answered = "m.thread_originator_guid" if "thread_originator_guid" in have else "NULL"
    return f"""SELECT m.ROWID, m.guid, m.date, m.is_from_me, h.id, j.chat_id,
            o.guid, o.is_from_me, oh.id
        FROM message AS m LEFT JOIN handle AS h ON h.ROWID = m.handle_id {_CHAT}
        LEFT JOIN message AS o ON o.guid = {answered}
        LEFT JOIN handle AS oh ON oh.ROWID = o.handle_id
        WHERE {" AND ".join(kept)}"""


def tapbacks(columns: Mapping[str, Set[str]]) -> str:
    """The last tapback of each person on each message: row, date, type, whether the owner's.

    Then handle and chat; guid, whether the owner's, and handle of the message. Empty where the
    database is older than tapbacks.
    """
    if not {"associated_message_type", "associated_message_guid"} <= columns["message"]:
        return ""
    return f"""SELECT m.ROWID, max(m.date), m.associated_message_type, m.is_from_me, h.id,
            j.chat_id, o.guid, o.is_from_me, oh.id
        FROM message AS m LEFT JOIN handle AS h ON h.ROWID = m.handle_id {_CHAT}
        JOIN message AS o ON o.guid = {_TARGET}
        LEFT JOIN handle AS oh ON oh.ROWID = o.handle_id
        WHERE m.associated_message_type BETWEEN {FIRST_TAPBACK} AND {LAST_REMOVED}
        GROUP BY o.ROWID, CASE WHEN m.is_from_me = 1 THEN '' ELSE lower(h.id) END"""


def _plain(have: Set[str], name: str, absent: int = 0) -> str:
    return f"coalesce(m.{name}, {absent})" if name in have else str(absent)
