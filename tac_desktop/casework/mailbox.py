"""Messages that came in for somebody: which nobody has answered, since when, and what becomes of one in a case file."""

from collections.abc import Iterable
from typing import Final

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.days import days_between
from tac_desktop.casework.record import Record

FORM: Final = "inbox_message"
TELLS_OF_HER: Final = frozenset({"about", "for_whom", "message"})
"""The questions that a message no longer answers once it went into a restricted case file."""


def is_unanswered(message: Record) -> bool:
    """Say whether nobody has answered a message, and no case file has it, where its own dues watch over it."""
    return not any(name in message.answers for name in ("answered_on", "logged_on"))


def unanswered(messages: Iterable[Record]) -> list[Record]:
    """Return the messages that nobody has answered, the longest ago first."""
    return sorted(filter(is_unanswered, messages), key=lambda one: (one.text("received"), one.id))


def days_waiting(message: Record, today: str) -> int:
    """Return how many days ago a message came in, 0 where nobody knows when."""
    came = message.text("received")[:10] or today
    return max(0, days_between(came, today))


def is_told_elsewhere(record: Record) -> bool:
    """Say whether it is a message that went into a case file and does not say into which: that one is restricted."""
    return record.form == FORM and "logged_on" in record.answers and not TELLS_OF_HER & record.answers.keys()


def for_whom(message: Record) -> str:
    """Return for whom a message is, as it says itself; '' where it does not."""
    return message.text("for_whom")


def as_contact(message: Record, today: str) -> dict[str, Answer]:
    """Return the contact that a message is in a case file: it came to us, and is followed up unless it was answered.

    Args:
        message: The message.
        today: The ISO date on which it is logged.
    """
    came_by = f" ({message.text('mailbox')})" if message.text("mailbox") else ""
    words = message.text("message") or "Picked up; what it says was not written down."
    contact: dict[str, Answer] = {
        "at": message.text("received"), "kind": "email" if "@" in message.text("from_whom") else "other",
        "direction": "incoming", "who": message.text("from_whom"), "reached": True,
        "summary": f"A message from {message.text('from_whom')}{came_by}:\n{words}",
    }  # fmt: skip
    if "answered_on" not in message.answers:
        contact |= {"follow_up_by": today, "waiting_for": f"Our answer to {message.text('from_whom')}"[:200]}
    return contact
