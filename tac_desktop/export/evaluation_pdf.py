"""The evaluation's tables and statements as a paper, through the same engine as everything else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

from tac_desktop.casework.evaluation.contested import MARK, NOTHING_CONTESTED, contested_in_words
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.export.document import (
    Block,
    Column,
    Document,
    Heading,
    Look,
    Numbering,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
)

Report: TypeAlias = Mapping[str, Any]
"""The report as `report evaluation --json` prints it: {"as_of", "tables": [...], "statements": [...]} (COMMANDS.md)."""

ACROSS = 7
"""So many columns of numbers fit beside the row's label; a table with more goes on below."""
NOT_SHOWN = "*"
"""Stands for a number that disclosure control holds back, or that was not counted."""


def evaluation_document(report: Report, issued_on: str, *, released: bool = False, about: str = "") -> Document:
    """Return the evaluation report as a document.

    Args:
        report: The counted tables and statements.
        issued_on: The ISO date it is issued.
        released: Whether it went through disclosure control and may leave the house.
        about: Which prison it is about, '' for all.
    """
    title = "Evaluation: tables and statements"
    facts = f"As known on {day_in_words(str(report['as_of']))}. {about or 'All prisons'}."
    use = "Small numbers are held back (*)." if released else "For inside use: small numbers may tell who is meant."
    blocks: list[Block] = [Paragraph(f"{facts} {use}")]
    if told := contested_in_words(report.get("contradictions", NOTHING_CONTESTED)):
        blocks.append(Paragraph(told, "warning"))
    for table in report["tables"]:
        blocks += _table(table)
    blocks += _statements(report.get("statements", ()))
    return Document(
        title=title,
        subject="Counts of the service ‘Together a Chance’",
        issued_on=issued_on,
        running=f"As known on {day_in_words(str(report['as_of']))}",
        marking="" if released else "FOR INSIDE USE",
        numbering=Numbering.PAGES,
        look=Look.REPORT,
        with_index=False,
        sections=(Section("", title, (Paper(title, tuple(blocks)),)),),
    )


def _table(table: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(f"{table['id']}  {table['title']}")
    rule = str(table.get("base_rule") or "")
    notes = [f"Counted: {table['unit']}." if table.get("unit") else "", rule[:1].upper() + rule[1:]]
    notes += ["One may count in several rows."] if table.get("multiple_response") else []
    if any(notes):
        yield Paragraph(" ".join(note for note in notes if note), "note", keep_with_next=True)
    columns: Sequence[Mapping[str, Any]] = table["columns"]
    for start in range(0, len(columns), ACROSS):
        yield _part(table, columns[start : start + ACROSS])


def _part(table: Mapping[str, Any], columns: Sequence[Mapping[str, Any]]) -> Table:
    """Return some of a table's columns, with the base below where one is printed."""
    rows = [
        Row((str(row["label"]), *(_cell(row["cells"].get(column["key"])) for column in columns)))
        for row in table["rows"]
    ]
    if any(column.get("base") is not None for column in columns):
        rows.append(Row(("Base (n)", *(_marked(_number(c.get("base")), c) for c in columns)), strong=True))
    label_share = {1: 0.75, 2: 0.6, 3: 0.5}.get(len(columns), 0.28)
    share = (1 - label_share) / len(columns)
    shown = (Column("", label_share), *(Column(str(column["label"]), share, right=True) for column in columns))
    return Table(shown, tuple(rows), str(table["title"]), first_column_names_row=True)


def _cell(cell: Mapping[str, Any] | None) -> str:
    if cell is None or cell.get("n") is None:
        return NOT_SHOWN
    share = cell.get("pct")
    return _marked(str(cell["n"]) if share is None else f"{cell['n']} ({share}%)", cell)


def _marked(words: str, figure: Mapping[str, Any]) -> str:
    return f"{words} {MARK}" if figure.get("contested") else words


def _number(value: object) -> str:
    return NOT_SHOWN if value is None else str(value)


def _statements(statements: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    if not statements:
        return
    yield Heading("Statements")
    keys = ("n", "pct", "base", "value")
    rows = tuple(Row((_marked(str(each["id"]), each), *(_value(each.get(key)) for key in keys))) for each in statements)
    columns = (Column("Statement", 0.48), *(Column(t, 0.13, right=True) for t in ("n", "%", "Base (n)", "Value")))
    yield Table(columns, rows, "Single numbers of the reports", first_column_names_row=True)


def _value(value: object) -> str:
    """Return a number, or several by their names: 'EP: 14; SEND: 14'."""
    if isinstance(value, Mapping):
        named = cast("Mapping[str, object]", value)
        return "; ".join(f"{name}: {number}" for name, number in named.items())
    return "–" if value is None else str(value)
