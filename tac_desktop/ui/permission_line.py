"""Whether contact is allowed, on one line: an icon, the words, and what goes with it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout

from tac_desktop.casework.contact_channels import Standing
from tac_desktop.casework.permitted_contact import Permission
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.kit import Kit

LOOKS: Final[Mapping[Standing, tuple[str, str]]] = MappingProxyType({
    "allowed": ("circle-check", "ok"), "conditional": ("circle-dot", "warn"),
    "not_allowed": ("octagon-alert", "danger"), "not_said": ("circle-dashed", "text_2"),
})  # fmt: skip
"""The icon and the colour of each standing; the words say it as well."""
_WHOLE = 2000
"""So many letters of the conditions are said: what may not be done must not be cut off."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("permission_line", text)


def permission_words(what: str, permission: Permission) -> str:
    """Return whether contact is allowed: 'Letterbox contact: With conditions (Court order), until 3 May 2026'."""
    until = _tr(", until {day}").format(day=day_in_words(permission.until)) if permission.until else ""
    conditions = f". {one_line(permission.conditions, _WHOLE)}" if permission.conditions else ""
    return f"{what}: {permission.words()}{until}{conditions}"


def permission_line(kit: Kit, what: str, permission: Permission) -> QHBoxLayout:
    """Return the line; the words alone say everything.

    Args:
        kit: The kit.
        what: Which contact, as it stands at the beginning of the line.
        permission: What holds.
    """
    icon, colour = LOOKS[permission.standing]
    row = kit.row(kit.picture(icon, colour), kit.label(permission_words(what, permission), wrap=True), gap=8)
    row.setStretch(1, 1)
    return row
