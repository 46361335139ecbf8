"""An exported audit: the events that were wanted, where the chain of the vault ended, and what is sealed of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tac_desktop.casework.journal import b64
from tac_desktop.export import sshsig

FORMAT: Final = "tac-audit-export-1"
HEADINGS: Final = ("When", "Who", "Group", "What", "Case file", "Details", "Entry")


@dataclass(frozen=True)
class AuditRow:
    """One event: all of it in words, and the id of its entry in the journal."""

    at: str
    """An ISO time with its zone."""
    who: str
    group: str
    what: str
    case: str
    details: str
    entry: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The words under `HEADINGS`."""
        return (self.at, self.who, self.group, self.what, self.case, self.details, self.entry)


@dataclass(frozen=True, kw_only=True)
class AuditReport:
    """What is exported."""

    vault: str
    """The vault's id among others, as `ssh-keygen -l` shows it."""
    person: str
    """The id of who exports."""
    name: str
    at: str
    """When it is exported: an ISO time with its zone."""
    asked: Mapping[str, str]
    """The filter: what is filtered by, and in words; empty for everything."""
    rows: Sequence[AuditRow] = field(repr=False)
    """The oldest first."""
    end: str
    """Where the history of the vault ended: incarnation, number of entries, value of the device's chain."""

    @property
    def text(self) -> str:
        """The text that is sealed, whole: short lines, which stay what they are when they are copied from a paper."""
        session, number, chain = ended(self.end)
        facts = {
            "vault": self.vault, "person": self.person, "name": self.name, "at": self.at,
            **{f"only {name}": words for name, words in self.asked.items()},
            "events": len(self.rows), "first": self.rows[0].entry if self.rows else "none",
            "last": self.rows[-1].entry if self.rows else "none", "rows": digest(self.rows),
            "session": session, "number": number, "chain": chain,
        }  # fmt: skip
        lines = (f"{name}: {' '.join(str(value).split())}" for name, value in facts.items())
        return "".join(f"{line}\n" for line in (FORMAT, *lines))


def ended(end: str) -> tuple[str, str, str]:
    """Return the session, the number of its entries and the chain's value of where a vault's history ended."""
    session, number, chain = end.split() if end else ("none", "0", "none")
    return session, number, chain


def digest(rows: Sequence[AuditRow]) -> str:
    """Return the SHA-256 (base64url) of rows: each as a JSON list of its cells without white space, then LF.

    Short enough that no paper breaks the line on which it stands.
    """
    found = hashlib.sha256()
    for row in rows:
        found.update(json.dumps(row.cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return b64(found.digest())


def sealed(report: AuditReport, seed: bytes) -> str:
    """Return the signature of who exports under the report's text, as `ssh-keygen -Y` writes it.

    Args:
        report: The report.
        seed: The person's own Ed25519 private key (32 bytes).
    """
    message, key = report.text.encode(), sshsig.public_key(seed)
    signature = sshsig.sign(seed, message, sshsig.AUDIT_EXPORT)
    return sshsig.armoured(key, signature, sshsig.AUDIT_EXPORT).decode()


def about(report: AuditReport) -> list[tuple[str, str]]:
    """Return what a reader is told first: whose, when, how much, and where the chain ended."""
    session, number, chain = ended(report.end)
    asked = [(f"Only {name}", words) for name, words in report.asked.items()] or [("Contents", "Everything noted")]
    return [
        ("Vault", report.vault),
        ("Exported by", report.name),
        ("Exported at", report.at),
        *asked,
        ("Events", f"{len(report.rows):,}"),
        ("First event", _place(report.rows[0]) if report.rows else "none"),
        ("Last event", _place(report.rows[-1]) if report.rows else "none"),
        ("SHA-256 of the rows", digest(report.rows)),
        ("End of the chain", f"{chain} after entry {int(number):,} of session {session}"),
    ]


def _place(row: AuditRow) -> str:
    return f"{row.at}, entry {row.entry}"
