"""What is recorded of the mother's own parental responsibility for a child, in the words of a letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.dues.due import RecordsByForm
from tac_desktop.casework.record import Record

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

    Args:
        records: The records of the case file by form.
        child: The child's record.
        day: ISO date.
    """
    newest = _newest(records.get("parental_responsibility", ()), child, day)
    if newest is not None:
        return HerResponsibility(newest.text("status"), newest.text("source"))
    if _adopted(records.get("order", ()), child, day):
        return HerResponsibility(LOST, "order")
    return HerResponsibility(child.text("parental_responsibility"))


def _newest(found: Iterable[Record], child: Record, day: str) -> Record | None:
    hers = [
        one for one in found
        if one.text("child") == child.id and one.text("who") == "mother" and one.text("status")
        and one.text("since") <= day and not (one.text("until") and one.text("until") < day)
    ]  # fmt: skip
    return max(hers, key=lambda one: (one.text("since"), one.id), default=None)


def _adopted(orders: Iterable[Record], child: Record, day: str) -> bool:
    return any(
        one.text("order_type") == "adoption_order" and one.text("made_on") <= day and not one.text("ended_on")
        and child.id in (one.answers.get("children") or ())  # pyright: ignore[reportOperatorIssue] - a tuple of ids
        for one in orders
    )  # fmt: skip
