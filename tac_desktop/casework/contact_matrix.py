"""All that is allowed at one look: for each child and each kind of contact what holds today, and what was asked for.

Kinds of contact of one group about which the same holds for every child stand in one row, so that the whole of it fits
on a page; a row of its own for every kind can be had.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_channels import CHANNELS, GROUPS, IN_WORDS
from tac_desktop.casework.dues.allowed_contact import to_look_at
from tac_desktop.casework.outside_permission import names_of
from tac_desktop.casework.permitted_contact import SOURCES, Permission, permission_on, speaks_of
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import one_line


@dataclass(frozen=True)
class Cell:
    """What holds for one child and one kind of contact, or several of which the same holds."""

    child: str
    """The id of the child's record."""
    name: str
    """What the child is called."""
    channels: tuple[str, ...]
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
        conditions = one_line(one.conditions.replace("\n", "; "), 60)
        return tuple(part for part in (IN_WORDS[one.standing], source, conditions, _until(one), asked) if part)

    def spoken(self) -> str:
        """Return all of it for somebody who does not see the grid."""
        return f"{kinds_in_words(self.channels)}, {self.name}: {', '.join(self.lines())}"

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


def kinds_in_words(channels: Sequence[str]) -> str:
    """Return kinds of contact in words: 'Phone calls, Video calls'; a whole group by its heading."""
    for heading, whole in GROUPS.items():
        if len(whole) > 1 and tuple(channels) == whole:
            return f"{heading}: every kind"
    return ", ".join(label("child_contact_type", channel) for channel in channels)


def _until(permission: Permission) -> str:
    if permission.until:
        return f"until {day_in_words(permission.until)}"
    return f"review by {day_in_words(permission.review_by)}" if permission.review_by else ""


@dataclass(frozen=True)
class MatrixRow:
    """A row of the grid: a heading without cells, or kinds of contact with a cell for each child."""

    words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """The cells of a case file, and which of them have to be looked at."""

    children: tuple[tuple[str, str], ...]
    """Each child's id and name, in the order in which they are shown."""
    cells: Mapping[tuple[str, str], Cell]
    """By kind of contact and child."""
    changed: Mapping[str, str]
    """By child the ISO day of a change after which nobody has looked at what is allowed."""

    def rows(self, *, every_kind: bool = False) -> list[MatrixRow]:
        """Return the rows from top to bottom; kinds of which the same holds are one, unless every kind is wanted."""
        found = list[MatrixRow]()
        for heading, channels in GROUPS.items():
            parts = [(channel,) for channel in channels] if every_kind else self._alike(channels)
            if len(parts) > 1:
                found.append(MatrixRow(heading, ()))
            found += [MatrixRow(kinds_in_words(part), self._row(part)) for part in parts]
        return found

    def _row(self, channels: tuple[str, ...]) -> tuple[Cell, ...]:
        return tuple(replace(self.cells[channels[0], child], channels=channels) for child, _ in self.children)

    def _alike(self, channels: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the kinds of a group, those of which the same holds for every child together."""
        parts: dict[object, tuple[str, ...]] = {}
        for channel in channels:
            cells = (self.cells[channel, child] for child, _ in self.children)
            held = tuple((cell.permission, cell.asked_for) for cell in cells)
            parts[held] = (*parts.get(held, ()), channel)
        return list(parts.values())


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
        (channel, child): Cell(child, name, (channel,), permission_on(permissions, child, channel, today),
                               _asked_for(permissions, child, channel))
        for channel in CHANNELS
        for child, name in names.items()
    }  # fmt: skip
    changed = {child: day for child, day, _ in to_look_at(records) if day <= today}
    return Matrix(tuple(names.items()), cells, changed)


def _asked_for(permissions: Sequence[Record], child: str, channel: str) -> str:
    return next((one.id for one in permissions if one.text("status") == "asked" and speaks_of(one, child, channel)), "")


def to_confirm(permissions: Sequence[Record], children: Collection[str], today: str) -> list[Record]:
    """Return the decisions about some children by which somebody can stand today: taken, and not over."""
    return [
        one
        for one in permissions
        if one.text("status") != "asked"
        and not set(children).isdisjoint(chosen(one.answers, "children"))
        and (not one.text("until") or one.text("until") >= today)
    ]
