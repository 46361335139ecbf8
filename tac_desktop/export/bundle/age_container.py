"""The sealed container around a bundle: an age v1 file (age-encryption.org/v1) for X25519 recipients.

pyrage does the cryptography. It reads headers without a limit and in quadratic time, before anything is authenticated,
so no more than `HEADER_LIMIT` bytes of strictly shaped header ever reach it. pyrage pushes and pulls by itself; it
therefore runs in a thread of its own, and plaintext passes through a short queue in memory.
"""

import re
from collections import deque
from collections.abc import Sequence
from queue import Queue
from threading import Thread
from types import TracebackType
from typing import BinaryIO, Self

import pyrage

from tac_desktop.errors import BundleDamaged, BundleNotForUs, MediumUnreadable, NotABundle, TacError

HEADER_LIMIT = 16 * 1024
RECIPIENT_LIMIT = 64
_CHUNK = 1 << 20
_QUEUED = 2
_VERSION = b"age-encryption.org/v1"
_OURS = re.compile(rb"-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}", re.ASCII)
_GREASE = re.compile(rb"-> [!-~]{1,64}-grease( [!-~]{1,64}){0,16}", re.ASCII)
_BODY = re.compile(rb"[A-Za-z0-9+/]{0,64}", re.ASCII)
_MAC = re.compile(rb"--- [A-Za-z0-9+/]{43}", re.ASCII)


def recipients_in(start: bytes) -> int:
    """Check the header at the start of an age file and return for how many recipients it is sealed.

    Accepted are 1 to 64 X25519 stanzas and the meaningless 'grease' stanzas that age programs add on purpose.

    Args:
        start: the first `HEADER_LIMIT` bytes of the file.

    Raises:
        NotABundle: It does not start with such a header.
    """
    lines = start.split(b"\n")
    if lines[0] != _VERSION:
        raise NotABundle
    ours, place = 0, 1
    while place < len(lines) and not _MAC.fullmatch(lines[place]):
        stanza = lines[place : _after_body(lines, place + 1)]
        ours += _is_ours(stanza)
        place += len(stanza)
    if place >= len(lines) or not 1 <= ours <= RECIPIENT_LIMIT:
        raise NotABundle
    return ours


def _is_ours(stanza: list[bytes]) -> bool:
    """Say whether a stanza is for an X25519 recipient; the only others that may stand there are grease."""
    if _GREASE.fullmatch(stanza[0]):
        return False
    if not _OURS.fullmatch(b"\n".join(stanza)):
        raise NotABundle
    return True


def _after_body(lines: list[bytes], place: int) -> int:
    """Return the place after a stanza's body: lines of 64 characters, closed by a shorter one."""
    while place < len(lines) and _BODY.fullmatch(lines[place]):
        place += 1
        if len(lines[place - 1]) < 64:
            return place
    raise NotABundle


class _Medium:
    """The file as pyrage uses it; it keeps the trouble of a medium, which pyrage would hide in one of its own."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start = b""
        self.done = 0
        self.trouble: OSError | None = None

    def start(self) -> bytes:
        """Read where the header stands. The same bytes are given to pyrage: a stick may not answer twice the same."""
        self._start = self._file.read(HEADER_LIMIT)
        return self._start

    def read(self, size: int) -> bytes:
        try:
            some = self._start[:size] or self._file.read(size)
            self._start = self._start[len(some) :]
        except OSError as trouble:
            self.trouble = trouble
            raise
        self.done += len(some)
        return some

    def write(self, sealed: bytes) -> int:
        try:
            return self._file.write(sealed)
        except OSError as trouble:
            self.trouble = trouble
            raise

    def flush(self) -> None:
        """Leave it to whoever owns the file."""


class Sealing:
    """Writes an age file: what is written to it comes out sealed in `file`.

    Leaving the `with` block without an exception finishes the file; it is then complete but not yet synced.
    """

    def __init__(self, file: BinaryIO, recipients: Sequence[str]) -> None:
        """Take the file to write and the recipients, as age writes them."""
        keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
        self._medium = _Medium(file)
        self._queue: Queue[deque[bytes]] = Queue(_QUEUED)
        self._given: deque[bytes] = deque()
        self._part = b""
        self._place = 0
        self._waiting: deque[bytes] = deque()
        self._length = 0
        self._ended = False
        self._trouble: BaseException | None = None
        self._thread = Thread(target=self._seal, args=(keys,), daemon=True, name="sealing")

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def write(self, plain: bytes) -> None:
        """Take the next bytes.

        Raises:
            OSError: The file cannot be written.
        """
        self._waiting.append(plain)
        self._length += len(plain)
        if self._length >= _CHUNK:
            self._hand_over()
            if self._trouble:
                raise self._trouble

    def __exit__(
        self, kind: type[BaseException] | None, _value: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the seal, or stop; the file of a stopped one is worth nothing."""
        if kind is None:
            self._hand_over()
        self._queue.put(deque())
        self._thread.join()
        if kind is None and self._trouble:
            raise self._trouble

    def read(self, size: int) -> bytes:
        """Give pyrage, in its thread, what it asks for, or less; b'' at the end."""
        while self._place >= len(self._part):
            if not self._given:
                self._given = self._queue.get()
            if not self._given:
                self._ended = True
                return b""
            self._part, self._place = self._given.popleft(), 0
        taken = self._part[self._place : self._place + size]
        self._place += len(taken)
        return taken

    def _hand_over(self) -> None:
        """Give pyrage's thread what waits: seldom, as threads wait for each other; and as it is, as copying costs."""
        if self._length:
            self._queue.put(self._waiting)
            self._waiting, self._length = deque(), 0

    def _seal(self, keys: list[pyrage.x25519.Recipient]) -> None:
        try:
            pyrage.encrypt_io(self, self._medium, keys)
            self._trouble = self._medium.trouble  # at the last write pyrage swallows it
        except BaseException as trouble:  # noqa: BLE001 - carried to the thread that asked
            self._trouble = self._medium.trouble or trouble
            while not self._ended and self._queue.get():  # so that nobody waits for room
                pass


class Opening:
    """Reads an age file: `read` gives what was sealed, each byte only after its chunk was authenticated.

    That the file is whole is known only when `read` has met its end, so everything before is provisional.
    """

    def __init__(self, file: BinaryIO, *opening_keys: str) -> None:
        """Take the file, check its header, and take the keys of which one may open it.

        Raises:
            NotABundle: It does not start as an age file for X25519 recipients.
            MediumUnreadable: The file cannot be read.
        """
        self._medium = _Medium(file)
        self._keys = [pyrage.x25519.Identity.from_str(key) for key in opening_keys]
        self._queue: Queue[bytes] = Queue(_QUEUED)
        self._gathered: list[bytes] = []
        self._length = 0
        self._ready = memoryview(b"")
        self._ended = False
        self._stopped = False
        self._trouble: BaseException | None = None
        self._thread = Thread(target=self._open, daemon=True, name="opening")
        try:
            self._size = file.seek(0, 2)
            file.seek(0)
            recipients_in(self._medium.start())
        except OSError as trouble:
            raise MediumUnreadable from trouble

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _value: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Stop, wherever it is."""
        self._stopped = True
        while not self._ended:
            self._ended = not self._queue.get()
        self._thread.join()

    @property
    def progress(self) -> tuple[int, int]:
        """How many bytes of the file were read, and how many it has."""
        return self._medium.done, self._size

    def read(self, size: int) -> bytes:
        """Return exactly `size` plain bytes.

        Raises:
            BundleDamaged, BundleNotForUs, MediumUnreadable: There are not that many that can be trusted.
        """
        parts: list[bytes] = []
        while size:
            if not self._ready and not self._refill():
                raise self._ending()
            parts.append(bytes(self._ready[:size]))
            self._ready = self._ready[size:]
            size -= len(parts[-1])
        return b"".join(parts)

    def finish(self) -> None:
        """Accept the end of the file.

        Raises:
            BundleDamaged, MediumUnreadable: It is not here, or the last chunk is not whole.
        """
        if self._ready or self._refill() or self._trouble or self._medium.trouble:
            raise self._ending()

    def write(self, plain: bytes) -> int:
        """Take plain bytes from pyrage, in its thread."""
        if self._stopped:
            raise BrokenPipeError  # not InterruptedError: Rust would try again
        self._gathered.append(plain)
        self._length += len(plain)
        if self._length >= _CHUNK:
            self.flush()
        return len(plain)

    def flush(self) -> None:
        """Hand over what was gathered, in pyrage's thread."""
        if self._length:
            self._queue.put(b"".join(self._gathered))
            self._gathered.clear()
            self._length = 0

    def _refill(self) -> bool:
        if not self._ended:
            self._ready = memoryview(self._queue.get())
            self._ended = not self._ready
        return not self._ended

    def _ending(self) -> TacError:
        """Return the trouble that an end at this place is."""
        if self._medium.trouble:
            return MediumUnreadable()
        if isinstance(self._trouble, pyrage.DecryptError) and "No matching keys" in str(self._trouble):
            return BundleNotForUs()
        return BundleDamaged(100 * self._medium.done // max(self._size, 1))

    def _open(self) -> None:
        try:
            pyrage.decrypt_io(self._medium, self, self._keys)
        except BaseException as trouble:  # noqa: BLE001 - carried to the thread that asked
            self._trouble = trouble
        finally:
            if not self._stopped:
                self.flush()
            self._queue.put(b"")
