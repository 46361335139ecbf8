"""How large an entry may be and which shapes its parts have: one table for the door of bundles and that of the journal.

They are those of docs/formats/journal.md, frozen. Patterns are Python's, for the whole text.
"""

from typing import Final

LONGEST_SEM: Final = 64 << 10
"""Bytes."""
LONGEST_PAYLOAD: Final = 4 << 20
"""Bytes."""
MOST_FIELDS: Final = 1000
MOST_REPLACED: Final = 1000
"""Changes that one entry replaces."""
LARGEST_INTEGER: Final = 1 << 53
"""Of an answer, either way."""
LARGEST_CLOCK: Final = (1 << 63) - 1
LARGEST_FORM_VERSION: Final = 1_000_000
LONGEST_AUTHOR: Final = 100
"""Characters."""
SALT: Final = 16
"""Bytes."""

FORM: Final = r"^[a-z][a-z0-9_]{0,63}\Z"
FIELD: Final = r"^[a-z_][a-z0-9_]{0,63}(/[^\x00-\x1f]{1,200})?\Z"
LONGEST_FIELD: Final = 265
"""Characters, of which `FIELD` lets pass no more."""
HASH: Final = r"^[A-Za-z0-9_-]{43}\Z"
"""32 bytes as base64url."""
DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"
BLOB: Final = r"^[0-9a-f]{64}\Z"
