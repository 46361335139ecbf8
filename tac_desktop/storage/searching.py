"""Search as you type: which records hold the words, with what a list of hits shows of each."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass

from tac_desktop.casework.fields import Narrative, ShortText
from tac_desktop.casework.record import Record
from tac_desktop.storage import search_index
from tac_desktop.storage.form_tables import TABLES, search_eid
from tac_desktop.storage.ledger import Ledger

_BEFORE = 40
_AFTER = 120


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A record that holds the words that were looked for."""

    record: Record
    by_name: bool
    """Whether a name was found; otherwise a note."""
    mother: str
    """The name of the mother to whose case file it belongs, '' for other files."""
    excerpt: str
    """The text around the first word found."""


def search(ledger: Ledger, typed: str, limit: int, forms: Collection[str] | None) -> list[Hit]:
    """Return the records that hold the words typed; see `Store.search`."""
    found: dict[int, bool] = {}
    for by_name, row in search_index.find(ledger.connection, typed, limit if forms is None else 4 * limit):
        found.setdefault(search_eid(row), by_name)
    kinds = _forms(ledger, found)
    wanted = [eid for eid in found if eid in kinds and (forms is None or kinds[eid] in forms)][:limit]
    records = _records(ledger, {eid: kinds[eid] for eid in wanted})
    mothers = _mothers(ledger, {record.case_file for record in records.values()})
    return [
        Hit(
            record=records[eid], by_name=found[eid], mother=mothers.get(records[eid].case_file, ""),
            excerpt=excerpt(records[eid], typed),
        )
        for eid in wanted if eid in records
    ]  # fmt: skip


def _forms(ledger: Ledger, eids: Collection[int]) -> dict[int, str]:
    sql = "SELECT eid, form FROM entity WHERE eid IN (SELECT value FROM json_each(?))"
    return dict(ledger.connection.execute(sql, (json.dumps(list(eids)),)))


def _records(ledger: Ledger, kinds: dict[int, str]) -> dict[int, Record]:
    by_form: dict[str, list[int]] = {}
    for eid, form in kinds.items():
        by_form.setdefault(form, []).append(eid)
    found: dict[int, Record] = {}
    for form, eids in by_form.items():
        table = TABLES[form]
        sql = f"{table.select_sql} WHERE _eid IN (SELECT value FROM json_each(?))"
        for row in ledger.connection.execute(sql, (json.dumps(eids),)):
            found[row[0]] = table.record(row)
    return found


def _mothers(ledger: Ledger, case_files: Collection[str]) -> dict[str, str]:
    sql = "SELECT case_file, name FROM caseload WHERE case_file IN (SELECT value FROM json_each(?))"
    return dict(ledger.connection.execute(sql, (json.dumps(list(case_files)),)))


def excerpt(record: Record, typed: str) -> str:
    """Return the text around the first of the typed words in a record's texts, or the beginning of one of them."""
    words = [re.escape(word) for word in re.findall(r"\w+", typed)]
    pattern = re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)
    form = TABLES[record.form].form
    texts = [record.text(field.name) for field in form.fields if isinstance(field, ShortText | Narrative)]
    for text in texts:
        if found := pattern.search(text):
            return _around(text, found.start())
    return next((_around(text, 0) for text in texts if text), "")


def _around(text: str, at: int) -> str:
    start, end = max(0, at - _BEFORE), min(len(text), at + _AFTER)
    shown = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}"
