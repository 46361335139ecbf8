"""Runs a statement that takes long in a thread of its own, so that its caller can tell how far it is, and stop it."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TypeVar

from tac_desktop.errors import Stopped
from tac_desktop.storage.binding import Connection

Result = TypeVar("Result")
_TICK = 0.05
"""Seconds between two looks at how far it is: so long a stop may take to be heard."""


class Watch:
    """How far a piece of work is, told by its thread; and the way to stop it, for its caller."""

    def __init__(self) -> None:
        """Begin at nothing of everything."""
        self.done, self.total = 0, 100
        self._stopped = False
        self._connections: list[Connection] = []
        self._owning = threading.Lock()

    def tell(self, done: int, total: int) -> None:
        """Tell how far it is; Stopped if it should go no further."""
        self.done, self.total = done, total
        self.refuse_to_go_on()

    def refuse_to_go_on(self) -> None:
        """Raise Stopped if the caller has stopped the work."""
        if self._stopped:
            raise Stopped

    @contextmanager
    def over(self, connection: Connection) -> Generator[Connection]:
        """Let a stop interrupt what this connection of the working thread does, and close it at the end."""
        with self._owning:
            self._connections.append(connection)
        try:
            self.refuse_to_go_on()
            yield connection
        finally:
            with self._owning:  # never closed while another thread interrupts it
                self._connections.remove(connection)
                connection.close()

    def stop(self) -> None:
        """Stop the work, from any thread."""
        with self._owning:
            self._stopped = True
            for connection in self._connections:
                connection.interrupt()


def followed(work: Callable[[Watch], Result]) -> Generator[tuple[int, int], None, Result]:
    """Do work in a thread of its own; yield (done, total) as it tells them, and return its result.

    Closing the generator stops the work and waits until its thread has ended.
    """
    from concurrent.futures import ThreadPoolExecutor, wait  # costs an eighth of a bare start

    watch = Watch()
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(work, watch)
        try:
            while not future.done():
                yield watch.done, watch.total
                wait([future], timeout=_TICK)
            return future.result()
        finally:
            watch.stop()
