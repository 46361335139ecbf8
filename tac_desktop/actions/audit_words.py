"""What the audit notes by ids and codes, in words: people, vaults, case files, numbers, reasons."""

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from tac_desktop import errors
from tac_desktop.actions.permitted import is_permitted
from tac_desktop.casework.codelists import label
from tac_desktop.casework.journal import JsonValue, b64
from tac_desktop.casework.permissions import Deed

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_SHORT = 12
"""So much of a hash or an id is shown: enough to tell one from another."""


class Names:
    """The names of people, vaults and case files, as far as this vault knows them and the person at work may."""

    def __init__(self, store: "Store", *, whole: bool = False) -> None:
        """Take the store of the open vault, and whether hashes and ids are told whole."""
        self._store, self._length = store, None if whole else _SHORT

    def shortened(self, identifier: str) -> str:
        """Return so much of a hash or an id as is told."""
        return identifier[: self._length]

    def person(self, person_id: str) -> str:
        """Return a person's name; that of somebody who is not known by a part of the id."""
        return self._people.get(person_id) or f"Somebody unknown ({person_id[:8]})"

    def device(self, device_id: str) -> str:
        """Return whose vault it is, by its id as base64url; a part of the id where that is not known."""
        return self._devices.get(device_id) or self.shortened(device_id)

    def cases(self, case_files: Collection[str]) -> dict[str, str]:
        """Return the references of case files, or words that stand for them."""
        from tac_desktop.storage.caseload_table import CaseloadFilter

        if not case_files:
            return {}
        if not is_permitted(self._store.vault, Deed.READ_CASES):
            return dict.fromkeys(case_files, "a case file")
        rows = self._store.caseload_ids(CaseloadFilter(case_files=tuple(case_files)))
        here = {row.case_file: row.reference for row in self._store.caseload_page(rows)}
        for case_file in set(case_files) - here.keys():  # it may be read under another one
            mother = self._store.record(case_file, "mother", case_file)
            here[case_file] = mother.text("reference") if mother else "no longer here"
        return {case_file: here[case_file] for case_file in case_files}

    @cached_property
    def _people(self) -> dict[str, str]:
        return {person.id: person.name for person in self._store.vault.people()}

    @cached_property
    def _devices(self) -> dict[str, str]:
        from tac_desktop.actions.cards import whom_we_trust

        cards = whom_we_trust(self._store.vault, self._store)
        return {b64(device): f"vault of {one.card.name}" for device, one in cards.items()}


def fact_words(names: Names, name: str, value: JsonValue) -> str:
    """Return what is noted as a fact, in words; '' for nothing.

    Args:
        names: Who is who.
        name: The fact's name.
        value: What was noted.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if not isinstance(value, str):
        return ""
    match name:
        case "person":
            return names.person(value)
        case "device" | "before":
            return names.device(value)
        case "deed":
            return Deed[value.upper()].value if value.upper() in Deed.__members__ else value
        case "why":
            return reason(value)
        case "failed":
            return f"{len(value.split()):,}"
        case "record" | "document" | "seal" | "bundle" | "sha256" | "slot":
            return names.shortened(value)
        case "prison":
            return label("prison", value)
        case _:
            return value.replace("_", " ")


def reason(trouble: str) -> str:
    """Return the first sentence of what a class of errors.py says; its name where a newer program knows it."""
    known = getattr(errors, trouble, None)
    text = str(known.text) if isinstance(known, type) and issubclass(known, errors.TacError) else ""
    return text.partition(". ")[0].rstrip(".") or trouble
