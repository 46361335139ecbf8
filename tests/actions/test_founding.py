"""Keys are written down before they are in force: founding a service and making new sheets in two steps."""

from datetime import UTC, datetime

import pytest

from tac_desktop.actions import service
from tac_desktop.errors import AlreadyInAService, RootCodesWrong, RosterChanged

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def codes(founded: service.Founded) -> list[str]:
    return [sheet.root_key_code for sheet in founded.sheets]


def test_a_service_whose_sheets_nobody_wrote_down_is_none(manager):
    service.prepare_service(manager.vault, manager.store, "Fernhill", now=NOW)
    assert service.service_of(manager.store, now=NOW) is None


def test_a_service_is_founded_once_its_sheets_are_kept(manager):
    prepared = service.prepare_service(manager.vault, manager.store, "Fernhill", now=NOW)
    service.keep_service(manager.vault, manager.store, prepared, now=NOW)
    found = service.service_of(manager.store, now=NOW)
    assert (found.name, found.code, found.is_registrar) == ("Fernhill", prepared.founded.service_code, True)
    with pytest.raises(AlreadyInAService):
        service.keep_service(manager.vault, manager.store, prepared, now=NOW)


def test_old_sheets_hold_until_the_new_ones_are_kept(manager):
    vault, store = manager.vault, manager.store
    old = service.found_service(vault, store, "Fernhill", now=NOW)
    prepared = service.prepare_root(vault, store, codes(old)[:2], now=NOW)
    again = service.prepare_root(vault, store, codes(old)[1:], now=NOW)
    service.keep_root(vault, store, prepared, now=NOW)
    with pytest.raises(RootCodesWrong):
        service.prepare_root(vault, store, codes(old)[:2], now=NOW)
    with pytest.raises(RosterChanged):
        service.keep_root(vault, store, again, now=NOW)
    service.prepare_root(vault, store, codes(prepared.founded)[:2], now=NOW)
