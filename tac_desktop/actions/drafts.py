"""Keeping what is being typed until it is saved, encrypted and by person."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from tac_desktop.casework.answers import Answers
from tac_desktop.casework.form import Form
from tac_desktop.casework.journal import JsonValue, from_journal, to_journal
from tac_desktop.casework.people import Person
from tac_desktop.casework.typed_dates import moment_in_words

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Vault
    from tac_desktop.storage.drafts import Drafts

_BEGUN = ":begun"
"""Where a draft keeps the answers from which the person began; no field begins with a colon."""


@dataclass(frozen=True)
class KeptDraft:
    """What a form held when it was last typed in."""

    typed: Mapping[str, Any]
    """As the form gave it: it alone understands it."""
    at: str
    """The moment of typing, 'YYYY-MM-DDTHH:MM'."""

    def since(self, today: str) -> str:
        """Return in words when that was: '14:05', with its day where that is not today (ISO)."""
        return self.at[11:16] if self.at[:10] == today else moment_in_words(self.at)


def new_record(case_file: str) -> str:
    """Return what stands for the id of a record that is still to be made in a case file ('' for a new mother)."""
    return f"new:{case_file}"


def is_new(record_id: str) -> bool:
    """Say whether a draft's record id is one of `new_record`."""
    return record_id.startswith("new:")


def drafts_of(vault: "Vault") -> "Drafts":
    """Open the drafts for the calling thread; drafts that cannot be read any more are put aside, not lost.

    Raises:
        DiskFull, CannotWrite, VaultLocked.
    """
    from tac_desktop.errors import VaultDamaged
    from tac_desktop.storage.drafts import Drafts

    try:
        return Drafts(vault)
    except VaultDamaged:
        return Drafts.start_anew(vault)


def keep_draft(
    drafts: "Drafts", person: Person, *, case_file: str, form: str, record_id: str, typed: Mapping[str, object], at: str
) -> None:
    """Keep what a form holds, in place of what was kept before; it is durable when this returns.

    Raises:
        DiskFull, CannotWrite, VaultBusy: the draft before it stands.
    """
    from tac_desktop.storage.drafts import Draft

    text = json.dumps(dict(typed), ensure_ascii=False, separators=(",", ":"))
    drafts.write(person.id, Draft(case_file=case_file, form=form, record_id=record_id, json=text, at=at))


def kept_draft(drafts: "Drafts", person: Person, form: str, record_id: str) -> KeptDraft | None:
    """Return what is kept for a form of a record, None if there is nothing."""
    draft = drafts.read(person.id, form, record_id)
    return None if draft is None else KeptDraft(json.loads(draft.json), draft.at)


def beginning(form: Form, begun: Answers) -> dict[str, object]:
    """Return what a draft keeps of the answers from which the person began; `begun_from` gives them back."""
    return {_BEGUN: to_journal(form, begun)}


def begun_from(draft: KeptDraft, otherwise: Answers) -> Answers:
    """Return the answers from which the person began a draft; `otherwise` where it does not tell."""
    kept = draft.typed.get(_BEGUN)
    return from_journal(cast("dict[str, JsonValue]", kept)) if isinstance(kept, dict) else otherwise


def forget_draft(drafts: "Drafts", person: Person, form: str, record_id: str) -> None:
    """Throw a draft away: it was saved, or is not wanted."""
    drafts.delete(person.id, form, record_id)


def forms_with_drafts(drafts: "Drafts", person: Person, case_file: str) -> frozenset[str]:
    """Return the names of the forms of a case file in which something was typed and not saved."""
    return frozenset(draft.form for draft in drafts.all_of(person.id) if draft.case_file == case_file)
