"""What was freed is overwritten: counted in this very process's memory."""

import sys
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from tac_desktop.ui.forgetting import overwrite_freed_memory

TEXTS = 3000


def count(word: bytes) -> int:
    """Return how often a word, spelled backwards so that the search itself does not hold it, is in the memory."""
    wanted, found = word[::-1], 0
    with Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for line in Path("/proc/self/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            if rights.startswith("rw") and "[v" not in line:
                begin, end = (int(number, 16) for number in span.split("-"))
                memory.seek(begin)
                for start in range(begin, end, 1 << 20):
                    try:
                        part = memory.read(min(1 << 20, end - start))
                    except OSError:
                        break
                    found += part.count(wanted)
                    del part
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read as Linux shows it")
def test_texts_that_were_freed_are_mostly_gone():
    word = b"tpircsunam-yalp"  # backwards
    texts = [f"{word[::-1].decode()} {number}" for number in range(TEXTS)]
    assert count(word) >= TEXTS
    texts.clear()
    overwrite_freed_memory()
    assert count(word) < TEXTS / 20


def test_the_working_thread_destroys_no_widget_while_it_overwrites(qapp):
    ring = QWidget()
    ring.me = ring  # only the collector frees it
    gone = weakref.ref(ring)
    del ring
    working = threading.Thread(target=overwrite_freed_memory)
    working.start()
    working.join()
    assert gone() is not None
