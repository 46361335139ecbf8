"""Hand-overs in words: from whom to whom, for good or for a while, and where each stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.typed_dates import day_in_words

if TYPE_CHECKING:
    from tac_desktop.actions.handing_over import HandOver

HANDOVERS = "handovers"
"""The name of their page: no place of the sidebar, reached from the caseload and from Today."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("hand_over_words", text)


def kind_words(one: "HandOver") -> str:
    """Return what was handed over for how long: 'Transfer', 'Cover until 3 April 2026'."""
    if one.kind == "transfer":
        return _tr("Transfer")
    return _tr("Cover until {day}").format(day=day_in_words(one.until)) if one.until else _tr("Shared case file")


def who_words(one: "HandOver") -> str:
    """Return from whom to whom."""
    to = _tr("you") if one.received else one.name
    if not one.given_by:
        return _tr("To {to}").format(to=to)
    return _tr("From {giver} to {to}").format(giver=one.given_by, to=to)


def state_words(one: "HandOver") -> tuple[str, str]:
    """Return where a hand-over stands as far as this vault knows, and the tone."""
    if one.state == "ended":
        return _tr("Ended"), "neutral"
    if one.received:
        return _tr("It is here, with you"), "ok"
    match one.state:
        case "offered":
            return _tr("Offered: it goes with the next bundle for {name}").format(name=one.name), "warn"
        case "sent":
            return _tr("Sent: the vault of {name} has not acknowledged it yet").format(name=one.name), "info"
        case "taken_over":
            return _tr("Taken over by {name}").format(name=one.name), "ok"


def in_header(handovers: "Sequence[HandOver]") -> list[tuple[str, str]]:
    """Return as caption and words what the header of a case file says: the newest that is not over, and how many more.

    A transfer that was taken over stays there: it says who has the case file now.
    """
    live = [one for one in handovers if one.state != "ended"]
    if not live:
        return []
    newest = live[-1]
    words = f"{kind_words(newest)}, {_short(newest)}"
    more = len(live) - 1
    return [(_tr("Handed over"), f"{words} ({_tr('{n} more').format(n=more)})" if more else words)]


def _short(one: "HandOver") -> str:
    if one.received:
        return _tr("from {name}").format(name=one.given_by) if one.given_by else _tr("to you")
    words = {
        "offered": _tr("to {name}: not sent yet"),
        "sent": _tr("to {name}: sent"),
        "taken_over": _tr("to {name}: taken over"),
    }
    return words.get(one.state, "{name}").format(name=one.name)
