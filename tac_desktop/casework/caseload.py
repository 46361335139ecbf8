"""One row of the caseload: what a worker must know of a case at a glance, from its records alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.dues import FORMS, dues
from tac_desktop.casework.dues.due import Due
from tac_desktop.casework.dues.tracker import last_episode
from tac_desktop.casework.record import RecordsByForm
from tac_desktop.casework.waiting import waits

CaseStatus: TypeAlias = Literal["triage", "open", "reopened", "closed", "not_taken_on", "restricted"]
"""A code of the list 'case_status', or that the case file is closed to whoever looks."""
RESTRICTED: Final = "Restricted case file"
"""What stands in the place of the name of a mother whose case file is closed to whoever looks."""

MATTERS = (FORMS | {"mother", "child", "episode", "referral"}) - {"contact"}
"""The forms a change of which may change the row; a contact changes no more than `last_contact` and `next_due`."""


@dataclass(frozen=True, kw_only=True)
class CaseloadRow:
    """A case file in the caseload. Dates are ISO, '' where there is none."""

    case_file: str
    reference: str
    name: str
    prison_number: str
    prison: str
    status: CaseStatus
    children: int
    next_due: str
    next_task: str
    last_contact: str
    worker: str = ""
    """Who works with her, where it was asked for: it is no part of what the case file's records make."""


@dataclass(frozen=True, kw_only=True)
class DueRow:
    """One thing that is due for one mother."""

    case_file: str
    name: str
    reference: str
    prison: str
    by: str
    """The ISO day."""
    task: str
    form: str
    """The form of the record that it is about, '' where none is there yet."""
    record_id: str


def without_contents(row: CaseloadRow) -> CaseloadRow:
    """Return the row of a case file that is closed to whoever looks: that it is here, and its reference."""
    return CaseloadRow(
        case_file=row.case_file, reference=row.reference, name=RESTRICTED, prison_number="", prison="",
        status="restricted", children=0, next_due="", next_task="", last_contact="",
    )  # fmt: skip


def caseload_row(case_file: str, records: RecordsByForm, due_now: Sequence[Due] | None = None) -> CaseloadRow:
    """Return the row of a case file from all its records, and from what is due where that was reckoned already."""
    mother = next(iter(records.get("mother", ())), None)
    due = next(iter(dues(records) if due_now is None else due_now), None)
    return CaseloadRow(
        case_file=case_file,
        reference=mother.text("reference") if mother else "",
        name=mother.text("name") if mother else "",
        prison_number=mother.text("prison_number") if mother else "",
        prison=mother.text("prison") if mother else "",
        status=status(records),
        children=len(records.get("child", ())),
        next_due=due.by if due else "",
        next_task=due.task if due else "",
        last_contact=max((contact.text("at") for contact in records.get("contact", ())), default="")[:10],
    )


def status(records: RecordsByForm) -> CaseStatus:
    """Return where a case stands: waiting until an episode opens, then by the episode that was opened last.

    Who was referred again after her case was closed waits again, until somebody decides.
    """
    if waits(records):
        return "triage"
    episode = last_episode(records)
    if episode is None:
        return "not_taken_on"
    if episode.text("closed"):
        return "closed"
    return "reopened" if len(records.get("episode", ())) > 1 else "open"
