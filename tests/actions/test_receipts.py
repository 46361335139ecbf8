"""What tells a sender that her bundle arrived, where nothing else goes back."""

import pytest

from tac_desktop.actions import exchange
from tac_desktop.actions.receipts import write_receipt
from tests.actions.between_vaults import NOW, acquainted, result_of, save, send


@pytest.fixture
def pair(make_desk, tmp_path):
    worker, manager = make_desk("worker"), make_desk("manager")
    save(worker, "mother", {"reference": "Z-001", "name": "Puce Anchor", "prison": "EP"})
    return worker, manager, *acquainted(tmp_path, worker, manager)


def test_a_receipt_tells_what_arrived_and_holds_nothing_else(pair, tmp_path):
    worker, manager, to_worker, to_manager = pair
    brought = send(worker, to_manager, manager, tmp_path / "bundle")
    save(manager, "mother", {"reference": "Z-002", "name": "Teal Button", "prison": "EP"})
    assert write_receipt(manager.vault, manager.store, to_worker, tmp_path / "receipt", now=NOW).entries == 0
    told = result_of(exchange.import_bundle(worker.vault, worker.store, tmp_path / "receipt", now=NOW))
    assert (told.kind, told.new) == ("receipt", 0)
    assert [(note.id, note.acknowledged) for note in worker.store.exchange.sent_to(to_manager.device_id)] == [
        (brought.id, True)
    ]
