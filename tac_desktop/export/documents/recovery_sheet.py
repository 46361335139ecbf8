"""The recovery sheet of a vault: the code in groups, what it opens, how it is used, and where the sheet is kept."""

from collections.abc import Sequence

from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.export.document import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    KeyFacts,
    Numbering,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
)

_GROUPS_IN_LINE = 4
_TITLE = "Recovery sheet of a vault"


def recovery_sheet(vault: str, code: str, printed_on: str) -> Document:
    """Return the sheet.

    Args:
        vault: The name of the vault's folder.
        code: The recovery code, in groups joined by hyphens.
        printed_on: ISO date.
    """
    return Document(
        title=_TITLE,
        subject="Recovery of a vault of TaC Desktop",
        issued_on=printed_on,
        running=f"TaC Desktop, {day_in_words(printed_on)}",
        marking="SECRET",
        numbering=Numbering.PAGES,
        with_index=False,
        sections=(Section("", _TITLE, (Paper(_TITLE, _blocks(vault, code, printed_on)),)),),
    )


def _blocks(vault: str, code: str, printed_on: str) -> tuple[Block, ...]:
    return (
        KeyFacts((("Vault", vault), ("Printed on", day_in_words(printed_on)), ("Given to", ""), ("Kept at", ""))),
        Heading("Recovery code"),
        _groups(code.split("-")),
        Paragraph(
            "Whoever has this code and the vault can read everything in it. Keep the sheet locked away, not beside the "
            "computer, and never photograph or copy it.",
            "warning",
        ),
        Heading("If a pass-phrase is forgotten"),
        Bullets((
            "On the unlock screen choose ‘I have lost my pass-phrase’, then the recovery code.",
            "Type the code. Capitals, spaces and dashes do not matter; there is no letter I, L, O or U in it.",
            "Choose whose pass-phrase is forgotten, and let her type a new one. The code stays valid.",
            "It is noted in the vault, and the person is told when she unlocks it next.",
        )),
        Heading("Looking after this sheet"),
        Bullets((
            "Once a year, try the code: Vault, Pass-phrase and recovery, ‘Try the code’.",
            "If the sheet was lost or seen by somebody else, make a new code there; this one is then worth nothing.",
        )),
    )  # fmt: skip


def _groups(groups: Sequence[str]) -> Table:
    """Set the groups of a code in lines, so that none is skipped when it is read aloud or typed."""
    starts = range(0, len(groups), _GROUPS_IN_LINE)
    rows = tuple(Row(tuple(groups[start : start + _GROUPS_IN_LINE])) for start in starts)
    titles = [", ".join(str(start + place) for start in starts) for place in range(1, _GROUPS_IN_LINE + 1)]
    columns = tuple(Column(title, 1 / _GROUPS_IN_LINE, strong=True) for title in titles)
    return Table(columns, rows, "The groups of the recovery code, to be read line by line")
