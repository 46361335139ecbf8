"""What a person reads about bundles, people and the service: sizes, kinds, states, days."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.codelists import label
from tac_desktop.ui.words import counted, short_day

if TYPE_CHECKING:
    from tac_desktop.actions.standing import PastBundle, Standing

KIB, MIB, GIB = 1024, 1024**2, 1024**3


def _tr(text: str) -> str:
    return QCoreApplication.translate("exchange_words", text)


def role_words(role: str) -> str:
    """Return a role as it stands after a name."""
    words = {
        "worker": _tr("social worker"), "engagement_worker": _tr("family engagement worker"),
        "manager": _tr("manager"), "admin": _tr("administrator"),
    }  # fmt: skip
    return words.get(role, role)


def places_words(sites: "tuple[str, ...] | list[str]") -> str:
    """Return prisons in words, '' for none."""
    return ", ".join(label("prison", site) for site in sites if site)


def who_words(name: str, role: str, sites: "tuple[str, ...] | list[str]") -> str:
    """Return 'Ash Piano (social worker, HMP Styal)'."""
    inside = ", ".join(part for part in (role_words(role), places_words(sites)) if part)
    return f"{name} ({inside})"


def size_words(size: int) -> str:
    """Return a number of bytes as people say it."""
    if size < KIB:
        return _tr("{n} bytes").format(n=size)
    if size < MIB:
        return _tr("{n} KB").format(n=f"{size / KIB:,.0f}")
    if size < GIB:
        return _tr("{n} MB").format(n=f"{size / MIB:,.1f}")
    return _tr("{n} GB").format(n=f"{size / GIB:,.1f}")


def moment_words(at: str) -> str:
    """Return an ISO moment as '27 Mar 2019, 14:05' by this computer's clock, '' for none."""
    here = _here(at)
    time = here[11:16]
    return f"{short_day(here)}, {time}" if time else short_day(here)


def day_words(at: str) -> str:
    """Return the day of an ISO moment as '27 Mar 2019' by this computer's clock, '' for none."""
    return short_day(_here(at))


def _here(at: str) -> str:
    if len(at) <= len("2019-03-27"):
        return at
    moment = datetime.fromisoformat(at)
    return (moment if moment.tzinfo is None else moment.astimezone()).isoformat()


def status_words(status: str) -> tuple[str, str]:
    """Return how it stands with a member's card, and the tone."""
    match status:
        case "active":
            return _tr("Active"), "ok"
        case "left":
            return _tr("Left the service"), "neutral"
        case "lost":
            return _tr("Computer lost"), "danger"
        case "compromised":
            return _tr("Key in wrong hands"), "danger"
        case _:
            return status, "neutral"


def kind_words(bundle: "PastBundle") -> str:
    """Return what sort of bundle it was, and which part of how many."""
    kinds = {
        "sync": _tr("Bundle"),
        "transfer": _tr("Hand-over"),
        "receipt": _tr("Receipt"),
        "roster": _tr("Roster"),
    }
    words = kinds.get(bundle.kind, bundle.kind)
    number, of = bundle.volume
    return _tr("{kind}, file {n} of {of}").format(kind=words, n=number, of=of) if of > 1 else words


def state_words(bundle: "PastBundle") -> tuple[str, str]:
    """Return what became of a bundle, and the tone."""
    if bundle.left_out:
        return counted(bundle.left_out, _tr("1 entry left out"), _tr("{n} entries left out")), "warn"
    if bundle.direction == "in":
        return _tr("Taken in"), "ok"
    return (_tr("Acknowledged"), "ok") if bundle.acknowledged else (_tr("Not acknowledged"), "neutral")


def standing_words(one: "Standing") -> str:
    """Say in a sentence or two how it stands with a colleague."""
    if not one.last_sent:
        said = _tr("Nothing was sent to her yet.")
    elif one.acknowledged_up_to:
        said = _tr("Last sent: no. {n} on {day}. She has acknowledged everything up to {reach}.").format(
            n=one.last_sent_number, day=day_words(one.last_sent), reach=day_words(one.acknowledged_up_to)
        )
    else:
        said = _tr("Last sent: no. {n} on {day}. She has not acknowledged it yet.").format(
            n=one.last_sent_number, day=day_words(one.last_sent)
        )
    lacks = counted(one.waiting_entries, _tr("1 entry is not yet with her."), _tr("{n} entries are not yet with her."))
    return f"{said} {lacks if one.waiting_entries else _tr('She has all that she may have.')}"


def recipient_words(one: "Standing | None", role: str) -> str:
    """Say how it stands with somebody one writes for, and what she may have."""
    manager = _tr("A manager gets all case files.")
    worker = _tr("A social worker gets the case files that were handed over to her or shared with her: open a case "
                 "file to hand it over.")  # fmt: skip
    gets = manager if role == "manager" else worker
    return gets if one is None else f"{standing_words(one)} {gets}"


def missing_words(numbers: tuple[int, ...], name: str) -> str:
    """Say without which bundles of a colleague a later one could not be taken in, '' where none is missing."""
    if not numbers:
        return ""
    asks = _tr("Your next bundle to her asks for it.")
    if len(numbers) == 1:
        said = _tr("Bundle {n} of {name} is missing: a later one cannot be taken in without it.")
        return f"{said.format(n=numbers[0], name=name)} {asks}"
    listed = ", ".join(str(number) for number in numbers[:-1])
    said = _tr("Bundles {some} and {last} of {name} are missing: a later one cannot be taken in without them.")
    return f"{said.format(some=listed, last=numbers[-1], name=name)} {asks}"


def spelled(code: str) -> str:
    """Return a code as a screen reader shall say it, letter by letter, with a pause between its groups."""
    return ", ".join(" ".join(group) for group in code.split("-"))
