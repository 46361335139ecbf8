"""The certificate of a disposal: which case file went, on which basis, how much of it, what remains; no name."""

from dataclasses import dataclass

from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.export.document import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyFacts,
    Numbering,
    Paper,
    Paragraph,
    Section,
)


@dataclass(frozen=True, kw_only=True)
class Disposed:
    """What a certificate tells."""

    reference: str
    class_words: str
    """The retention class in words, '' where it had none."""
    class_source: str
    basis: str
    due: str
    """The ISO day from which it was due, '' where that could not be told."""
    disposed_on: str
    disposed_by: str
    entries: int
    records: int
    files: int
    drafts: int
    colleagues: tuple[str, ...]
    """At whose vaults parts of it are known to lie."""
    backups: int
    """How many backups from before are known to lie about."""
    place_is_missing: bool
    """Whether the place for backups was not connected, so that nobody looked at what lies there."""
    seal_key: str
    """The fingerprint of the key that seals the certificate."""


def disposal_certificate(told: Disposed) -> Document:
    """Return the certificate of a disposal."""
    seal = f"Sealed in the vault with the key {told.seal_key}: the seal names the hash of this file."
    blocks: tuple[Block, ...] = (
        _facts(told), Heading("What was erased"), _counts(told), Heading("What remains"), Bullets(_remains()),
        Heading("Elsewhere"), Paragraph(_elsewhere(told)), Heading("Seal"), Paragraph(seal),
    )  # fmt: skip
    heading = "Certificate of disposal"
    return Document(
        title=heading,
        subject="Disposal of a case file in TaC Desktop",
        issued_on=told.disposed_on,
        running=f"Certificate of disposal, {day_in_words(told.disposed_on)}",
        marking="OFFICIAL-SENSITIVE",
        numbering=Numbering.PAGES,
        with_index=False,
        sections=(Section("", heading, (Paper(heading, blocks),)),),
    )


def _facts(told: Disposed) -> KeyFacts:
    return KeyFacts((
        ("Case reference", told.reference),
        ("Class", told.class_words or "None"),
        ("Years after", told.class_source or "–"),
        ("Basis", told.basis),
        ("Due from", day_in_words(told.due) if told.due else "–"),
        ("Disposed of on", day_in_words(told.disposed_on)),
        ("By", told.disposed_by),
    ))  # fmt: skip


def _counts(told: Disposed) -> KeyFacts:
    return KeyFacts((
        ("Entries erased", f"{told.entries:,}"),
        ("Records erased", f"{told.records:,}"),
        ("Attachments erased", f"{told.files:,}"),
        ("Drafts erased", f"{told.drafts:,}"),
    ))  # fmt: skip


_SKELETON = (
    "Of each entry: that it was written, when, by whom, on which form, which questions it answered, and which boxes of "
    "a list were ever ticked. Not what was answered in words, dates or numbers."
)


def _remains() -> tuple[str, ...]:
    return (
        _SKELETON,
        "This certificate, with the case reference, in the records of the prison's office.",
        "In the access audit: who opened the case file and when, under its id.",
    )


def _elsewhere(told: Disposed) -> str:
    colleagues = (
        f"Parts of it are known to lie at {', '.join(told.colleagues)}: the next bundle to each erases it."
        if told.colleagues
        else "No other vault is known to hold any of it."
    )
    backups = (
        f"{told.backups} backups from before are known and may still hold it, until they are removed."
        if told.backups
        else "No backup from before is known."
    )
    if told.place_is_missing:
        backups += " The place for backups was not connected: what lies there was not looked at."
    return f"{colleagues} {backups} Papers that were printed, and bundles on sticks, are not reached by this."
