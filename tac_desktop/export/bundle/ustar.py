"""The archive inside a bundle: plain ustar with exactly one way to write each entry.

A reader never interprets a header: it builds the only acceptable one and compares 512 bytes. So links, devices, long
names, extensions, wrong order and wrong sizes are not filtered out; they cannot be expressed.
"""

BLOCK = 512
END = bytes(2 * BLOCK)
_SIZE = slice(124, 135)


def header(name: str, size: int) -> bytes:
    """Return the 512 bytes that announce an entry.

    Args:
        name: At most 100 ASCII characters.
        size: The entry's length in bytes, below 8 GiB.
    """
    block = bytearray(BLOCK)
    parts = (
        (0, name.encode("ascii")), (100, b"0000600\0"), (108, b"0000000\0" * 2), (124, b"%011o\0" % size),
        (136, b"00000000000\0"), (148, b" " * 8), (156, b"0"), (257, b"ustar\x0000"),
    )  # fmt: skip
    for start, text in parts:
        block[start : start + len(text)] = text
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padding(size: int) -> bytes:
    """Return the zero bytes that follow an entry of `size` bytes."""
    return bytes(-size % BLOCK)


def announced_size(untrusted_header: bytes, name: str) -> int | None:
    """Return the size that a header announces for the entry `name`; None if it is not the header of such an entry."""
    digits = untrusted_header[_SIZE]
    if len(digits) != 11 or digits.translate(None, b"01234567"):
        return None
    size = int(digits, 8)
    return size if untrusted_header == header(name, size) else None
