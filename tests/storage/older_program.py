"""What an older program does with a vault: takes entries in, works with what it knows, and hands all of them on.

Usage: python -m tests.storage.older_program FOLDER PASSPHRASE ENTRIES_IN ENTRIES_OUT
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, Entry, b64, unb64
from tac_desktop.storage import Store, open_vault, slots

folder, passphrase, came, leaves = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
if "photo" in forms.ALL or "known_as" in forms.ALL["child"].by_name:
    raise SystemExit("this program is not older")
vault = open_vault(folder, slots(folder)[0].id, passphrase)
store = Store(vault)
now = datetime.now(UTC)
with store.importing(now) as intake:
    rows = json.loads(came.read_text())
    intake.apply(Entry(unb64(r), seq, sseq, *map(unb64, rest)) for r, seq, sseq, *rest in rows)
(child,) = store.records("child")
values = {"needs": "written by the older program"}
change = Change(record_id=child.id, form="child", version=1, stream=child.stream, values=values, known_on="2026-01-01")
store.save([change], author="p", now=now)
found = [
    (b64(e.incarnation), e.seq, e.sseq, b64(e.sem), b64(e.salt), b64(e.payload))
    for reach in store.exchange.reaches()
    if reach.stream == child.stream
    for e in store.exchange.entries(reach.incarnation, {reach.stream: (0, reach.sseq)})
]
leaves.write_text(json.dumps(found))
store.close()
vault.close()
