"""Writing a tracker return: how the case stands, what has changed since the last one, and sending it under a seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.addenda import refuse_sealed
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed, without_closed
from tac_desktop.actions.seals import refuse_unsealable, seal_record
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.casework.record_names import called
from tac_desktop.casework.sealing import RESTING
from tac_desktop.casework.tracker_state import TOLD, StateRow, changes_between, day_before, state_on
from tac_desktop.casework.tracker_state import Change as Changed
from tac_desktop.errors import NotAllowed

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands beside a return that is being written."""

    day: str
    """The ISO day whose state it is."""
    since: str
    """The ISO day of the return before it, '' where there is none."""
    state: Sequence[StateRow]
    changes: Sequence[Changed]


@permitted(Deed.READ_CASES)
def standing(store: "Store", case_file: str, *, day: str, record_id: str = "") -> Standing:
    """Return how a case stood on a day, and what had changed since the return before; it follows from the records.

    Args:
        store: The store of the open vault.
        case_file: The case file.
        day: The ISO day whose state the return tells.
        record_id: The return that is being written; '' for a new one.

    Raises:
        CaseRestricted: the case file is closed to the person.
    """
    refuse_closed(store, case_file)
    returns = store.records("tracker_return", case_file)
    own = next((one for one in returns if one.id == record_id), None)
    since = day_before({"tracker_return": returns, "baseline": store.records("baseline", case_file)}, own, day)
    forms_here = store.worklists.forms_in(case_file, TOLD)
    now = _known(store, forms_here, case_file, day)
    before = _known(store, forms_here, case_file, since) if since else {}
    here = {record.id: record for known in (before, now) for several in known.values() for record in several}

    def name(record_id: str) -> str:
        return called(here[record_id], here.get) if record_id in here else ""

    contacts = store.worklists.contacts_between(case_file, since, day)
    changes = changes_between(before, now, name, contacts) if since else []
    return Standing(day=day, since=since, state=state_on(now, day, name), changes=changes)


@permitted(Deed.ISSUE_PAPERS)
def send(vault: "Vault", store: "Store", person: Person, record_id: str, *, now: datetime) -> str:
    """Note that a return or a baseline is sent today, and seal it with the state of the case; return the seal's id.

    Both or nothing.

    Raises:
        NotAllowed: records of this form are not sent.
        SealedAlready: it was sent, and not re-opened since.
        As `seals.seal_record`.
    """
    record = refuse_unsealable(vault, store, record_id)
    if record.form not in RESTING:
        raise NotAllowed
    refuse_sealed(store, record)
    today = now.date().isoformat()
    change = Change(
        record_id=record.id, form=record.form, version=forms.ALL[record.form].version, stream=record.stream,
        values={"sent": today}, known_on=today,
    )  # fmt: skip
    with store.exchange.at_once():
        store.save([change], author=person.id, now=now)
        return seal_record(vault, store, person, record_id, now=now)


def _known(store: "Store", wanted: Sequence[str], case_file: str, day: str) -> dict[str, list[Record]]:
    """Return records as they were known on a day, with what was known then to be coming."""
    return {form: without_closed(store, store.records(form, case_file, day, ahead=True)) for form in wanted}
