"""Letterbox letters in the words of the screen: where one stands, and what the button beside it does."""

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework.codelists import label
from tac_desktop.casework.letterbox import STATES, Exchange, State, Step
from tac_desktop.casework.typed_dates import day_in_words

LOOKS: dict[State, tuple[str, str]] = {
    "later": ("circle-dashed", "neutral"), "to_write": ("pencil", "info"), "expected": ("clock", "neutral"),
    "drafted": ("pencil", "info"), "checked": ("shield-check", "info"), "sent": ("arrow-right", "ok"),
    "there": ("circle-check", "ok"), "arrived": ("inbox", "warn"), "given": ("circle-check", "ok"),
    "held": ("lock", "warn"), "missed": ("x", "neutral"), "late": ("triangle-alert", "danger"),
}  # fmt: skip
"""The icon and the tone of each state; the words stand beside them."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("letterbox_words", text)


def title_of(exchange: Exchange) -> str:
    """Return which letter it is: 'June 2026: Her letter'."""
    return f"{day_in_words(exchange.month)}: {label('letter_direction', exchange.direction)}"


def state_words(exchange: Exchange) -> str:
    """Return where it stands: 'Late'."""
    return _tr(STATES[exchange.state])


def details_of(exchange: Exchange) -> str:
    """Return what more there is to say: since when, by when, why it is held back."""
    day = day_in_words(exchange.day) if exchange.day else ""
    why = label("letter_held", exchange.letter.text("held_because")) if _is_held(exchange) and exchange.letter else ""
    match exchange.state:
        case "sent" | "there" | "given" | "arrived" | "drafted":
            return _tr("On {day}").format(day=day) if day else ""
        case "held" | "missed":
            return " · ".join(part for part in (why, day) if part)
        case "late":
            return _tr("It was due by {day}").format(day=day_in_words(exchange.by))
        case _:
            return _tr("By {day}").format(day=day_in_words(exchange.by))


def step_words(step: Step) -> str:
    """Return what the button says that does the next step; '' where there is none."""
    words: dict[Step, str] = {
        "begin": _tr("Write it"), "write": _tr("Go on writing"), "check": _tr("Check it"),
        "send": _tr("It went today"), "came": _tr("It came today"), "give": _tr("She has it today"), "": "",
    }  # fmt: skip
    return words[step]


def _is_held(exchange: Exchange) -> bool:
    return exchange.letter is not None and bool(exchange.letter.text("held_because"))
