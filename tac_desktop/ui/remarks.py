"""What a list says of a record beside its own words: new comments, and seals."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tac_desktop.actions.comments import Comment, counts
from tac_desktop.casework.people import Person
from tac_desktop.ui.record_list import RecordLine
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.seals import Seal


def with_remarks(
    line: RecordLine,
    comments: Sequence[Comment],
    seals: "Sequence[Seal]",
    person: Person,
    *,
    is_joined: bool = False,
) -> RecordLine:
    """Return a line with what colleagues have said about its record, and who has sealed it.

    Args:
        line: The line.
        comments: The comments on its record.
        seals: The seals under it.
        person: Whose eyes.
        is_joined: Whether several records are shown as this one.
    """
    count, new = counts(comments, person)
    told = counted(count, "1 comment", "{n} comments") if count else ""
    badge = counted(new, "New comment", "{n} new comments") if new else ""
    if badge and line.badge:
        told, badge = f"{told}, {counted(new, '1 of them new', '{n} of them new')}" if count > 1 else badge, ""
    words = (line.details, "Several records shown as one" if is_joined else "", *map(_sealed, seals[-1:]), told)
    details = " · ".join(part for part in words if part)
    return replace(line, details=details, badge=badge or line.badge, tone="info" if badge else line.tone)


def _sealed(seal: "Seal") -> str:
    if not seal.holds:
        return f"A seal in the name of {seal.name} that cannot be relied on here"
    since = counted(seal.changed_since, "1 entry since", "{n} entries since") if seal.changed_since else ""
    return f"Sealed by {seal.name}, {since}" if since else f"Sealed by {seal.name}"
