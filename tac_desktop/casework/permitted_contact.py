"""Which contact with a child is allowed on a day: of several decisions the strictest holds, whoever took it.

The rule (decision 0067): a decision holds from its first day to its last; one that has only been asked for holds
nothing. Where several speak of one kind of contact with one child, the strictest holds: no agreement lifts what public
protection or a court forbids. Of equally strict ones the weightiest source is named. Where nothing was said, contact is
neither allowed nor forbidden. It is a question asked back and never a lock: whoever gives a reason may go on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_channels import IN_WORDS, STRICTNESS, WITH_MOTHER, Standing, level_says, narrows
from tac_desktop.casework.record import Record

SOURCES: Final = "contact_permission_source"
WEIGHT: Final[Mapping[str, int]] = MappingProxyType({
    "public_protection": 7, "court_order": 6, "licence": 5, "la_decision": 4, "letterbox_agreement": 3,
    "child_wishes": 2, "carer_decision": 1, "family_agreement": 1,
})  # fmt: skip
"""Which of equally strict sources is named; a source that is not known weighs nothing."""
_DECIDES: Final = 6
"""From this weight on a source binds everybody: a stricter word of a lighter one is told beside it."""


@dataclass(frozen=True)
class Permission:
    """What holds for one child and one kind of contact on a day. Days are ISO, '' where there is none."""

    standing: Standing
    source: str = ""
    """A code of 'contact_permission_source'; '' where nothing was said, or nobody knows who decided."""
    conditions: str = ""
    """In words, of every decision that holds; where one forbids, of those that forbid."""
    until: str = ""
    """The last day of the decision that is named."""
    review_by: str = ""
    record_id: str = ""
    """The decision that is named."""
    against: str = ""
    """A source that binds everybody and allows what somebody else does not."""

    @property
    def forbids(self) -> bool:
        """Whether contact needs a reason."""
        return self.standing == "not_allowed"

    def words(self) -> str:
        """Return it in words: 'Not allowed (Court order)'."""
        source = label(SOURCES, self.source) if self.source else ""
        return f"{IN_WORDS[self.standing]} ({source})" if source else IN_WORDS[self.standing]


NOTHING_SAID: Final = Permission("not_said")


def holds(decision: Record, day: str) -> bool:
    """Say whether a decision holds on a day (ISO): it has begun, has not ended, and was really taken."""
    begun, ended = decision.text("since"), decision.text("until")
    return decision.text("status") != "asked" and begun <= day and (not ended or day <= ended)


def speaks_of(decision: Record, child: str, channel: str) -> bool:
    """Say whether a decision is about a kind of contact with a child."""
    if child not in chosen(decision.answers, "children"):
        return False
    named = chosen(decision.answers, "channels") if narrows(decision.text("level")) else ()
    return channel in (named or WITH_MOTHER)


def permission_on(permissions: Iterable[Record], child: str, channel: str, day: str) -> Permission:
    """Return what holds for one kind of contact with a child on a day.

    Args:
        permissions: Records of the form 'contact_permission' of one case file, in any order.
        child: The id of the child's record.
        channel: A code of 'child_contact_type'.
        day: The ISO date.
    """
    found = [one for one in permissions if holds(one, day) and speaks_of(one, child, channel)]
    speaking = [one for one in found if _standing(one, channel) != "not_said"]
    if not speaking:
        return NOTHING_SAID
    named = max(speaking, key=lambda one: (STRICTNESS[_standing(one, channel)], _weight(one), one.id))
    standing = _standing(named, channel)
    return Permission(
        standing=standing,
        source=named.text("source"),
        conditions="\n".join(_conditions(named, [one for one in speaking if not _is_milder(one, standing, channel)])),
        until=named.text("until"),
        review_by=named.text("review_by"),
        record_id=named.id,
        against=_overruled(named, speaking, channel) if standing == "not_allowed" else "",
    )


def _standing(decision: Record, channel: str) -> Standing:
    return level_says(decision.text("level"), channel)


def _weight(decision: Record) -> int:
    return WEIGHT.get(decision.text("source"), 0)


def _is_milder(decision: Record, standing: Standing, channel: str) -> bool:
    """Say whether a decision allows what another one does not: then its conditions say nothing any more."""
    return standing == "not_allowed" and _standing(decision, channel) != standing


def _conditions(named: Record, speaking: Sequence[Record]) -> Iterator[str]:
    """Yield the conditions of all decisions that hold, those of the one that is named first."""
    others = sorted((one for one in speaking if one.id != named.id), key=lambda one: (-_weight(one), one.id))
    told = dict[str, None]()
    for decision in (named, *others):
        if decision.text("level") == "supervised":
            told["Supervised only"] = None
        if decision.text("conditions"):
            told[decision.text("conditions")] = None
    yield from told


def _overruled(named: Record, speaking: Sequence[Record], channel: str) -> str:
    """Return the weightiest source that binds everybody and allows what the lighter one that is named does not."""
    binding = (one for one in speaking if _weight(one) >= _DECIDES)
    heaviest = max((one for one in binding if _standing(one, channel) != "not_allowed"), key=_weight, default=None)
    return heaviest.text("source") if heaviest and _weight(named) < _DECIDES else ""
