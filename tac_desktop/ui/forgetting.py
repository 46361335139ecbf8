"""Overwrites memory that the program has given back: what was read lies in it until something else takes its place.

Neither Python nor Qt nor SQLite wipes what it frees. This takes as much as was probably freed, in all sizes, has it
zeroed, and gives it back; then the system takes whole pages from the program, where it can. What is still in use, and
what lies between, stays as it is: nobody may be promised that nothing is left (SECURITY.md).
"""

import ctypes
import sys
from ctypes import c_size_t, c_void_p
from typing import Any, Final

_SMALL: Final = range(48, 513, 16)
"""The sizes in which Python keeps its own small objects; texts begin with 48 bytes."""
_SMALL_BYTES: Final = 1 << 18
"""So much is taken of each of them."""
_PAGE: Final = range(4096, 4609, 64)
_LARGE: Final = ((range(32, 1040, 16), 200), (range(1040, 4096, 128), 200), (_PAGE, 700), (range(65536, 65537), 200))
"""Sizes and how many of each are taken from the system's own heap: Qt's texts, what is left of pages of databases and
whole ones (the keys of the drafts lie in one), the rest."""


def overwrite_freed_memory() -> None:
    """Overwrite what the calling thread can reach of freed memory; takes some tenths of a second.

    It collects no garbage, which only the window's thread may do (ui/collector.py): whoever wants that does it before.
    """
    _overwrite_small()
    _overwrite_large()
    _give_back()


def _overwrite_small() -> None:
    held = [bytes(size - sys.getsizeof(b"")) for size in _SMALL for _ in range(_SMALL_BYTES // size)]
    held.clear()


def _overwrite_large() -> None:
    python: Any = ctypes.pythonapi
    take, free = python.PyMem_RawCalloc, python.PyMem_RawFree
    take.restype, take.argtypes = c_void_p, (c_size_t, c_size_t)
    free.restype, free.argtypes = None, (c_void_p,)
    held = [take(1, size) for sizes, count in _LARGE for size in sizes for _ in range(count)]
    for place in held:
        free(place)


def _give_back() -> None:
    """Let the system take free pages back, where its library knows how: it hands them out zeroed."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # not every Linux has it
        if trim:
            trim(0)
