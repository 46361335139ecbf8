"""All that is allowed at one look: for each child and each kind of contact what holds today, and what was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_channels import CHANNELS, IN_WORDS
from tac_desktop.casework.dues.allowed_contact import to_look_at
from tac_desktop.casework.dues.due import RecordsByForm
from tac_desktop.casework.outside_permission import names_of
from tac_desktop.casework.permitted_contact import SOURCES, Permission, permission_on, speaks_of
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words


@dataclass(frozen=True)
class Cell:
    """What holds for one child and one kind of contact."""

    child: str
    """The id of the child's record."""
    name: str
    """What the child is called."""
    channel: str
    permission: Permission
    asked_for: str = ""
    """The id of a decision that was asked for and is not taken yet."""

    @property
    def record_id(self) -> str:
        """The decision that opens from here, '' where there is none."""
        return self.permission.record_id or self.asked_for

    def lines(self) -> tuple[str, ...]:
        """Return what stands in the cell: what holds, who decided it, until when."""
        one = self.permission
        source = label(SOURCES, one.source) if one.source else ""
        asked = "Asked for, not decided" if self.asked_for else ""
        return tuple(part for part in (IN_WORDS[one.standing], source, _until(one), asked) if part)

    def spoken(self) -> str:
        """Return all of it for somebody who does not see the grid."""
        where = f"{label('child_contact_type', self.channel)}, {self.name}"
        return f"{where}: {', '.join(self.lines())}"

    def told(self) -> tuple[tuple[str, str], ...]:
        """Return everything about it as pairs of a heading and words."""
        one = self.permission
        against = f"{label(SOURCES, one.against)} allows it" if one.against else ""
        pairs = (
            ("Who decided it", label(SOURCES, one.source) if one.source else ""), ("Against it", against),
            ("Conditions", one.conditions), ("Until", day_in_words(one.until) if one.until else ""),
            ("Review by", day_in_words(one.review_by) if one.review_by else ""),
        )  # fmt: skip
        return tuple((heading, words) for heading, words in pairs if words)


def _until(permission: Permission) -> str:
    if permission.until:
        return f"until {day_in_words(permission.until)}"
    return f"review by {day_in_words(permission.review_by)}" if permission.review_by else ""


@dataclass(frozen=True)
class Matrix:
    """The cells of a case file, and which of them have to be looked at."""

    children: tuple[tuple[str, str], ...]
    """Each child's id and name, in the order in which they are shown."""
    cells: Mapping[tuple[str, str], Cell]
    """By kind of contact and child."""
    changed: Mapping[str, str]
    """By child the ISO day of a change after which nobody has looked at what is allowed."""


def matrix(children: Sequence[Record], records: RecordsByForm, today: str) -> Matrix:
    """Return what is allowed today.

    Args:
        children: The children, in the order in which they are shown.
        records: Those of the case file.
        today: Today's ISO date.
    """
    permissions = records.get("contact_permission", ())
    names = names_of(children)
    cells = {
        (channel, child): Cell(child, name, channel, permission_on(permissions, child, channel, today),
                               _asked_for(permissions, child, channel))
        for channel in CHANNELS
        for child, name in names.items()
    }  # fmt: skip
    changed = {child: day for child, day, _ in to_look_at(records) if day <= today}
    return Matrix(tuple(names.items()), cells, changed)


def _asked_for(permissions: Sequence[Record], child: str, channel: str) -> str:
    return next(
        (one.id for one in permissions if one.text("status") == "asked" and speaks_of(one, child, channel)), ""
    )


def to_confirm(permissions: Sequence[Record], child: str, today: str) -> list[Record]:
    """Return the decisions about a child by which somebody can stand today: those that are not over."""
    return [
        one
        for one in permissions
        if child in chosen(one.answers, "children") and (not one.text("until") or one.text("until") >= today)
    ]
