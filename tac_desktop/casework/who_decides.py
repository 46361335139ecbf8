"""Who has parental responsibility for a child of the family, in words: as recorded, and as an order or the law says."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.case_view import in_words
from tac_desktop.casework.codelists import label
from tac_desktop.casework.family import ChildThere
from tac_desktop.casework.her_responsibility import HerResponsibility, her_responsibility
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import begun_small

_BY_LAW: Final = "the mother by law, until an adoption (Children Act 1989, section 2); nothing is recorded"
_BY_ORDER: Final[Mapping[str, str]] = MappingProxyType({
    "care_order": "the local authority, by the care order",
    "interim_care_order": "the local authority, by the interim care order",
    "emergency_protection_order": "whoever was given the emergency protection order",
    "placement_order": "the local authority and the prospective adopters, by the placement order",
    "special_guardianship_order": "the Special Guardian, before all others who share it",
    "adoption_order": "the adopters, by the adoption order",
})  # fmt: skip
"""Who has parental responsibility by an order, whether or not that was recorded (Children Act 1989, sections 14C, 33
and 44; Adoption and Children Act 2002, sections 25 and 46)."""
_HOLDS_BY_ORDER: Final[Mapping[str, str]] = MappingProxyType({
    "care_order": "local_authority", "interim_care_order": "local_authority",
    "special_guardianship_order": "special_guardian", "adoption_order": "adopters",
})  # fmt: skip
"""Codes of 'pr_holder': whoever is named so with an order need not be told once more."""
_HERS: Final[Mapping[str, str]] = MappingProxyType({
    "mother_has_pr": "the mother",
    "shared": "the mother, shared with the authority or a carer",
    "lost_adoption": "no longer the mother",
    "disputed_misinformed": "the mother, although she was told otherwise",
})  # fmt: skip
"""What the codes of 'pr_status' say of her, as an answer to who decides."""


def responsibility_in_words(one: ChildThere, day: str) -> str:
    """Return who has parental responsibility as it was recorded, with its source; '' where nobody wrote it down.

    What was recorded of the mother before an adoption order is not repeated after it.
    """
    hers = _hers(one, day)
    told = hers.is_lost or any(
        record.text("who") == "mother" and record.text("status") for record in one.responsibility
    )
    return "; ".join([*([_of_her(hers)] if told else []), *_others(one)])


def decides_in_words(one: ChildThere, day: str) -> tuple[str, bool]:
    """Return who decides about a child on a day (ISO), and whether anything of the mother is recorded.

    It is told as it is recorded, else as the child's answer, the orders that hold and the law say.
    """
    hers = _hers(one, day)
    kinds = [kind for order in one.orders if (kind := order.text("order_type")) in _BY_ORDER]
    by_order, said = [_BY_ORDER[kind] for kind in kinds], {_HOLDS_BY_ORDER.get(kind, "") for kind in kinds}
    return "; ".join(dict.fromkeys([_of_her(hers), *_others(one, said), *by_order])), bool(hers.status)


def _hers(one: ChildThere, day: str) -> HerResponsibility:
    held = {"parental_responsibility": one.responsibility, "order": one.orders}
    return her_responsibility(held, one.child, day)


def _others(one: ChildThere, by_order: Collection[str] = ()) -> list[str]:
    """Return who else holds it as it was recorded, without those of whom an order says it (codes of 'pr_holder')."""
    others = (record for record in one.responsibility if record.text("who") != "mother")
    return [
        words
        for record in others
        if (words := _holder(record)) and not (record.text("who") in by_order and record.answers.get("holds") is True)
    ]


def _of_her(hers: HerResponsibility) -> str:
    if not hers.status:
        return _BY_LAW
    source = f" ({begun_small(label('pr_source', hers.source))})" if hers.source else ""
    return _HERS.get(hers.status, label("pr_status", hers.status)) + source


def _holder(record: Record) -> str:
    """Return what a record says of somebody beside the mother, '' where it says nothing."""
    source = f" ({begun_small(in_words(record, 'source'))})" if record.text("source") else ""
    holds = record.answers.get("holds")
    return f"{'' if holds else 'not '}{begun_small(in_words(record, 'who'))}{source}" if isinstance(holds, bool) else ""
