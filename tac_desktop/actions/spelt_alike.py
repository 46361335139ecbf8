"""Finding a woman whose name was written otherwise: asked for where nothing matches what was typed."""

from array import array
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.known_women import read_women, words_of
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases
from tac_desktop.casework.permissions import Deed
from tac_desktop.storage.caseload_table import CaseloadFilter

if TYPE_CHECKING:
    from tac_desktop.actions.known_women import KnownWomen
    from tac_desktop.storage.store import Store

_FEWEST_LETTERS: Final = 4
"""In shorter words one letter makes another name, and who has typed so little has not finished."""


@permitted(Deed.READ_CASES)
def spelt_alike(store: "Store", typed: str, women: "KnownWomen | None" = None) -> "array[int]":
    """Return the numbers of the caseload's rows of women whose names are spelt like the typed words, by name.

    Each word must be like one of the same name, be it one that she had before or is called by. Case files that are
    closed to the person are not among them.

    Args:
        store: Where to look.
        typed: What was typed.
        women: As `read_women` gave them before; None to read them now, which takes long where they are many.
    """
    words = words_of(typed)
    if not any(len(word) >= _FEWEST_LETTERS for word in words):
        return array("q")
    closed = closed_cases(store)
    found = tuple(one for one in (women or read_women(store)).spelt_like(words) if one not in closed)
    return store.caseload_ids(CaseloadFilter(case_files=found), "name") if found else array("q")
