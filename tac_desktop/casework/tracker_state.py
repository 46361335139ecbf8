"""How a case stands on a day, and what has changed since an earlier one: what a tracker return is written from.

Nothing of it is copied into the return: it follows from the records as they were known on these days.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.family import is_born, is_in_force, picture
from tac_desktop.casework.fields import Field, Links
from tac_desktop.casework.form import Form
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.order_rules import NONE_KNOWN
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import Named, answer_in_words, child_name, counted, one_line, record_in_words
from tac_desktop.casework.workload import is_running

_UNTOLD: Final = frozenset({
    "contact", "tracker_return", "access_request", "mothers_survey_t1", "mothers_survey_t2", "photo", "paper",
})  # fmt: skip
"""Forms that are no news for a return: contacts are counted, the others are told elsewhere."""
TOLD: Final = tuple(
    form.name for form in ALL.values() if form.keeping == "case" and form.by_hand and form.name not in _UNTOLD
)
"""The forms whose changes are told, in the order of a case file."""
_LONGEST: Final = 160


@dataclass(frozen=True)
class StateRow:
    """One matter as it stands, in words."""

    heading: str
    lines: tuple[str, ...]
    """Empty where nothing is recorded."""


@dataclass(frozen=True)
class Change:
    """One record that is new, was changed, or was removed."""

    heading: str
    """The form's title."""
    words: str
    form: str
    record_id: str
    """'' for a count of several."""


def day_of(tracker_return: Record, today: str) -> str:
    """Return the ISO day whose state a return tells: the one it names, else that of its receipt; a baseline's is today.

    A baseline tells how it all began, but most of that is known only after the first meeting.
    """
    said = (tracker_return.text(name) for name in ("period_to", "received"))
    return next((day for day in said if day), today)


def day_before(records: RecordsByForm, tracker_return: Record | None, day: str) -> str:
    """Return the ISO day of the return before one, else when the baseline was sent, or she was met; '' for neither.

    Args:
        records: Of the case file.
        tracker_return: The return that is being written; None for a new one.
        day: The day whose state it tells.
    """
    own = tracker_return.id if tracker_return else ""
    days = [day_of(one, "") for one in records.get("tracker_return", ()) if one.id != own]
    days += [one.text("sent") or one.text("first_meeting") for one in records.get("baseline", ())]
    return max((one for one in days if one and one < day), default="")


def state_on(records: RecordsByForm, day: str, named: Named) -> list[StateRow]:
    """Return how a case stands on a day: custody, children, orders, court, contact, needs, challenges.

    Args:
        records: Of the case file, as they were known on the day.
        day: The ISO day.
        named: Words for a linked record.
    """
    rows: tuple[tuple[str, Callable[[RecordsByForm, str, Named], Iterator[str]]], ...] = (
        ("Custody", _custody), ("Children and where they live", _homes), ("Orders", _orders), ("Court", _court),
        ("Contact with the children", _contact), ("Needs", _needs), ("Challenges", _challenges),
    )  # fmt: skip
    return [StateRow(heading, tuple(find(records, day, named))) for heading, find in rows]


def changes_between(
    before: RecordsByForm, now: RecordsByForm, named: Named, contacts: tuple[int, int] = (0, 0)
) -> list[Change]:
    """Return what is new, changed or removed in `now`, in the order of a case file; contacts are counted.

    Args:
        before: The records of a case file as they were known on the earlier day.
        now: As they were known on the later day.
        named: Words for a linked record.
        contacts: How many contacts and how many attempts there were between the days.
    """
    found: list[Change] = []
    for name in TOLD:
        form, then = ALL[name], {record.id: record for record in before.get(name, ())}
        here = {record.id for record in now.get(name, ())}
        for record in now.get(name, ()):
            told = _changed(form, then.get(record.id), record, named)
            found += [Change(form.title, told, name, record.id)] if told else []
        for gone in (record for key, record in then.items() if key not in here):
            found.append(Change(form.title, f"Removed: {record_in_words(form, gone, named)}", name, gone.id))
    if told := _contacts_in_words(*contacts):
        found.append(Change(ALL["contact"].several, told, "contact", ""))
    return found


def as_text(changes: Sequence[Change]) -> str:
    """Return changes as lines that a person can go on writing from."""
    return "\n".join(f"{change.heading}: {change.words}" for change in changes)


# --- the state ---


def _custody(records: RecordsByForm, day: str, named: Named) -> Iterator[str]:
    begun = [one for one in records.get("custody", ()) if one.text("from_date") <= day]
    last = max(begun, key=lambda one: (one.text("from_date"), one.id), default=None)
    if last is not None:
        yield record_in_words(ALL["custody"], last, named)
    for mother in records.get("mother", ()):
        if mother.text("prison") and not (last and last.text("prison")):
            yield label("prison", mother.text("prison"))


def _homes(records: RecordsByForm, day: str, _named: Named) -> Iterator[str]:
    there = [one for home in picture(records, day).households for one in home.children]
    for one in sorted(there, key=lambda one: (one.child.text("date_of_birth") or "9999", one.child.id)):
        child, home = one.child, one.home
        if home is None:
            yield f"{child_name(child)}: {'not recorded' if is_born(child, day) else 'not born yet'}"
            continue
        words = [label("care_arrangement", home.text("arrangement")), home.text("carer")]
        since = f"since {day_in_words(home.text('from_date'))}" if home.text("from_date") else ""
        yield f"{child_name(child)}: {', '.join(filter(None, [*words, since])) or 'not recorded'}"


def _orders(records: RecordsByForm, day: str, named: Named) -> Iterator[str]:
    holding = [one for one in records.get("order", ()) if is_in_force(one, day)]
    known = [one for one in holding if one.text("order_type") != NONE_KNOWN]
    yield from (record_in_words(ALL["order"], one, named) for one in known or holding)


def _court(records: RecordsByForm, day: str, named: Named) -> Iterator[str]:
    running = [one for one in records.get("proceedings", ()) if is_running(one, day)]
    yield from (record_in_words(ALL["proceedings"], one, named) for one in running)
    if not running:
        said = (_said(one, "family_court", named) for one in records.get("baseline", ()))
        yield from (words for words in said if words)
    following = min((one.text("at") for one in records.get("hearing", ()) if one.text("at")[:10] > day), default="")
    if following:
        yield f"Next hearing: {day_in_words(following[:10])}"


def _contact(records: RecordsByForm, day: str, named: Named) -> Iterator[str]:
    children = {child.id: child for child in records.get("child", ())}
    latest: dict[str, Record] = {}
    for state in sorted(records.get("contact_state", ()), key=lambda one: (one.text("date"), one.id)):
        if state.text("date") <= day:
            latest[state.text("child")] = state
    for child, state in latest.items():
        if child in children:
            yield f"{child_name(children[child])}: {_said(state, 'level', named)}"
    if not latest:
        for baseline in records.get("baseline", ()):
            if words := _said(baseline, "contact_level", named):
                yield f"At referral: {words}"


def _needs(records: RecordsByForm, _day: str, named: Named) -> Iterator[str]:
    for baseline in records.get("baseline", ()):
        if chosen(baseline.answers, "worker_needs"):
            yield f"Seen by the social worker: {_said(baseline, 'worker_needs', named)}"
    named_by_her = [one for one in records.get("triage", ()) if chosen(one.answers, "self_identified_needs")]
    for triage in named_by_her[-1:]:
        yield f"Named by the mother: {_said(triage, 'self_identified_needs', named)}"


def _challenges(records: RecordsByForm, day: str, named: Named) -> Iterator[str]:
    for challenge in records.get("challenge", ()):
        if challenge.text("recorded") <= day:
            yield record_in_words(ALL["challenge"], challenge, named)


def _said(record: Record, name: str, named: Named) -> str:
    return answer_in_words(ALL[record.form].by_name[name], record.answers.get(name), named)


# --- what changed ---


def _changed(form: Form, before: Record | None, now: Record, named: Named) -> str:
    """Return what is new in a record in words, '' where nothing is."""
    if before is None:
        return record_in_words(form, now, named)
    told = [
        _one_change(field, before, now, named)
        for field in form.fields
        if before.answers.get(field.name) != now.answers.get(field.name)
    ]
    if not told:
        return ""
    which = f"{record_in_words(form, now, named)}: " if form.repeated else ""
    return which + "; ".join(told)


def _one_change(field: Field, before: Record, now: Record, named: Named) -> str:
    old, new = before.answers.get(field.name), now.answers.get(field.name)
    if isinstance(old, tuple) and isinstance(new, tuple) and not isinstance(field, Links):
        added = answer_in_words(field, tuple(one for one in new if one not in old), named)
        gone = answer_in_words(field, tuple(one for one in old if one not in new), named)
        parts = [f"now also {added}" if added else "", f"no longer {gone}" if gone else ""]
        return f"{field.label}: {', '.join(filter(None, parts))}"
    words, was = (one_line(answer_in_words(field, one, named), _LONGEST) for one in (new, old))
    if not words:
        return f"{field.label}: taken back (was {was})"
    return f"{field.label}: {words}" + (f" (was {was})" if was else "")


def _contacts_in_words(contacts: int, attempts: int) -> str:
    told = [counted(contacts, "contact")] if contacts else []
    told += [counted(attempts, "attempt without success", "attempts without success")] if attempts else []
    return " and ".join(told)
