"""Records by strace what a process does to the files of a vault, in order, for the power cuts to play back."""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tac_desktop.storage.folder import BACKUPS
from tac_desktop.storage.folder_lock import LOCK_FILE

PEOPLE_GO = 3
"""So many are let go in one recording."""
STEPS = 40
CALLS = "openat,pwrite64,write,ftruncate,unlink,fsync,fdatasync,rename,renameat,renameat2"
_LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)")
_AT_FILE = re.compile(r"(\d+)<([^>]*)>(?:, (.*))?")
_TEXT = re.compile(r'"([^"]*)"')
PROCESSES = ("trials.at_work", "trials.letting_go")


@dataclass(frozen=True)
class Event:
    """One thing that the process did: wrote, cut, flushed, made, moved or removed a file, flushed the folder, spoke."""

    what: str
    file: str = ""
    to: str = ""
    """The new name of a file that is moved."""
    at: int = 0
    """The place of a write, the new length of a file that is cut."""
    content: bytes = b""


def recorded(process: str, folder: Path, seed: int) -> list[Event]:
    """Let a process work in the vault; return what it did to its files and what it said, in order."""
    trace = folder.with_name("trace")
    words = ["strace", "--seccomp-bpf", "-f", "-qq", "-y", "-xx", "-s", "1000000000", "-e", f"trace={CALLS}"]
    words += ["-o", str(trace), sys.executable, "-m", process, str(folder)]
    words += [str(folder.parent), "0", str(seed), str(STEPS)] if process == PROCESSES[0] else []
    words += ["0", str(seed), str(PEOPLE_GO)] if process == PROCESSES[1] else []
    subprocess.run(words, capture_output=True, check=True)
    written: dict[str, int] = {}
    with trace.open(encoding="ascii") as lines:
        return [event for line in _whole(lines) for event in _events(line, folder, written)]


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a trace, those in one that strace had to begin before another thread's and to end after it."""
    begun: dict[str, str] = {}
    for line in lines:
        process, _, rest = line.partition(" ")
        if rest.rstrip().endswith("<unfinished ...>"):
            begun[process] = line[: line.rindex("<unfinished ...>")].rstrip()
        elif rest.lstrip().startswith("<..."):
            yield begun.pop(process) + rest[rest.index("resumed>") + len("resumed>") :]
        else:
            yield line


def _events(line: str, folder: Path, written: dict[str, int]) -> Iterator[Event]:
    """Yield what a line of the trace tells; `written` says how far each file was written that is written in order."""
    found = _LINE.match(line)
    if not found and " --- " not in line and " +++ " not in line:
        raise RuntimeError(f"the trial does not understand what strace tells: {line[:60]}")
    if not found or found[3] == "-1":
        return
    call, words = found[1], found[2]
    on_file = _AT_FILE.match(words)
    path = Path(_plain(on_file[2]) if on_file else _plain(_TEXT.search(words)[1]))
    if call == "write" and on_file and on_file[1] == "1":
        yield Event("said", content=bytes.fromhex(_TEXT.search(words)[1].replace("\\x", "")))
    elif call == "fsync" and path == folder:
        yield Event("folder flushed")
    elif call.startswith("rename"):
        names = [Path(_plain(name)) for name in _TEXT.findall(words)]
        if names[0].parent == folder:
            yield Event("moved", names[0].name, names[1].name)
    elif path.parent == folder and path.name not in (LOCK_FILE, BACKUPS):
        match call:
            case "pwrite64":
                at = int(words.rpartition(", ")[2])
                yield Event("wrote", path.name, at=at, content=_bytes(words))
            case "write":
                at = written.get(path.name, 0)
                written[path.name] = at + len(_bytes(words))
                yield Event("wrote", path.name, at=at, content=_bytes(words))
            case "ftruncate":
                yield Event("cut", path.name, at=int(words.rpartition(", ")[2]))
            case "fsync" | "fdatasync":
                yield Event("flushed", path.name)
            case "unlink":
                yield Event("removed", path.name)
            case "openat":
                if "O_CREAT" in words:
                    yield Event("made", path.name)
                if "O_EXCL" in words:
                    written[path.name] = 0
                if "O_TRUNC" in words:
                    written[path.name] = 0
                    yield Event("cut", path.name)
            case _:
                raise RuntimeError(f"the trial does not know what {call} does to a file")


def _bytes(words: str) -> bytes:
    return bytes.fromhex(_TEXT.search(words)[1].replace("\\x", ""))


def _plain(shown: str) -> str:
    return bytes.fromhex(shown.replace("\\x", "")).decode() if shown.startswith("\\x") else shown
