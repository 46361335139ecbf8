"""What a person wants, while she is in a case file, that the page of the case file does not do itself."""

from PySide6.QtCore import QObject, Signal


class CaseWishes(QObject):
    """Told by any part of a case file's page; whoever opened the page connects what he can do."""

    contact_wanted = Signal()
    """A contact with this mother shall be logged."""
    document_wanted = Signal(str)
    """The kind of document that shall be written: dossier or assessment."""
    paper_wanted = Signal(object)
    """A ThreadOrder: a part of the contact log shall be put on paper."""
    answer_wanted = Signal(object, str)
    """A question that waits for an answer, and what shall be logged of it; see `AwaitedList`."""
    document_opened = Signal(str)
    """The id of the record of a document that was issued and shall be shown."""
    hand_over_wanted = Signal()
    """The case file shall be handed over."""
    hand_over_ended = Signal(str)
    """The id of a hand-over that is over."""
    access_wanted = Signal(str)
    """The id of a subject access request whose answers shall be looked through."""
    same_woman_wanted = Signal()
    """Another case file of hers was found."""
    cases_parted = Signal(str)
    """It shall be taken back that two case files are of one woman: the record in which it was said."""
    conflicts_wanted = Signal(str)
    """Contradictions shall be decided: case file, record and question, as their page takes them."""
    day_wanted = Signal(str)
    """The case file shall be shown as it was known on an ISO day; '' for today."""
