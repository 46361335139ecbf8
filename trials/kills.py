"""A process at work is killed at any moment; then the vault opens, all it said it had saved is there, all is sound."""

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tac_desktop.actions.drafts import kept_draft, new_record
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import TacError
from trials.at_work import DRAFTED, IMPORTED_AT_ONCE, draft_text
from trials.desks import MOTHERS, Desk, desk_at, findings, new_desk, write_mother
from trials.outcome import Outcome

COUNT = 12
STEPS = 1_000_000
"""More than a process does before it is killed: so each step of all runs has a number of its own."""


@dataclass
class Told:
    """What the killed processes had said, all runs together."""

    saved: set[str] = field(default_factory=set)
    drafted: int = -1
    imported: set[str] = field(default_factory=set)
    began: set[str] = field(default_factory=set)
    """Imports that may or may not have been finished."""
    unsaid: int = 0
    """How many contacts may be there of which nobody spoke: one for each kill."""


def run(count: int, seed: int) -> Outcome:
    """Kill so many processes, one after the other, in one vault."""
    outcome, rng, told = Outcome("kills"), random.Random(seed), Told()
    with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
        folder = Path(place) / "vault"
        with new_desk(folder) as desk:
            for number in range(MOTHERS):
                write_mother(desk, number)
        for number in range(count):
            outcome.tried += 1
            lines = _killed(folder, number * STEPS, rng)
            under_way = [p for p in folder.glob("*-journal") if p.stat().st_size]
            outcome.meet("in a transaction" if under_way else "between transactions")
            for line in lines:
                outcome.meet("unlocked" if line == "at work" else line.partition(" ")[0])
            note(lines, told)
            try:
                with desk_at(folder) as desk:
                    wrong = lost(desk, told) or found(desk)
                    if lines and not desk.vault.after_crash:
                        wrong = wrong or "the vault does not know that the program ended without closing it"
            except TacError as trouble:
                wrong = f"the vault does not open: {type(trouble).__name__}"
            if wrong:
                outcome.bad.append(f"run {number}: {wrong}")
    return outcome


def _killed(folder: Path, first_step: int, rng: random.Random) -> list[str]:
    """Let a process work, kill it after a while, and return what it had said."""
    numbers = str(first_step), str(rng.randrange(1 << 30))
    words = [sys.executable, "-m", "trials.at_work", str(folder), str(folder.parent), *numbers]
    at_once = rng.random() < 0.15
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = "" if at_once else process.stdout.readline()
        time.sleep(rng.uniform(0.05, 1.2))
        process.kill()
        said = first + process.stdout.read()
    whole = said[: said.rfind("\n") + 1]  # a line that was cut off was not said
    return whole.splitlines()


def note(lines: list[str], told: Told) -> None:
    """Take in what a process said before it was cut short."""
    told.unsaid += 1
    for line in lines:
        match line.split():
            case ["saved", record_id]:
                told.saved.add(record_id)
            case ["drafted", number]:
                told.drafted = int(number)
            case ["importing", prefix]:
                told.began.add(prefix)
            case ["imported", prefix]:
                told.imported.add(prefix)
            case _:
                pass


def lost(desk: Desk, told: Told) -> str:
    """Say what is not there, or not whole, of what was said; '' if all is."""
    contacts = {record.id for record in desk.store.records("contact")}
    if told.saved - contacts:
        return f"{len(told.saved - contacts)} saved contacts are gone"
    if len(contacts - told.saved) > told.unsaid:
        return "contacts are there that nobody wrote"
    mothers = Counter(record.text("reference")[:-3] for record in desk.store.records("mother"))
    referrals = len(desk.store.records("referral"))
    if any(mothers[prefix] != IMPORTED_AT_ONCE for prefix in told.imported):
        return "an import that was finished is not whole"
    if any(mothers[prefix] not in (0, IMPORTED_AT_ONCE) for prefix in told.began):
        return "an import that was killed left a part of it"
    if referrals != sum(mothers[prefix] for prefix in told.began):
        return "mothers came without their referrals"
    return "" if _draft_is_whole(desk, told.drafted) else "the draft is gone or not whole"


def found(desk: Desk) -> str:
    """Say what the check finds; '' if nothing."""
    wrong = findings(desk.store)
    return f"the check finds: {wrong[0].what}" if wrong else ""


def _draft_is_whole(desk: Desk, last: int) -> bool:
    """Say whether the draft is the last of which was spoken, or one that the kill overtook."""
    case = case_file_id(DRAFTED)
    draft = kept_draft(desk.drafts, desk.person, "contact", new_record(case))
    if draft is None:
        return last < 0
    text = str(draft.typed["summary"])
    number = int(text.partition(" ")[0])
    return text == draft_text(number) and number >= last
