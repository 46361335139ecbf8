"""Two and more real vaults that know each other, and what goes between them: real bundles, sealed and opened."""

from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from tac_desktop.actions import cards, exchange
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.export.card import Card

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
_Result = TypeVar("_Result")


def acquainted(folder: Path, *desks) -> list[Card]:
    """Let each vault accept the card of each other one; return the cards in order."""
    handed = []
    for number, desk in enumerate(desks):
        file = folder / f"{number}.taccard"
        handed.append((file, cards.hand_out_card(desk.vault, file, now=NOW), desk))
    for desk in desks:
        for file, code, other in handed:
            if other is not desk:
                cards.trust_card(desk.vault, desk.store, file, code, now=NOW)
    return [cards.read_card_file(file) for file, _, _ in handed]


def result_of(job: Generator[object, None, _Result]) -> _Result:
    """Run a job to its end and return what it gives."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def send(sender, card: Card, receiver, path: Path, *, now: datetime = NOW, cases: Sequence[str] | None = None):
    """Write a bundle and take it in at the other vault; return what it brought."""
    result_of(exchange.write_bundle(sender.vault, sender.store, card, path, now=now, cases=cases))
    return result_of(exchange.import_bundle(receiver.vault, receiver.store, path, now=now))


def save(desk, form: str, answers, **how) -> str:
    """Save a form and return the id of its record."""
    return save_answers(desk.store, desk.person, forms.ALL[form], answers=answers, **{"now": NOW, **how})
