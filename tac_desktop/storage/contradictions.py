"""Answers that contradict each other: which there are, putting one off, and what records would be with another one."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tac_desktop.casework.alternatives import Alternative
from tac_desktop.casework.journal import decode_sem
from tac_desktop.casework.live import Live, LiveAnswer, contradictions
from tac_desktop.casework.record import Record
from tac_desktop.storage import sameness
from tac_desktop.storage.as_known import alternatives_as_known
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.reading import within


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A field with two or more live answers that differ."""

    case_file: str
    record_id: str
    form: str
    stream: str
    field: str
    """The journal field: for one element of a set 'name/element'."""
    answers: tuple[LiveAnswer, ...]
    """All live answers, the one that is shown first; of a contested deletion all that is said about deleting."""
    postponed_until: str
    """The ISO day until which a person has put it off; '' if nobody has, or other answers have come since."""


class Contradictions:
    """What several people have answered differently."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger of an open store."""
        self._ledger = ledger

    def found(self, case_file: str | None = None) -> list[Conflict]:
        """Return the conflicts of one case file, or of all; a contested deletion is one, of the field `_del`."""
        with self._ledger.reading() as connection:
            where, values = within(self._ledger, case_file)
            found: list[Conflict] = []
            for table in TABLES.values():
                sql = f"SELECT _eid, _id, _stream, _case_file FROM {table.name} WHERE _conflicts IS NOT NULL{where}"
                for eid, record_id, stream, of_case in connection.execute(sql, values).fetchall():
                    for name, several in _contradicting(self._ledger, eid).items():
                        found.append(Conflict(
                            case_file=of_case, record_id=record_id, form=table.form.name, stream=stream, field=name,
                            answers=_answers(self._ledger, several),
                            postponed_until=_postponed(self._ledger, eid, name, several),
                        ))  # fmt: skip
            return found

    def postpone(self, record_id: str, field: str, until: str) -> None:
        """Put the conflict of a journal field off until a day (ISO), in this vault: until then, or till it changes."""
        with self._ledger.writing() as connection:
            rows = connection.execute("SELECT eid FROM entity WHERE uuid = ?", (record_id,)).fetchall()
            for (eid,) in rows:
                if several := _contradicting(self._ledger, eid).get(field):
                    cells = (eid, self._ledger.field(field), until, _told(several))
                    connection.execute("INSERT OR REPLACE INTO postponed VALUES (?, ?, ?, ?)", cells)

    def alternatives(self, records: Sequence[Record], known_on: str) -> list[Alternative]:
        """Return what records, as `Store.records` gave them for a day, would be with each of their other live answers.

        Args:
            records: of one form; those without contradictions have none.
            known_on: the day (ISO).
        """
        if not records:
            return []
        with self._ledger.reading():
            return alternatives_as_known(self._ledger, TABLES[records[0].form], records, known_on)


def _contradicting(ledger: Ledger, eid: int) -> dict[str, list[Live]]:
    return contradictions(ledger.live(sameness.shown_with(ledger, eid)).values())


def _answers(ledger: Ledger, several: list[Live]) -> tuple[LiveAnswer, ...]:
    found: list[LiveAnswer] = []
    for live in several:
        text = ledger.connection.execute("SELECT sem FROM journal WHERE j = ?", (live.j,)).fetchone()[0]
        author = decode_sem(text.encode()).author
        found.append(LiveAnswer(live.cid, live.value, live.hlc, live.rid, author, live.known_on))
    return tuple(found)


def _postponed(ledger: Ledger, eid: int, field: str, several: list[Live]) -> str:
    sql = "SELECT until, cids FROM postponed WHERE eid = ? AND fid = (SELECT fid FROM field WHERE name = ?)"
    row = ledger.connection.execute(sql, (eid, field)).fetchone()
    return row[0] if row and row[1] == _told(several) else ""


def _told(several: Iterable[Live]) -> str:
    return json.dumps(sorted(live.cid for live in several))
