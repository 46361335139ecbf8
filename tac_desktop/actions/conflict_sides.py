"""The sides of a contradiction in words: what each says, who wrote it, when, in which vault, and what she had seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, cast

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import label
from tac_desktop.casework.fields import Choice, Choices, Field, Links
from tac_desktop.casework.form import Form
from tac_desktop.casework.journal import JsonValue, from_journal, json_bytes
from tac_desktop.casework.live import DELETED
from tac_desktop.casework.typed_dates import moment_in_words
from tac_desktop.casework.wording import Named, answer_in_words, one_line

if TYPE_CHECKING:
    from tac_desktop.storage.reading import PastEntry
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

STANDS_AGAIN: Final = "_again/"
"""The journal field that says whose earlier value an entry only puts back: followed by the id of that entry."""
_AHEAD: Final = timedelta(minutes=10)
_SERVICE_BEGAN: Final = "2020"
"""No entry was written before this year: a clock that says so was reset."""
UNKNOWN_VAULT: Final = "a vault whose card is not known here"
TAKEN_BACK: Final = "No answer: it was taken back"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the answers that contradict each other."""

    cid: str
    """The id of the entry that wrote it; where several say the same, of the latest."""
    value: JsonValue
    """As the journal has it."""
    answer: Answer | None
    """None where an answer was taken back, where one code of several is meant, and for a deletion."""
    words: str
    """What a person reads."""
    author: str
    """Who wrote it."""
    device_name: str
    """Whose vault it was written in; '' for this one, `UNKNOWN_VAULT` where nobody knows."""
    at: str
    """When, by the clock of that computer (ISO, UTC); '' where the clock was far out."""
    clock_uncertain: bool
    saw: str
    """What stood there for whoever wrote it, in a sentence."""
    known_on: str
    """The ISO day from which it held as known."""


def place_of(side: Side) -> str:
    """Return where a side was written: 'this vault', 'the vault of Ash Piano'."""
    if side.device_name in ("", UNKNOWN_VAULT):
        return side.device_name or "this vault"
    return f"the vault of {side.device_name}"


class Writers:
    """The names of people and of vaults, as far as this vault knows them."""

    def __init__(self, vault: "Vault", store: "Store") -> None:
        """Read the people of the vault and the cards that it believes."""
        from tac_desktop.actions.cards import whom_we_trust
        from tac_desktop.export.identity import device_id

        cards = {device: one.card for device, one in whom_we_trust(vault, store).items()}
        self._people = {card.person: card.name for card in cards.values()}
        self._people |= {person.id: person.name for person in vault.people()}
        self._devices = {
            origin.incarnation: "" if origin.own else self._card_name(cards.get(device_id(origin.key)))
            for origin in store.exchange.origins().values()
        }

    @staticmethod
    def _card_name(card: object) -> str:
        return cast("str", getattr(card, "name", "")) or UNKNOWN_VAULT

    def device(self, entry: "PastEntry") -> str:
        """Return whose vault an entry was written in; '' for this one."""
        return self._devices.get(entry.incarnation, UNKNOWN_VAULT)

    def author(self, entry: "PastEntry") -> str:
        """Return who wrote an entry."""
        known = self._people.get(entry.sem.author) or self.device(entry)
        return known if known not in ("", UNKNOWN_VAULT) else "Somebody in another vault"


@dataclass(frozen=True)
class Telling:
    """What is needed to tell a contradiction of one record in words."""

    form: Form
    history: Mapping[str, "PastEntry"]
    """All entries of the record, by their ids."""
    writers: Writers
    named: Named
    now: datetime

    def sides(self, field: str, values: Iterable[tuple[str, JsonValue]]) -> tuple[Side, ...]:
        """Return the sides of a contradiction, each value once, in the order in which they come.

        Args:
            field: The journal field.
            values: The live values with the ids of their entries.
        """
        found: dict[bytes, Side] = {}
        for cid, value in values:
            side = self._side(field, cid, value)
            if side is not None:
                found.setdefault(json_bytes(value), side)
        return tuple(found.values())

    def _side(self, field: str, cid: str, value: JsonValue) -> Side | None:
        entry = self.history.get(cid)
        if entry is None:
            return None
        written = self._first(entry)
        return Side(
            cid=cid, value=value, answer=answer_of(field, value), words=self.words(field, value),
            author=self.writers.author(written), device_name=self.writers.device(written), at=written.at,
            clock_uncertain=self._clock_is_uncertain(written), saw=self._saw(field, written),
            known_on=entry.sem.known_on,
        )  # fmt: skip

    def _first(self, entry: "PastEntry") -> "PastEntry":
        """Return the entry whose value an undone decision put back, else the entry itself."""
        for _ in self.history:
            origin = next((name for name in entry.sem.fields if name.startswith(STANDS_AGAIN)), "")
            if origin.removeprefix(STANDS_AGAIN) not in self.history:
                break
            entry = self.history[origin.removeprefix(STANDS_AGAIN)]
        return entry

    def words(self, field: str, value: JsonValue) -> str:
        """Return what a person reads for the value of a journal field."""
        stem, slash, element = field.partition("/")
        question = self.form.by_name.get(stem)
        if field == DELETED:
            return _deletion_in_words(value)
        if slash:
            named = _element_in_words(question, element, self.named)
            return f"‘{named}’ belongs to it" if value is True else f"‘{named}’ does not belong to it"
        if value is None:
            return TAKEN_BACK
        answer = answer_of(field, value)
        return answer_in_words(question, answer, self.named) if question else str(value)

    def _saw(self, field: str, entry: "PastEntry") -> str:
        if field == DELETED:
            return "Written without knowing of what was changed elsewhere."
        replaced = [cid for cid, names in entry.sem.supersedes.items() if field in names]
        told = [self._told(field, self.history[cid]) for cid in replaced if cid in self.history]
        if len(told) < len(replaced):
            told.append("an answer that has not arrived here")
        return f"Written over {'; and over '.join(told)}." if told else "No answer stood there yet when it was written."

    def _told(self, field: str, entry: "PastEntry") -> str:
        who, when = self.writers.author(entry), in_local_words(entry.at)
        if entry.values is None:
            return f"words of {who} ({when}) that were erased by law"
        return f"‘{one_line(self.words(field, entry.values.get(field)))}’ of {who} ({when})"

    def _clock_is_uncertain(self, entry: "PastEntry") -> bool:
        """Say whether the clock under which an entry was written cannot have been right.

        It says a time that is still to come, one before the service began, or one that is not after that of an entry
        from another vault which whoever wrote it had seen.
        """
        if entry.clock_uncertain or not entry.at or entry.at < _SERVICE_BEGAN:
            return True
        if datetime.fromisoformat(entry.at) > self.now + _AHEAD:
            return True
        seen = [self.history[cid] for cid in entry.sem.supersedes if cid in self.history]
        others = (before for before in seen if self.writers.device(before) != self.writers.device(entry))
        return any(before.sem.hlc >> 16 >= entry.sem.hlc >> 16 for before in others)


def deletion_sides(telling: Telling, deletions: Sequence[tuple[str, JsonValue]]) -> tuple[Side, ...]:
    """Return the sides of an edit against a deletion: all that was written unseen by it, then the deletions."""
    sides = telling.sides(DELETED, deletions)
    if any(value is None for _, value in deletions):
        return sides  # somebody says already that it stays
    seen = {cid for _, value in deletions for cid in _seen(value)} | {cid for cid, _ in deletions}
    replaced = {
        (cid, name) for entry in telling.history.values() for cid, names in entry.sem.supersedes.items()
        for name in names
    }  # fmt: skip
    unseen: list[tuple[PastEntry, dict[str, JsonValue]]] = []
    for cid, entry in telling.history.items():
        alive = {
            name: value
            for name, value in (entry.values or {}).items()
            if not name.startswith("_") and (cid, name) not in replaced
        }
        if alive and cid not in seen:
            unseen.append((entry, alive))
    return (_edits(telling, unseen), *sides) if unseen else sides


def _edits(telling: Telling, unseen: "Sequence[tuple[PastEntry, dict[str, JsonValue]]]") -> Side:
    last = max((entry for entry, _ in unseen), key=lambda entry: (entry.sem.hlc, entry.incarnation))
    values = {name: value for _, alive in unseen for name, value in alive.items()}
    lines = [
        f"{question.label}: {answer_in_words(question, answer, telling.named)}"
        for name, answer in from_journal(values).items()
        if (question := telling.form.by_name.get(name))
    ]
    return Side(
        cid=last.cid, value=None, answer=None, words="\n".join(lines) or "It was changed.",
        author=telling.writers.author(last), device_name=telling.writers.device(last), at=last.at,
        clock_uncertain=False, saw="Written without knowing that the record was deleted.", known_on=last.sem.known_on,
    )  # fmt: skip


def _seen(value: JsonValue) -> list[str]:
    return cast("list[str]", value.get("seen", [])) if isinstance(value, dict) else []


def _deletion_in_words(value: JsonValue) -> str:
    if not isinstance(value, dict):
        return "The record is to stay."
    reason = str(value.get("reason") or "")
    return f"The record was deleted: {reason}" if reason else "The record was deleted."


def _element_in_words(question: Field | None, element: str, named: Named) -> str:
    match question:
        case Choice() | Choices():
            return label(question.codes, element)
        case Links():
            return named(element) or "a record that is not here"
        case _:
            return element


def answer_of(field: str, value: JsonValue) -> Answer | None:
    """Return the answer that a journal field with this value is, None where it is none by itself."""
    return None if "/" in field or field == DELETED else from_journal({field: value}).get(field)


def in_local_words(moment: str) -> str:
    """Return an ISO moment in UTC as the clock on the wall showed it: '27 March 2019, 14:05'."""
    if not moment:
        return "at an unknown time"
    return moment_in_words(datetime.fromisoformat(moment).astimezone().isoformat()[:16])
