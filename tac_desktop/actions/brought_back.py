"""Tells whoever opens a vault that it was brought back from a backup, until she has read it."""

from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework.audit import Event
from tac_desktop.casework.permissions import Deed

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store


@permitted(Deed.LOOK_AFTER_VAULT)
def brought_back_from(store: "Store") -> str | None:
    """Return when the backup was made from which the vault came (ISO, '' if unknown); None if it came from none."""
    return store.brought_back.made()


@permitted(Deed.LOOK_AFTER_VAULT)
def has_read(store: "Store") -> bool:
    """Say whether the person at work knows already that the vault was brought back."""
    return store.vault.person.id in store.brought_back.told()


@permitted(Deed.LOOK_AFTER_VAULT)
def note_opened(store: "Store", *, now: datetime) -> bool:
    """Note in the audit, when a vault that was brought back is opened for the first time, that it was.

    Returns:
        Whether this was the first time.
    """
    made = store.brought_back.made()
    if made is None or store.brought_back.was_opened():
        return False
    note_event(store, store.vault.person, Event.RESTORED, now=now, facts={"day": made[:10]})
    store.brought_back.note_told()
    return True


@permitted(Deed.LOOK_AFTER_VAULT)
def note_read(store: "Store") -> None:
    """Note that the person at work has read it; she is not told again."""
    store.brought_back.note_told(store.vault.person.id)
