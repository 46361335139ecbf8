"""What a paper needs to be told beside the case: by whom, for whom, which version, how it is numbered."""

from dataclasses import dataclass, field
from enum import Enum

from tac_desktop.casework.contact_thread import EVERYTHING, ThreadFilter
from tac_desktop.casework.disclosure import COURT_AND_PARTIES
from tac_desktop.casework.fields import Reader
from tac_desktop.export.document import Numbering


class Marking(Enum):
    """What stands at the top of each page; a paper that goes to a court leaves the government's own marking scheme."""

    NONE = ""
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"
    CHILDREN = "CONFIDENTIAL: CHILDREN PROCEEDINGS"


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One issue of a paper.

    Attributes:
        issued_on: The ISO date it is issued.
        prepared_by: Name and title of the social worker.
        prepared_for: For whom it is made.
        version: Its number, from 1.
        replaces_issue_of: The ISO date of the version it replaces, '' for none.
        hearing: The id of the hearing it is for, '' for none.
        marking: At the top of each page.
        numbering: How its pages are numbered.
        dividers: Whether each section begins with a page that only names it.
        full_contact_log: Whether the court has directed that the notes of contact be filed.
        left_out: The ids of records that the preparer has chosen to leave out.
        about: The id of the record that it is about, '' for the whole case.
        on_day: The ISO date of which it tells, where that is not the day as of which the case is known; else ''.
        readers: Who will read it; what is withheld from any of them is left out.
        thread: Which contacts a thread or a list of attempts is made of.
    """

    issued_on: str
    prepared_by: str
    prepared_for: str = "The court, the mother and her legal representative"
    version: int = 1
    replaces_issue_of: str = ""
    hearing: str = ""
    marking: Marking = Marking.CHILDREN
    numbering: Numbering = Numbering.SECTIONS
    dividers: bool = False
    full_contact_log: bool = False
    left_out: frozenset[str] = frozenset()
    about: str = ""
    on_day: str = ""
    readers: frozenset[Reader] = field(default=COURT_AND_PARTIES)
    thread: ThreadFilter = EVERYTHING
