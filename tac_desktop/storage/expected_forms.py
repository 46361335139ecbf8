"""Of which case files whole forms are missing that each is expected to have, counted and listed by prison."""

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.completeness import EXPECTED_FORMS, Recorded, Since
from tac_desktop.casework.dues.referrals import WITH_THE_SERVICE
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.form_tables import TABLES

_PATHWAYS: Final = ", ".join(f"'{code}'" for code in WITH_THE_SERVICE)


def _is_there(form: str, condition: str = "") -> str:
    """Return the condition that a case file has a record of a form."""
    table = TABLES[form].name
    return f"EXISTS (SELECT 1 FROM {table} f WHERE f._case_file = c.case_file AND NOT f._deleted{condition})"


_SINCE: Final[Mapping[Since, str]] = MappingProxyType({
    "referred": "1",
    "taken_on": f"({_is_there('referral', f' AND f.pathway IN ({_PATHWAYS})')} OR {_is_there('episode')})",
    "closed": f"({_is_there('episode', ' AND f.closed IS NOT NULL')}"
    f" AND NOT {_is_there('episode', ' AND f.closed IS NULL')})",
})  # fmt: skip
_OPEN: Final = "c.case_file NOT IN (SELECT value FROM json_each(?))"


def recorded(connection: Connection, without: Iterable[str]) -> list[Recorded]:
    """Return of how many case files that are expected to have a form there is a record of it, by prison.

    Args:
        connection: Of the database.
        without: None of these case files.
    """
    found: list[Recorded] = []
    for form, since in EXPECTED_FORMS.items():
        sql = (
            f"SELECT c.prison, count(*), sum({_is_there(form)}) FROM caseload c WHERE {_SINCE[since]} AND {_OPEN}"
            " GROUP BY c.prison ORDER BY c.prison"
        )
        for prison, files, there in connection.execute(sql, (json.dumps(sorted(without)),)):
            found.append(Recorded(prison=prison, form=form, field="", records=files, answered=there, not_known=0))
    return found


def missing_in(connection: Connection, form: str, prison: str, without: Iterable[str]) -> Iterator[str]:
    """Yield the case files of one prison that are expected to have a form and have no record of it, by her name."""
    sql = (
        f"SELECT c.case_file FROM caseload c WHERE {_SINCE[EXPECTED_FORMS[form]]} AND NOT {_is_there(form)}"
        f" AND c.prison = ? AND {_OPEN} ORDER BY c.name, c.case_file"
    )
    for (case_file,) in connection.execute(sql, (prison, json.dumps(sorted(without)))):
        yield case_file
