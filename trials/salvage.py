"""Vaults are damaged in many places and salvaged: what is lost is named, nothing else is, nothing false comes in."""

import random
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

from tac_desktop.actions.salvaging import SalvageReport, salvage_vault
from tac_desktop.errors import TacError
from tac_desktop.storage.folder import DATA
from tac_desktop.storage.sealed_pages import PAGE
from trials.desks import (
    MOTHERS,
    NOW,
    PASSPHRASE,
    Contents,
    contents,
    desk_at,
    findings,
    new_desk,
    write_contact,
    write_mother,
)
from trials.outcome import Outcome

COUNT = 25
_MOST_PLACES = 12
_Result = TypeVar("_Result")


def run(count: int, seed: int) -> Outcome:
    """Damage and salvage so many copies of one vault."""
    outcome, rng = Outcome("salvage"), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
        sound, damaged, new = (Path(place) / name for name in ("sound", "damaged", "new"))
        before = _prepare(sound)
        for number in range(count):
            shutil.copytree(sound, damaged)
            outcome.tried += 1
            how = _damage(damaged / DATA, rng)
            try:
                wrong = _wrong(damaged, new, before, outcome)
            except TacError as trouble:
                wrong = f"it was not salvaged: {type(trouble).__name__}"
            if wrong:
                outcome.bad.append(f"run {number}: {how}: {wrong}")
            for folder in (damaged, new):
                shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _prepare(folder: Path) -> Contents:
    with new_desk(folder) as desk:
        for number in range(MOTHERS):
            write_mother(desk, number)
        for number in range(60):
            write_contact(desk, number % MOTHERS, f"The carer called about visit {number}. " * 80)
        desk.store.attach([b"A letter. " * 60_000])
        return contents(desk.store)


def _damage(file: Path, rng: random.Random) -> str:
    """Flip bits in some pages, or overwrite some, or cut the file off; return how."""
    content = bytearray(file.read_bytes())
    pages = rng.sample(range(len(content) // PAGE), rng.randint(1, _MOST_PLACES))
    kind = rng.choice(("bits flipped in", "zeros over", "noise over", "cut off at"))
    if kind == "cut off at":
        pages = [max(pages)]
        del content[pages[0] * PAGE + rng.randrange(PAGE) :]
    for page in pages if kind != "cut off at" else ():
        at, some = page * PAGE, rng.choice((512, PAGE))
        match kind:
            case "zeros over":
                content[at : at + some] = bytes(some)
            case "noise over":
                content[at : at + some] = rng.randbytes(some)
            case _:
                content[at + rng.randrange(PAGE)] ^= 1 << rng.randrange(8)
    file.write_bytes(content)
    return f"{kind} page {', '.join(str(page + 1) for page in sorted(pages))}"


def _wrong(damaged: Path, new: Path, before: Contents, outcome: Outcome) -> str:
    """Salvage a vault; say what is wrong with it, '' if nothing."""
    content = (damaged / DATA).read_bytes()
    report = _result(salvage_vault(damaged, new, "", PASSPHRASE, now=NOW))
    if (damaged / DATA).read_bytes() != content:
        return "the damaged vault was changed"
    if report.findings:
        return f"the check of the new vault finds: {report.findings[0].what}"
    with desk_at(new) as desk:
        after = contents(desk.store)
        if any(finding.part != "losses" for finding in findings(desk.store)):
            return "the new vault is not sound"
    return _held_against(before, after, report, outcome)


def _held_against(before: Contents, after: Contents, report: SalvageReport, outcome: Outcome) -> str:
    gone = {key for key, said in before.items() if after.get(key) != said}
    if after.keys() - before.keys():
        return "records came that nobody wrote"
    if len(gone) > report.lost_entries and not report.cut_off:
        return f"{len(gone)} records are lost or others, but only {report.lost_entries} entries are called lost"
    named = {record for lost in report.lost for record in lost.records}
    unnamed = {record for _, record in gone} - named
    outcome.meet("whole" if report.is_whole else "with losses")
    outcome.seen["records brought over"] = outcome.seen.get("records brought over", 0) + len(before) - len(gone)
    outcome.seen["records lost"] = outcome.seen.get("records lost", 0) + len(gone)
    outcome.seen["lost without their id"] = outcome.seen.get("lost without their id", 0) + len(unnamed)
    return ""


def _result(job: Generator[object, None, _Result]) -> _Result:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
