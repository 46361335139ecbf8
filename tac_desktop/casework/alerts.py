"""Alerts: which of them hold on a day, and what is said of them above everything that is shown of a woman."""

from collections.abc import Iterable

from tac_desktop.casework.answers import text_of
from tac_desktop.casework.codelists import code_list, label
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import one_line

FORM = "alert"
_LONGEST = 160


def alerts_on(alerts: Iterable[Record], day: str) -> list[Record]:
    """Return the alerts that hold on a day, the gravest kind first.

    One without a beginning holds from ever, one without an end for good. They hang on the woman: that an episode was
    closed, or that she was transferred or recalled, ends none of them.

    Args:
        alerts: The alerts of one case file.
        day: ISO date.
    """
    held = [one for one in alerts if one.text("since") <= day <= (one.text("until") or day)]
    return sorted(held, key=lambda one: (_gravity(one), one.text("since"), one.id))


def has_ended(record: Record, day: str) -> bool:
    """Say whether a record is an alert that held and no longer holds on a day (ISO)."""
    return record.form == FORM and bool(record.text("until")) and record.text("until") < day


def kinds_in_words(alerts: Iterable[Record]) -> str:
    """Return what several alerts are about, each kind once: 'Health; Do not disclose'."""
    return "; ".join(dict.fromkeys(_kind(one) for one in alerts))


def alert_in_words(alert: Record) -> str:
    """Return one alert on one line: its kind, the beginning of what to do, and since when."""
    first = next((line for line in text_of(alert.answers, "what_to_do").splitlines() if line.strip()), "")
    since = alert.text("since")
    told = f"{_kind(alert)}: {one_line(first, _LONGEST)}" if first else _kind(alert)
    return f"{told} (since {day_in_words(since)})" if since else told


def _kind(alert: Record) -> str:
    return label("alert_kind", alert.text("kind"))


def _gravity(alert: Record) -> int:
    codes = [code.code for code in code_list("alert_kind").codes]
    return codes.index(alert.text("kind")) if alert.text("kind") in codes else len(codes)
