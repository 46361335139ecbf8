"""The memory of a locked program is searched from outside: for its keys, the pass-phrase, and words of a case."""

import random
import re
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from tac_desktop.casework.record import case_file_id
from trials.desks import new_desk, write_contact, write_mother
from trials.locked import IN_USE, LOCKED
from trials.outcome import Outcome

COUNT = 3
_REGION = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r(\S+) \S+ \S+ \S+\s*(.*)")
_SECRETS = ("the data key", "the pass-phrase")
"""What must not be there after a lock; words of a case may be, and are counted."""
_DRAFTS_KEY = "the drafts key"
"""Lies in a page of the database, as words of a case do, of which a remainder may stay (SECURITY.md)."""


def run(count: int, seed: int) -> Outcome:
    """Use and lock so many programs."""
    outcome, rng = Outcome("memory"), random.Random(seed)
    if not Path("/proc/self/mem").exists():
        outcome.skipped = "no other program's memory can be read here"
        return outcome
    for number in range(count):
        outcome.tried += 1
        with tempfile.TemporaryDirectory(prefix="tac-trial-") as place:
            wrong = _watched(Path(place), rng, outcome)
        if wrong:
            outcome.bad.append(f"run {number}: {wrong}")
    return outcome


def _watched(place: Path, rng: random.Random, outcome: Outcome) -> str:
    """Use and lock one program; say what is wrong, '' if nothing is."""
    texts = {what: _marker(rng) for what in ("what was read", "what was saved", "what was typed", "what was searched")}
    wanted = {what: list(_spellings(text)) for what, text in texts.items()}
    passphrase = " ".join(_marker(rng) for _ in range(2))
    with new_desk(place / "vault", passphrase=passphrase) as desk:
        write_mother(desk, 0, f"Ochre {texts['what was read']}")
        write_contact(desk, 0, f"She said: {texts['what was read']}.")
        for name, key in ((_SECRETS[0], bytes(desk.vault._key)), (_DRAFTS_KEY, desk.vault.drafts_key())):
            wanted[name] = [key, key.hex().encode(), key.hex().upper().encode()]
    wanted[_SECRETS[1]] = list(_spellings(passphrase))
    words = [sys.executable, "-m", "trials.locked", str(place / "vault"), case_file_id("EP-000"), str(place)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            typed = [passphrase, *list(texts.values())[1:]]
            return _looked_into(process, "".join(f"{line}\n" for line in typed), wanted, outcome)
        finally:
            process.kill()


def _looked_into(
    process: "subprocess.Popen[bytes]", typed: str, wanted: Mapping[str, list[bytes]], outcome: Outcome
) -> str:
    assert process.stdin
    assert process.stdout
    assert process.stderr
    _tell(process.stdin, typed)
    if process.stdout.readline().decode().strip() != IN_USE:
        return "the program did not come so far: " + process.stderr.read().decode()[-300:].strip()
    while_open = _found(process.pid, wanted)
    blind = [what for what in ("what was read", "what was saved", "what was typed") if not while_open[what]]
    if blind:
        return f"while the vault is open {', '.join(blind)} is not found: the search is blind"
    _tell(process.stdin, ".")
    if process.stdout.readline().decode().strip() != LOCKED:
        return "the program did not lock: " + process.stderr.read().decode()[-300:].strip()
    left = _found(process.pid, wanted)
    for what, count in left.items():
        outcome.seen[f"{what} open"] = outcome.seen.get(f"{what} open", 0) + while_open[what]
        outcome.seen[f"{what} left"] = outcome.seen.get(f"{what} left", 0) + count
    there = [f"{what} ({left[what]})" for what in _SECRETS if left[what]]
    if there:
        return f"after the lock there is still {', '.join(there)}"
    words, words_open = (sum(n for what, n in told.items() if what not in _SECRETS) for told in (left, while_open))
    return f"{words} of {words_open} places still hold words of the case" if words > words_open / 2 else ""


def _tell(stream: IO[bytes], text: str) -> None:
    stream.write(text.encode())
    stream.flush()


def _found(pid: int, wanted: Mapping[str, list[bytes]]) -> dict[str, int]:
    """Return how often each of these is in the memory of a process."""
    found = dict.fromkeys(wanted, 0)
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for region in _regions(pid, memory):
            for what, several in wanted.items():
                found[what] += sum(region.count(one) for one in several)
    return found


def _regions(pid: int, memory: IO[bytes]) -> Iterator[bytes]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        told = _REGION.match(line)
        if told and told[4] not in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
            begin, end = int(told[1], 16), int(told[2], 16)
            try:
                memory.seek(begin)
                yield memory.read(end - begin)
            except (OSError, OverflowError):
                continue  # of the kernel


def _spellings(text: str) -> Iterator[bytes]:
    """Yield a text as a program may keep it: as UTF-8, UTF-16 and UTF-32."""
    for code in ("utf-8", "utf-16-le", "utf-32-le"):
        yield text.encode(code)


def _marker(rng: random.Random) -> str:
    return "zq" + "".join(rng.choices(string.ascii_lowercase, k=14))
