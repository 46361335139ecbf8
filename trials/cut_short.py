"""An import or the writing of a bundle is cut short at a read or write: disk full, stick pulled out, kill -9.

strace counts the calls on the files in question, and then lets one of them fail, or kills the process at it. Each of
them has its turn. Afterwards all is there or nothing, the check finds nothing, and the same thing works.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tac_desktop.actions import cards, exchange
from tac_desktop.storage.vault import DATA
from trials.damage import acquaint
from trials.desks import MOTHERS, NOW, Contents, contents, desk_at, findings, new_desk, write_contact, write_mother
from trials.outcome import Outcome
from trials.terminals import result_of

COUNT = 30
_CALL = re.compile(r"^\d+ +\w+\(", re.MULTILINE)
BUNDLE, OUT = "in.tacb", "out.tacb"


@dataclass(frozen=True)
class _Way:
    """One way to be cut short."""

    what: str
    """What is at work: import or write."""
    calls: str
    """The calls of the system that are counted."""
    files: tuple[str, ...]
    """The files that they must be about."""
    how: str
    """What happens at the call: {} stands for its number."""
    said: str
    """The trouble that is told; '' where nobody can tell any more."""


READER, WRITER = "reader", "writer"
"""The vaults' folders."""
_READING = (f"{READER}/{DATA}", f"{READER}/{DATA}-journal")
_WRITING = (f"{WRITER}/{DATA}", f"{WRITER}/{DATA}-journal")
WAYS: Mapping[str, _Way] = MappingProxyType({
    "disk full in an import": _Way("import", "pwrite64", _READING, "error=ENOSPC:when={}+", "DiskFull"),
    "stick pulled out in an import": _Way("import", "read", (BUNDLE,), "error=EIO:when={}+", "MediumUnreadable"),
    "killed in an import": _Way("import", "pwrite64", _READING, "signal=KILL:when={}", ""),
    "disk full in a bundle": _Way("write", "write", (f"{OUT}.part",), "error=ENOSPC:when={}+", "DiskFull"),
    "stick pulled out in a bundle": _Way("write", "write", (f"{OUT}.part",), "error=EIO:when={}+", "CannotWrite"),
    "killed in a bundle": _Way("write", "write", (f"{OUT}.part", OUT), "signal=KILL:when={}", ""),
    "killed in noting a bundle": _Way("write", "pwrite64", _WRITING, "signal=KILL:when={}", ""),
})  # fmt: skip


@dataclass(frozen=True)
class _Prepared:
    folder: Path
    before: Contents
    after: Contents


def run(count: int, seed: int) -> Outcome:
    """Cut short so many times, each way in its turn."""
    outcome, rng = Outcome("cut_short"), random.Random(seed)
    if not shutil.which("strace"):
        outcome.skipped = "there is no strace here"
        return outcome
    with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
        prepared = _prepare(Path(place) / "sound")
        calls = {name: _calls(prepared, way) for name, way in WAYS.items()}
        order = [rng.sample(range(1, calls[name] + 1), calls[name]) for name in WAYS]
        for number in range(count):
            name = list(WAYS)[number % len(WAYS)]
            turns = order[number % len(WAYS)]
            at = turns[number // len(WAYS) % len(turns)]
            outcome.tried += 1
            wrong = _tried(prepared, WAYS[name], at, outcome, name)
            if wrong:
                outcome.bad.append(f"run {number}: {name}, call {at} of {calls[name]}: {wrong}")
    for name, often in calls.items():
        outcome.seen[f"{name}: calls there are"] = often
    return outcome


def _tried(prepared: _Prepared, way: _Way, at: int, outcome: Outcome, name: str) -> str:
    """Cut short once; say what was wrong, '' if nothing was."""
    folder = prepared.folder.with_name("now")
    shutil.copytree(prepared.folder, folder)
    try:
        said = _traced(folder, way, way.how.format(at))
        outcome.meet(f"{name}: {said or 'killed'}")
        if said not in {way.said, "done"} and not (not way.said and not said):
            return f"it says {said}"
        return _wrong_after(prepared, folder, way, said)
    finally:
        shutil.rmtree(folder)


def _wrong_after(prepared: _Prepared, folder: Path, way: _Way, said: str) -> str:
    file = folder / OUT
    left = sorted(path.name for path in folder.iterdir() if path.name.startswith(OUT) and path != file)
    if left and said:
        return f"a file is left behind: {left[0]}"
    if way.what == "write" and file.exists() and said not in {"", "done"}:
        return "it failed, but there is a bundle"
    with desk_at(folder / (READER if way.what == "import" else WRITER)) as desk:
        whole = contents(desk.store) == prepared.after if way.what == "import" else file.exists()
        if way.what == "import" and not whole and contents(desk.store) != prepared.before:
            return "a part of the bundle was taken in"
        if said and whole != (said == "done"):
            return f"it says {said}, and that is not so"
        if wrong := findings(desk.store):
            return f"the check finds: {wrong[0].what}"
    if way.what == "import":
        return "" if _taken_in(folder) == prepared.after else "afterwards the bundle is not taken in as it should be"
    if whole and _taken_in(folder, file) != prepared.after:
        return "the bundle that is there does not hold everything"
    return "" if _written_again(folder) == prepared.after else "the next bundle does not hold everything"


def _taken_in(folder: Path, file: Path | None = None) -> Contents:
    """Take the bundle in, or another; return what the reader's vault says then."""
    with desk_at(folder / READER) as desk:
        result_of(exchange.import_bundle(desk.vault, desk.store, file or folder / BUNDLE, now=NOW))
        return contents(desk.store)


def _written_again(folder: Path) -> Contents:
    """Write the bundle once more and take it in; return what the reader's vault says then."""
    file, card = folder / "again.tacb", cards.read_card_file(folder / "manager.card")
    with desk_at(folder / WRITER) as desk:
        result_of(exchange.write_bundle(desk.vault, desk.store, card, file, now=NOW))
    return _taken_in(folder, file)


def _calls(prepared: _Prepared, way: _Way) -> int:
    """Return how many of the calls in question there are if nothing is cut short."""
    folder = prepared.folder.with_name("now")
    shutil.copytree(prepared.folder, folder)
    said = _traced(folder, way, "")
    assert said == "done", said
    found = len(_CALL.findall((folder / "trace").read_text()))
    shutil.rmtree(folder)
    return found


def _traced(folder: Path, way: _Way, how: str) -> str:
    """Let a process do it under strace; return what it says."""
    quick = [] if "signal" in how else ["--seccomp-bpf"]  # with it no signal would be sent
    words = [
        "strace",
        *quick,
        "-f",
        "-qq",
        "-o",
        str(folder / "trace"),
        "-e",
        f"trace={way.calls}",
        "-e",
        "signal=none",
    ]
    if how:
        words += ["-e", f"inject={way.calls}:{how}"]
    for file in way.files:
        words += ["-P", str(folder / file)]
    file = folder / (BUNDLE if way.what == "import" else OUT)
    vault = folder / (READER if way.what == "import" else WRITER)
    words += [sys.executable, "-m", "trials.one_exchange", way.what, str(vault), str(file)]
    words += [str(folder / "manager.card")] if way.what == "write" else []
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()


def _prepare(folder: Path) -> _Prepared:
    """Make a manager's vault, a bundle for it, and the worker's vault to which it writes."""
    folder.mkdir()
    with new_desk(folder / READER, "manager") as manager, new_desk(folder / WRITER) as worker:
        for number in range(MOTHERS):
            write_mother(worker, number)
        for number in range(200):
            write_contact(worker, number % MOTHERS, f"The carer called about visit {number}. " * 20)
        card = acquaint(worker, manager, folder)
        result_of(exchange.write_bundle(worker.vault, worker.store, card, folder / BUNDLE, now=NOW))
        before = contents(manager.store)
    copy = folder.with_name("read")
    shutil.copytree(folder, copy)
    after = _taken_in(copy)
    shutil.rmtree(copy)
    return _Prepared(folder, before, after)
