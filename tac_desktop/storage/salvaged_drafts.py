"""The drafts of a damaged vault: what can be read of them is brought over, for they are nobody's answers yet."""

from pathlib import Path

from tac_desktop.storage import schema
from tac_desktop.storage.binding import Connection, open_database, transaction
from tac_desktop.storage.folder import DRAFTS
from tac_desktop.storage.people import meta
from tac_desktop.storage.readable_rows import ReadableRows, shapes_of
from tac_desktop.storage.sealed_pages import SealedPages


def write_drafts(source: Path, to: Path, connection: Connection) -> bool:
    """Bring over what was typed and not saved; say whether all of it could be read."""
    if not (source / DRAFTS).exists():
        return True
    key = bytes(meta(connection, "drafts_key"))
    drafts = open_database(to / DRAFTS, key, create=True, cache_kib=1000)
    try:
        schema.bring_up_to_date(drafts, drafts=True)
        pages = SealedPages(source / DRAFTS, key)
        try:
            rows = ReadableRows(pages, shapes_of(drafts))
            for _ in rows.look_through():
                pass
            with transaction(drafts):
                drafts.executemany("INSERT OR IGNORE INTO draft VALUES (?, ?, ?, ?, ?, ?)", rows.rows("draft"))
            return pages.is_sealed and not rows.damaged and not rows.unreadable_rows("draft")
        finally:
            pages.close()
    finally:
        drafts.close()
