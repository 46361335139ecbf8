"""What is recorded of the mother's own parental responsibility for a child, in the words of a letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.days import holds_on, is_before
from tac_desktop.casework.record import Record, RecordsByForm

ADOPTION: Final = "adoption_order"
LOST: Final = "lost_adoption"
_SAYS: Final[Mapping[str, str]] = MappingProxyType({
    "mother_has_pr": "has parental responsibility for {child}",
    "shared": "has parental responsibility for {child}, and shares it",
    "disputed_misinformed": "has parental responsibility for {child}; where she was told otherwise, that was wrong",
})  # fmt: skip
_SOURCES: Final[Mapping[str, str]] = MappingProxyType({
    "birth_certificate": "by the birth certificate", "marriage": "by marriage or civil partnership",
    "agreement": "by a parental responsibility agreement", "order": "by an order of the court",
})  # fmt: skip
"""From where it is known; what somebody only said is no source for a letter."""


@dataclass(frozen=True)
class HerResponsibility:
    """How it stands for her and one child."""

    status: str
    """A code of 'pr_status'; '' where nothing is recorded."""
    source: str = ""
    """A code of 'pr_source'."""

    @property
    def is_lost(self) -> bool:
        """Whether the child was adopted, so that no letter may speak for her as a parent."""
        return self.status == LOST

    def in_a_letter(self, child: str) -> str:
        """Return what a letter says after her name, '' where nothing can be said."""
        words = _SAYS.get(self.status, "").format(child=child)
        source = _SOURCES.get(self.source, "")
        return f"{words} ({source})" if words and source else words


def her_responsibility(records: RecordsByForm, child: Record, day: str) -> HerResponsibility:
    """Return how parental responsibility stands for the mother on a day: the newest record, else the child's answer.

    With an adoption order it is lost (Adoption and Children Act 2002, section 46), unless a record that is younger
    says that she holds it still, as where her partner adopted.

    Args:
        records: The records of the case file by form.
        child: The child's record.
        day: ISO date.
    """
    newest = _newest(records.get("parental_responsibility", ()), child, day)
    adopted = adopted_on(child, records.get("order", ()), day)
    if adopted is not None and (newest is None or not _is_younger(newest, adopted)):
        return HerResponsibility(LOST, "order")
    if newest is not None:
        return HerResponsibility(newest.text("status"), newest.text("source"))
    return HerResponsibility(child.text("parental_responsibility"))


def _newest(found: Iterable[Record], child: Record, day: str) -> Record | None:
    hers = [
        one for one in found
        if one.text("child") == child.id and one.text("who") == "mother" and one.text("status")
        and holds_on((one.text("since"), one.text("until")), day)
    ]  # fmt: skip
    return max(hers, key=lambda one: (one.text("since"), one.id), default=None)


def _is_younger(told: Record, adopted: str) -> bool:
    """Say whether a record tells how it stood from the day of an adoption on; without both days nobody can say so."""
    since = told.text("since")
    return bool(since and adopted) and not is_before(since, adopted)


def adopted_on(child: Record, orders: Iterable[Record], day: str) -> str | None:
    """Return the ISO day of the adoption order that holds about a child on a day; None for no order.

    It is '' where nobody wrote down when it was made.
    """
    made = [
        one.text("made_on") for one in orders
        if one.text("order_type") == ADOPTION and child.id in chosen(one.answers, "children")
        and one.text("made_on") <= day and not one.text("ended_on")
    ]  # fmt: skip
    return max(made, default=None)


def is_adopted(child: Record, orders: Iterable[Record]) -> bool:
    """Say whether an adoption order about a child was ever made and has not ended."""
    return adopted_on(child, orders, "9999") is not None
