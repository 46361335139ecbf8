"""Whole sessions are watched by strace: no word of a case and no pass-phrase is in anything that they write anywhere.

By turns everything that is done with a vault by its actions, and the window into which a person types and which is then
locked.
"""

import os
import random
import shutil
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tac_desktop.casework.record import case_file_id
from trials.desks import new_desk, write_contact, write_mother, write_tracker
from trials.outcome import Outcome
from trials.session import DONE

COUNT = 2
WRITES = "write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg"
TRACKER = "tracker.xlsx"


def run(count: int, seed: int) -> Outcome:
    """Watch so many sessions."""
    outcome, rng = Outcome("leaks"), random.Random(seed)
    if not shutil.which("strace"):
        outcome.skipped = "there is no strace here"
        return outcome
    for number in range(count):
        outcome.tried += 1
        with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
            watched = _watched_window if number % 2 else _watched
            wrong = watched(Path(place), _marker(rng), _marker(rng), outcome)
        if wrong:
            outcome.bad.append(f"run {number}: {wrong}")
    return outcome


def _marker(rng: random.Random) -> str:
    """Return a word that nothing else has: letters only, so that every way of writing it down shows it."""
    return "Zq" + "".join(rng.choices(string.ascii_lowercase, k=12))


def _watched(place: Path, marker: str, passphrase: str, outcome: Outcome) -> str:
    """Watch one session; say what leaked, '' if nothing did."""
    left, trace = place / "left", place / "trace"
    left.mkdir()
    write_tracker(left / TRACKER, f"{marker}-", 30, f"Coral {marker}")
    return _traced(trace, ["trials.session", str(left), marker], f"{passphrase}\n", left, (marker, passphrase), outcome)


def _watched_window(place: Path, marker: str, passphrase: str, outcome: Outcome) -> str:
    """Watch the window: unlocked, typed into, and locked; say what leaked, '' if nothing did."""
    left, trace = place / "left", place / "trace"
    left.mkdir()
    with new_desk(left / "vault", passphrase=passphrase) as desk:
        write_mother(desk, 0, f"Ochre {marker}")
        write_contact(desk, 0, f"She said: {marker}.")
    typed = "".join(f"{line}\n" for line in (passphrase, *(f"{marker} {number}" for number in range(3))))
    words = ["trials.locked", str(left / "vault"), case_file_id("EP-000"), str(left)]
    return _traced(trace, words, f"{typed}..", left, (marker, passphrase), outcome)


def _traced(trace: Path, module: list[str], told: str, left: Path, wanted: tuple[str, ...], outcome: Outcome) -> str:
    """Run one of our modules under strace, and search what it wrote and what it left."""
    words = ["strace", "--seccomp-bpf", "-f", "-qq", "-s", "1000000000", "-e", f"trace={WRITES}", "-o", str(trace)]
    words += [sys.executable, "-m", *module]
    around = os.environ | {"TMPDIR": str(left), "HOME": str(left), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(words, env=around, input=told, capture_output=True, text=True, check=False)
    if DONE not in ended.stdout:
        return "the session did not come to its end: " + (ended.stderr.strip().splitlines() or ["without a word"])[-1]
    with trace.open(encoding="ascii", errors="replace") as lines:
        return found(lines, wanted, outcome) or _found_in_files(left, wanted)


def found(lines: Iterable[str], words: Iterable[str], outcome: Outcome) -> str:
    """Say in which write of a trace one of the words stands; '' if in none of them.

    What the session says at its end must be there: else the trace has not seen what was written.
    """
    wanted = [spelled for word in words for spelled in _spellings(word)]
    seen_the_end = False
    for line in lines:
        outcome.meet("writes")
        seen_the_end = seen_the_end or DONE in line
        if any(spelled in line for spelled in wanted):
            return f"a word of the case was written: {line[:60]}"
    return "" if seen_the_end else "the trace has not seen the writing"


def _spellings(word: str) -> Iterator[str]:
    """Yield a word as strace shows it: as UTF-8, as UTF-16, and in capitals or small letters."""
    for text in {word, word.upper(), word.lower()}:
        yield text
        yield "\\0".join(text)


def _found_in_files(folder: Path, words: Iterable[str]) -> str:
    """Say in which file that was left one of the words stands, but for the workbook that came from outside."""
    wanted = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le")]
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != TRACKER and any(word in file.read_bytes() for word in wanted):
            return f"a word of the case stands in {file.name}"
    return ""
