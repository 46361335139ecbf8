"""Breaks the rules of merging one at a time, in a copy of the program, to see that the trials notice each.

A mutant is a change of one line. The trial that is to catch it runs in a process of its own, on the copy, until it
fails or has made all its runs; a mutant that passes is what is wrong.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from trials.outcome import Outcome

COUNT = 1500
"""The most runs that a mutant is given to be caught."""
ROOT = Path(__file__).resolve().parents[1]
_LONGEST_S = 3600


@dataclass(frozen=True)
class Mutant:
    """A rule that is broken."""

    name: str
    file: str
    """Under `tac_desktop`."""
    line: str
    """As it stands, once in the file."""
    instead: str
    caught_by: str = "merging"


MUTANTS = (
    Mutant(
        "replacements do not wait",
        "storage/heads.py",
        "if waiting in self._waiting:",
        "if waiting in self._waiting and False:",
    ),
    Mutant("shown is what arrived last", "casework/live.py", "    return live[:3]\n", "    return live[3:4]\n"),
    Mutant("shown is what has the later clock", "casework/live.py", "    return live[:3]\n", "    return live[:1]\n"),
    Mutant(
        "a restored vault goes on where it stood",
        "storage/append.py",
        "        known, rid = self._known, self._incarnation.rid\n",
        "        sql = 'SELECT rid FROM replica WHERE own ORDER BY r DESC'\n"
        "        last = self._ledger.connection.execute(sql).fetchone() or (None,)\n"
        "        known, rid = self._known, self._incarnation.rid or last[0]\n",
    ),
    Mutant(
        "the last writer wins",
        "storage/append.py",
        "supersedes=_replaced(fields, values)",
        "supersedes={}",
    ),
    Mutant(
        "a gap is accepted",
        "storage/placing.py",
        "            if entry.sseq != sseq + 1:\n",
        "            if False:\n",
        "gaps",
    ),
    Mutant(
        "deleting beats editing",
        "casework/live.py",
        "return bool(wanted) and not stays, bool(wanted) and stays",
        "return bool(wanted), False",
    ),
    Mutant(
        "what is erased before it arrives stays",
        "storage/intake.py",
        "for s, cid in erased_among(self._ledger, {(n.s, n.cid) for n in new}):",
        "for s, cid in ():",
    ),
    Mutant(
        "being one holds in one direction",
        "casework/sameness.py",
        "            near.setdefault(other, set()).add(one)\n",
        "            near.setdefault(other, set())\n",
    ),
    Mutant(
        "acknowledgements cannot be taken back",
        "storage/bundle_notes.py",
        '    connection.execute("DELETE FROM peer_has WHERE peer = ?", (peer,))\n',
        "",
    ),
    Mutant(
        "a decision leaves what it was shown",
        "storage/append.py",
        "[(eid, ledger.field(name), live.j) for name in values for live in fields.get(name, ())],",
        "[(eid, ledger.field(name), live.j) for name in values for live in fields.get(name, ())[:1]],",
    ),
)


def run(count: int, seed: int) -> Outcome:
    """Try every mutant with at most so many runs each."""
    outcome = Outcome("mutants")
    for mutant in MUTANTS:
        outcome.tried += 1
        caught = _is_caught(mutant, count, seed)
        if caught:
            outcome.meet("caught")
            print(f"  {mutant.name}: caught ({caught})", flush=True)
        else:
            outcome.bad.append(f"not caught in {count} runs: {mutant.name}")
    return outcome


def _is_caught(mutant: Mutant, count: int, seed: int) -> str:
    """Return by what a mutant was caught, '' if it was not."""
    with tempfile.TemporaryDirectory(prefix="tac-mutant-") as place:
        copy = Path(place)
        for folder in ("tac_desktop", "tests", "trials"):
            shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
        broken = copy / "tac_desktop" / mutant.file
        text = broken.read_text(encoding="utf-8")
        if text.count(mutant.line) != 1:
            raise ValueError(f"the line of a mutant does not stand once in {mutant.file}: {mutant.name}")
        broken.write_text(text.replace(mutant.line, mutant.instead), encoding="utf-8")
        words = [sys.executable, "-m", "trials.one_mutant", mutant.caught_by, str(count), str(seed), str(copy)]
        done = subprocess.run(words, cwd=copy, capture_output=True, text=True, check=False, timeout=_LONGEST_S)
    if done.returncode not in (0, 3):
        raise RuntimeError(done.stderr)
    return done.stdout.strip() if done.returncode else ""
