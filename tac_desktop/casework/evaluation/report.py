"""The evaluation report: every table and statement of the two interim reports, counted as known on a day."""

from collections.abc import Sequence
from typing import TypedDict

from tac_desktop.casework.alternatives import Alternative
from tac_desktop.casework.evaluation.added_tables import TABLES as ADDED
from tac_desktop.casework.evaluation.contested import MOST_WORK, Contested, mark_contested
from tac_desktop.casework.evaluation.evidence import Evidence
from tac_desktop.casework.evaluation.report_1_statements import STATEMENTS_1
from tac_desktop.casework.evaluation.report_1_tables import TABLES as TABLES_1
from tac_desktop.casework.evaluation.report_2_statements import STATEMENTS_2
from tac_desktop.casework.evaluation.report_2_tables import TABLES as TABLES_2
from tac_desktop.casework.evaluation.statement import CountedStatement, Statement
from tac_desktop.casework.evaluation.table import CountedTable, Table


class EvaluationReport(TypedDict):
    """The report as it is handed on: nothing in it names a person."""

    as_of: str
    prison: str
    """The prison whose cases alone were counted, '' where all were."""
    tables: list[CountedTable]
    statements: list[CountedStatement]
    contradictions: Contested


def evaluate(
    evidence: Evidence, alternatives: Sequence[Alternative] = (), *, most_work: int = MOST_WORK
) -> EvaluationReport:
    """Count every table and statement that the evidence can tell.

    Figures that rest on an open contradiction are marked: those that one of the `alternatives` would change
    (`mark_contested`).

    What would need forms that the reader may not see is left out, not counted as zero. For one prison alone, what
    speaks of another prison or only of the whole service is left out; so is the offence profile, which the reports
    never split (counting rules, 10).
    """
    tables = [table for table in (*TABLES_1, *TABLES_2, *ADDED) if _can_tell(evidence, table)]
    statements = [
        statement
        for statement in (*STATEMENTS_1, *STATEMENTS_2)
        if _can_tell(evidence, statement) and evidence.prison in ("", statement.prison or evidence.prison)
    ]
    counted_tables = [table.count(evidence) for table in tables]
    counted_statements = [statement.count(evidence) for statement in statements]
    by_id = {counted["id"]: counted for counted in (*counted_tables, *counted_statements)}
    return {
        "as_of": evidence.as_of,
        "prison": evidence.prison,
        "tables": counted_tables,
        "statements": counted_statements,
        "contradictions": mark_contested(by_id, evidence, (*tables, *statements), alternatives, most_work),
    }


def _can_tell(evidence: Evidence, wanted: "Table[object] | Statement") -> bool:
    seen = all(form in evidence.records for form in wanted.needs)
    return seen and not (evidence.prison and wanted.whole_service)
