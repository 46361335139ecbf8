"""What lies in a vault's folder, by name."""

from typing import Final

KEYS: Final = "keys.json"
KEYS_COPY: Final = "keys.json.bak"
"""The same once more: one damaged sector must not cost the vault."""
DATA: Final = "data.db"
DRAFTS: Final = "drafts.db"
ATTEMPTS: Final = "attempts.json"
BACKUPS: Final = "backups"
NEXT: Final = ".next"
"""The end of the name of a database that is being written under a new key."""
