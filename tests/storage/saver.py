"""Saves contacts one after the other and tells each number once it is durable, until it is killed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from tac_desktop.casework.journal import Change
from tac_desktop.storage import Store, open_vault, slots

folder, passphrase, number = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
store = Store(open_vault(folder, slots(folder)[0].id, passphrase))
while True:
    values = {"at": "2026-03-01T10:00", "summary": f"Teapot {number}"}
    change = Change(record_id=f"c{number}", form="contact", version=1, stream="s", values=values, known_on="2026-03-01")
    store.save([change], author="p", now=datetime.now(UTC))
    print(number, flush=True)
    number += 1
