"""The access audit: the closed table of what is noted, in which group, in which words, and with which facts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypedDict, get_args

if TYPE_CHECKING:
    from typing import Self

FORM: Final = "audit"
"""The name under which events stand in the journal; they are no form that anybody fills in, and never leave."""

Group: TypeAlias = Literal["views", "papers", "exchange", "keys", "people", "keeping"]
GROUPS: Mapping[Group, str] = MappingProxyType({
    "views": "Looked at",
    "papers": "Papers and copies",
    "exchange": "Sent and received",
    "keys": "Unlocking and keys",
    "people": "People and rights",
    "keeping": "Backups, checks, disposal",
})  # fmt: skip
"""What each group is called, in the order in which they are offered."""


class Event(StrEnum):
    """What can be noted. A new event is a new row; a name is never used again for something else.

    A row is: the name that stands in the journal, its group, and what the person did, as it goes on after her name.
    """

    group: Group
    words: str

    def __new__(cls, name: str, group: Group, words: str) -> "Self":
        """Make a member of the table of its row."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.group, member.words = group, words
        return member

    CASE_READ = "case_read", "views", "opened a case file"
    RESTRICTED_TRIED = "restricted_tried", "views", "tried to open a restricted case file and was refused"
    CASES_LISTED = "cases_listed", "views", "listed the caseload with a command"
    FILE_READ = "file_read", "views", "opened a file kept in a case"
    REPORT_COUNTED = "report_counted", "views", "counted the evaluation"
    AUDIT_READ = "audit_read", "views", "looked at the audit of others"
    REFUSED = "refused", "views", "was refused what her role does not include"

    DOCUMENT_DRAWN = "document_drawn", "papers", "drew a paper"
    DOCUMENT_ISSUED = "document_issued", "papers", "issued a paper"
    DOCUMENT_PRINTED = "document_printed", "papers", "printed"
    COPY_WRITTEN = "copy_written", "papers", "saved a copy outside the vault"
    REPORT_SAVED = "report_saved", "papers", "saved the evaluation outside the vault"
    AUDIT_EXPORTED = "audit_exported", "papers", "exported the audit"
    SUBJECT_PACK_WRITTEN = "subject_pack_written", "papers", "wrote a subject access pack"
    RECORD_SEALED = "record_sealed", "papers", "sealed a record"

    BUNDLE_WRITTEN = "bundle_written", "exchange", "wrote a bundle"
    BUNDLE_IMPORTED = "bundle_imported", "exchange", "took in a bundle"
    BUNDLE_MISSING = "bundle_missing", "exchange", "could not take in a bundle: one before it is missing"
    BUNDLE_REFUSED = "bundle_refused", "exchange", "was refused a bundle"
    RECEIPT_TYPED = "receipt_typed", "exchange", "typed in a receipt"
    WORKBOOK_IMPORTED = "workbook_imported", "exchange", "imported a workbook"
    WORKBOOK_REFUSED = "workbook_refused", "exchange", "was refused a workbook with wrong cells"
    WORKBOOK_EXPORTED = "workbook_exported", "exchange", "exported the case tracker as a workbook"

    UNLOCKED = "unlocked", "keys", "unlocked the vault"
    UNLOCK_FAILED = "unlock_failed", "keys", "typed a wrong pass-phrase"
    LOCKED = "locked", "keys", "locked the vault"
    RECOVERED = "recovered", "keys", "was given a new pass-phrase without the old one"
    RECOVERY_REHEARSED = "recovery_rehearsed", "keys", "tried a way of recovery, and it held"
    RECOVERY_SEEN = "recovery_seen", "keys", "has seen that her pass-phrase was renewed"
    PASSPHRASE_CHANGED = "passphrase_changed", "keys", "changed her pass-phrase"
    RECOVERY_CODE_MADE = "recovery_code_made", "keys", "made a new recovery code"
    RECOVERY_SHEET_PRINTED = "recovery_sheet_printed", "keys", "printed the recovery sheet"
    ORGANISATION_SLOT_SET = "organisation_slot_set", "keys", "gave the organisation a key slot"
    SLOT_REMOVED = "slot_removed", "keys", "removed a key slot"
    REKEYED = "rekeyed", "keys", "gave the vault a new data key"
    KEYS_RENEWED = "keys_renewed", "keys", "renewed the vault's exchange keys"
    EMERGENCY_KEY_READ = "emergency_key_read", "keys", "read the emergency key off two sheets"
    SHEETS_TRIED = "sheets_tried", "keys", "tried two sheets of the emergency key"
    ROOT_RENEWED = "root_renewed", "keys", "put new key sheets into force"
    ROSTER_KEY_RENEWED = "roster_key_renewed", "keys", "renewed the roster's key"

    PERSON_ADDED = "person_added", "people", "added a person"
    PERSON_LEFT = "person_left", "people", "took a person's access away"
    ROLE_CHANGED = "role_changed", "people", "changed a person's role"
    NAME_CORRECTED = "name_corrected", "people", "corrected a person's name"
    CASE_RESTRICTED = "case_restricted", "people", "restricted a case file"
    CASE_UNRESTRICTED = "case_unrestricted", "people", "ended the restriction of a case file"
    CASES_JOINED = "cases_joined", "people", "said that a case file is of the same woman as another one"
    CASES_PARTED = "cases_parted", "people", "took back that two case files are of one woman"
    CASE_HANDED_OVER = "case_handed_over", "people", "handed a case file over"
    HANDOVER_ENDED = "handover_ended", "people", "ended a hand-over"
    CARD_ACCEPTED = "card_accepted", "people", "accepted a card"
    RENEWAL_CONFIRMED = "renewal_confirmed", "people", "confirmed a colleague's new keys"
    SERVICE_FOUNDED = "service_founded", "people", "founded a service"
    SERVICE_JOINED = "service_joined", "people", "joined a service"
    ROSTER_TAKEN_IN = "roster_taken_in", "people", "took in a newer roster"
    ROSTER_HANDED_OUT = "roster_handed_out", "people", "saved the roster, or its list of signers, outside the vault"
    RIGHTS_CHANGED = "rights_changed", "people", "changed a member's rights"
    MEMBER_WITHDRAWN = "member_withdrawn", "people", "withdrew a member"
    CUT_OFF_MOVED = "cut_off_moved", "people", "moved where a withdrawn member's history ends"

    BACKED_UP = "backed_up", "keeping", "made a backup"
    BACKUP_FAILED = "backup_failed", "keeping", "could not make a backup"
    BACKUP_REMOVED = "backup_removed", "keeping", "removed a backup"
    BACKUP_PLACE_CHANGED = "backup_place_changed", "keeping", "chose another place for backups"
    DRILLED = "drilled", "keeping", "rehearsed restoring the newest backup"
    RESTORED = "restored", "keeping", "restored the vault from a backup"
    CHECKED = "checked", "keeping", "checked the vault"
    REBUILT = "rebuilt", "keeping", "rebuilt the records from the journal"
    SALVAGED = "salvaged", "keeping", "salvaged the vault from a damaged one"
    RETENTION_SET = "retention_set", "keeping", "set how long a case file is kept"
    DISPOSED = "disposed", "keeping", "disposed of a case file"

    @classmethod
    def of(cls, group: Group) -> "tuple[Event, ...]":
        """Return the events of a group."""
        return tuple(event for event in cls if event.group == group)


class Facts(TypedDict, total=False):
    """What may be noted with an event: ids, numbers, codes and days; never a name, an answer or a file's name."""

    case_file: str
    """The id of the case file it is about; shown as her reference, to who may read cases."""
    case_files: int
    record: str
    document: str
    seal: str
    kind: str
    """A code: which paper, which form of backup."""
    pages: int
    version: int
    sha256: str
    bytes: int
    bundle: str
    device: str
    before: str
    to_come: str
    entries: int
    new: int
    changed: int
    records: int
    mothers: int
    members: int
    roster: int
    number: int
    findings: int
    attachments: int
    files: int
    why: str
    """The name of a class of errors.py."""
    may: str
    role: str
    status: str
    person: str
    """The id of the person it was done to."""
    slot: str
    by: str
    """By what a pass-phrase was renewed or a way of recovery tried: recovery, organisation, colleague."""
    deed: str
    as_of: str
    day: str
    prison: str
    """A code of the list of prisons; never a label of one's own."""
    basis: str
    backup: str
    """The name of a backup, which the program makes of the time."""
    first: str
    last: str
    failed: str
    """Times of failed unlocks (vaults of before the audit had an entry for each)."""
    end: str
    """Where the vault's history ended: incarnation, number of entries, value of the device's chain (journal.md)."""
    signature: str
    """Her signature of it."""


Hidden: TypeAlias = Literal["end", "signature", "to_come"]
"""Facts for machines: they are in the journal and no person reads them."""
HIDDEN: frozenset[str] = frozenset(get_args(Hidden))

FACTS: Mapping[str, str] = MappingProxyType({
    "kind": "kind",
    "version": "version",
    "as_of": "as of",
    "day": "day",
    "pages": "pages",
    "entries": "entries",
    "new": "new",
    "changed": "changed",
    "records": "records",
    "findings": "findings",
    "case_files": "case files",
    "mothers": "mothers",
    "members": "members",
    "number": "number",
    "roster": "roster",
    "attachments": "attachments",
    "files": "files",
    "bytes": "bytes",
    "person": "person",
    "by": "by",
    "role": "role",
    "may": "may",
    "status": "status",
    "why": "reason",
    "deed": "what",
    "prison": "prison",
    "basis": "basis",
    "device": "vault",
    "before": "vault before",
    "backup": "backup",
    "first": "from",
    "last": "to",
    "failed": "wrong pass-phrases before",
    "case_file": "case file",
    "record": "record",
    "document": "paper",
    "seal": "seal",
    "bundle": "bundle",
    "slot": "key slot",
    "sha256": "SHA-256",
})  # fmt: skip
"""What each fact that a person reads is called, in the order in which they are told."""


PROGRAM: Final = "program"
"""The author of what nobody did who is known: a wrong pass-phrase was typed."""
VIEW_MINUTES: Final = 10
"""Whoever looks at the same case file again within this time looks at it still: one entry is enough."""


def seen_anew(before: str, now: datetime) -> bool:
    """Say whether looking at something is a new event.

    Args:
        before: When the same person last looked at it (ISO time with its zone), '' if never.
        now: The time, with its zone.
    """
    # a clock that was set back must not hide what is looked at until it has caught up
    return not before or abs(now - datetime.fromisoformat(before)) >= timedelta(minutes=VIEW_MINUTES)


def end_text(end: str) -> bytes:
    """Return what a person signs when she unlocks or locks the vault (namespace `tac-audit-v1`).

    Args:
        end: The fact `end`: incarnation, number of entries and value of the device's chain.
    """
    return f"{end}\n".encode()


_BY_NAME: Mapping[str, Event] = MappingProxyType({event.value: event for event in Event})


def group_of(event: str) -> Group | None:
    """Return the group of a noted event; None where a newer program noted what this one does not know."""
    known = _BY_NAME.get(event)
    return known.group if known else None


def words_of(event: str) -> str:
    """Return what was done, in words; of an event that a newer program noted its bare name."""
    known = _BY_NAME.get(event)
    return known.words if known else event.replace("_", " ")
