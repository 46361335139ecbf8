"""Hostile files against a real vault: each is refused in a sentence, and then not one row of the database is another.

Bundles, cards and rosters: from a stick that was found, by a stranger, and by an insider with a trusted key. What an
insider has made well-formed may be taken in, as anything that she writes; then nothing that was there is gone, and the
check finds nothing.
"""

import random
import shutil
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tac_desktop.actions import cards, exchange
from tac_desktop.actions.service import found_service, hand_out_roster, join_service, read_service_file
from tac_desktop.errors import TacError
from tac_desktop.export.identity import Identity
from trials.accounts import held
from trials.damage import acquaint
from trials.desks import MOTHERS, NOW, Desk, contents, desk_at, findings, new_desk, write_contact, write_mother
from trials.dump import dump
from trials.mutations import MUTATIONS, Case
from trials.outcome import Outcome
from trials.terminals import result_of

COUNT = 300


class _Target:
    """The vault that the bundles are for, brought back to what it was after each that it took in."""

    def __init__(self, sound: Path, at: Path) -> None:
        self._sound = sound
        self._at = at
        self._open = ExitStack()
        self.begin()

    def begin(self) -> None:
        """Open a fresh copy."""
        self.close()
        shutil.rmtree(self._at, ignore_errors=True)
        shutil.copytree(self._sound, self._at)
        self.desk: Desk = self._open.enter_context(desk_at(self._at))
        _refused_once(self.desk, self._at / "keys.json")
        self.held = held(self.desk.store)
        self.before = dump(self.desk.store, with_notes=False)

    def close(self) -> None:
        """Close it."""
        self._open.close()


def run(count: int, seed: int) -> Outcome:
    """Make so many hostile files, each kind in its turn, and try to take them in."""
    outcome, slowest = Outcome("hostile"), 0.0
    with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
        case = _prepared(Path(place))
        target = _Target(Path(place) / "manager", Path(place) / "target")
        for number in range(count):
            rng = random.Random(f"{seed}/{number}")
            name = list(MUTATIONS)[number % len(MUTATIONS)]
            mutation, by_insider = MUTATIONS[name]
            file = Path(place) / "hostile"
            mutation(case._replace(stranger=Identity.create(), rng=rng), file)
            outcome.tried += 1
            began = time.perf_counter()
            wrong = _tried(target, case, file, name, by_insider=by_insider, outcome=outcome)
            slowest = max(slowest, time.perf_counter() - began)
            if wrong:
                outcome.bad.append(f"run {number}: {name}: {wrong}")
        target.close()
    outcome.seen["ms for the slowest"] = round(slowest * 1000)
    return outcome


def _tried(target: _Target, case: Case, file: Path, name: str, *, by_insider: bool, outcome: Outcome) -> str:
    """Try to take a file in; say what was wrong, '' if nothing was."""
    desk = target.desk
    try:
        brought = _taken_in(desk, case, file, name)
    except TacError as trouble:
        outcome.meet(f"{name}: {type(trouble).__name__}")
        if dump(desk.store, with_notes=False) == target.before:
            return ""
        target.begin()
        return f"refused as {type(trouble).__name__}, but something was changed"
    except Exception as fault:  # noqa: BLE001 - any that is not ours is what the trial looks for
        target.begin()
        return f"{type(fault).__module__}.{type(fault).__name__}: {str(fault)[:100]}"
    wrong = findings(desk.store)
    lost = target.held - held(desk.store)
    target.begin()
    outcome.meet(f"{name}: taken in")
    if wrong or lost:
        return f"taken in, and then: {wrong[0].what if wrong else 'entries are gone'}"
    return "" if by_insider or not brought else "taken in, though nobody whom the vault trusts has signed it"


def _taken_in(desk: Desk, case: Case, file: Path, name: str) -> bool:
    """Take a file in as what it pretends to be; say whether it brought anything that the sound one does not say."""
    match name:
        case "card":
            code = cards.read_card_file(case.card).code
            return cards.trust_card(desk.vault, desk.store, file, code, now=NOW) != cards.read_card_file(case.card)
        case "roster":
            sound = read_service_file(case.roster)
            return join_service(desk.vault, desk.store, file, sound.code, now=NOW).members != sound.members
        case _:
            found = result_of(exchange.import_bundle(desk.vault, desk.store, file, now=NOW))
            return bool(found.new + found.changed)


def _prepared(folder: Path) -> Case:
    """Make a worker's and a manager's vault; return their keys and a bundle that follows an earlier one."""
    with new_desk(folder / "founder", "manager", "Umber Lantern") as founder:
        cards.hand_out_card(founder.vault, folder / "founder.card", now=NOW)
        found_service(founder.vault, founder.store, "Zed Service", now=NOW)
        hand_out_roster(founder.store, folder / "zed.tacroster")
    with new_desk(folder / "worker") as worker, new_desk(folder / "manager", "manager", "Indigo Marble") as manager:
        for number in range(MOTHERS):
            write_mother(worker, number)
        card = acquaint(worker, manager, folder)
        _write(worker, card, folder / "first")
        for number in range(30):
            write_contact(worker, number % MOTHERS, f"The carer called about visit {number}. " * 5)
        result_of(exchange.import_bundle(manager.vault, manager.store, folder / "first", now=NOW))
        for number in range(MOTHERS):
            write_contact(manager, number, "The manager called, too.")
        back = cards.read_card_file(folder / "worker.card")
        _write(manager, back, folder / "back")
        result_of(exchange.import_bundle(worker.vault, worker.store, folder / "back", now=NOW))
        _write(worker, card, folder / "second")
        assert contents(manager.store)
        insider, to = cards.identity_of(worker.vault), cards.identity_of(manager.vault)
    papers = folder / "founder.card", folder / "zed.tacroster"
    return Case(folder / "second", *papers, to=to, insider=insider, stranger=insider, rng=random.Random(0))


def _write(desk: Desk, card: object, path: Path) -> None:
    result_of(exchange.write_bundle(desk.vault, desk.store, card, path, now=NOW))


def _refused_once(desk: Desk, file: Path) -> None:
    """Let a refusal be noted, so that this session, and the names of what is noted, are in the database already."""
    try:
        result_of(exchange.import_bundle(desk.vault, desk.store, file, now=NOW))
    except TacError:
        return
