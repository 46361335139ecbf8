"""A move of one or several children: what is typed once and becomes a placement of each that ends, and one that begins.

No record of its own is kept of it, so it is not among the forms of a case file.
"""

from typing import Final

from tac_desktop.casework.fields import Day, Link, Links
from tac_desktop.casework.form import Form, Section
from tac_desktop.casework.forms.family import PLACEMENT

_ASKED: Final = PLACEMENT.by_name
THERE: Final = ("arrangement", "carers", "carer", "arranged_by", "order", "note")
"""The questions about the home to which they move; each is one of a placement."""
LEFT: Final = ("ended_because", "ended_note")
"""The questions about the home that they leave."""
TOLD: Final = ("mother_told",)
"""What is asked about the move itself, and kept with the new home."""

MOVE: Final = Form(
    name="move", title="Move", several="Moves", about="child", repeated=True,
    sections=(
        Section("Who moves, and when", (
            Links("children", "Who moves", to="child", required=True, can_be_unknown=False),
            Day("from_date", "On", required=True, may_be_future=False, can_be_unknown=False),
            Link("joins", "To a brother or sister who lives there already", to="child", can_be_unknown=False,
                 hint="Then the questions about the new home may be left empty: they are answered as for that child"),
        )),
        Section("The new home", tuple(_ASKED[name] for name in THERE)),
        Section("The home that was left", (
            *(_ASKED[name] for name in LEFT),
            *(_ASKED[name] for name in TOLD),
        )),
    ),
)  # fmt: skip
