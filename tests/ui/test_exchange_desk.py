"""Two vaults: a worker sends, her manager receives, all through the window."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from cases import a_case
from exchanging import NOW, accept, acquaint, desk_of, enter, errors_in, make_vault, opened_by_code, save_card, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from seen import spoken
from way_in import unlock

from tac_desktop.actions import cards, exchange
from tac_desktop.actions.steps import run_to_end
from tac_desktop.ui.app import Desktop


@pytest.fixture(scope="module")
def acquainted(full_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A worker's vault and her manager's, who have accepted each other's cards."""
    place = tmp_path_factory.mktemp("acquainted")
    worker = shutil.copytree(full_vault, place / "Fernhill")
    acquaint(worker, make_vault(place / "Manager", "Fern Cog", "manager"), place)
    return place


@pytest.fixture
def manager_folder(tmp_path: Path) -> Path:
    return make_vault(tmp_path / "Manager", "Fern Cog", "manager")


@pytest.fixture
def sending(desktop: Desktop, qtbot: QtBot, acquainted: Path, manager_folder: Path, full_folder: Path) -> Desktop:
    """The worker is at work, and has accepted her manager's card; the manager has accepted hers."""
    for folder in (full_folder, manager_folder):
        shutil.rmtree(folder)
        shutil.copytree(acquainted / folder.name, folder)
    enter(desktop, qtbot, full_folder)
    return desktop


def write(desktop: Desktop, qtbot: QtBot, file: Path, *, basis: str = "acknowledged", limit: int = 0) -> None:
    """Choose and write as a person would; only the system's window for files is left out."""
    desk = desk_of(desktop, qtbot)
    send = desk.screen.send
    for radio in send._basis.buttons():
        radio.setChecked(radio.property("basis") == basis)
    send._limit.setCurrentIndex(send._limit.findData(str(limit)))
    wishes = []
    send.wanted.connect(wishes.append)
    send.wanted.disconnect(desk.sending._ask_where_to_write)
    send._write.click()
    send.wanted.connect(desk.sending._ask_where_to_write)
    desk.sending._wish = wishes[0]
    desk.sending.write(str(file))
    settle(desktop, qtbot)


@pytest.fixture(scope="module")
def delivered(acquainted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two vaults after the worker has written a bundle for her manager, and the bundle."""
    place = shutil.copytree(acquainted, tmp_path_factory.mktemp("delivered") / "both")
    with opened_by_code(place / "Fernhill") as (vault, store):
        [manager] = [one.card for one in cards.trusted_cards(store)]
        run_to_end(exchange.write_bundle(vault, store, manager, place / "to-manager.tacb", now=NOW))
    return place


@pytest.fixture
def sent(
    desktop: Desktop, qtbot: QtBot, delivered: Path, manager_folder: Path, full_folder: Path, tmp_path: Path
) -> Path:
    """A bundle of the worker for her manager, who is at work now."""
    for folder in (full_folder, manager_folder):
        shutil.rmtree(folder)
        shutil.copytree(delivered / folder.name, folder)
    (tmp_path / "inbox").mkdir()
    enter(desktop, qtbot, manager_folder)
    return Path(shutil.copy(delivered / "to-manager.tacb", tmp_path / "inbox"))


def look(desktop: Desktop, qtbot: QtBot, bundle: Path) -> None:
    desk = desk_of(desktop, qtbot)
    desk.screen.show_part("receive")
    desk.receiving.look_into(str(bundle))
    settle(desktop, qtbot)


def take_in(desktop: Desktop, qtbot: QtBot, bundle: Path) -> None:
    look(desktop, qtbot, bundle)
    desk_of(desktop, qtbot).screen.receive.found._take_in.click()
    settle(desktop, qtbot)


# --- sending ---


def test_what_was_written_is_told_with_what_to_do_next(sending, qtbot, tmp_path):
    write(sending, qtbot, tmp_path / "b.tacb")
    told = spoken(desk_of(sending, qtbot).screen.send._written_card)
    assert "case files: 40" in told
    assert any("b.tacb" in text for text in told)
    assert any(text.startswith("1. Bring the file to Fern Cog") for text in told)


def test_after_sending_the_standing_says_what_was_sent(sending, qtbot, tmp_path):
    write(sending, qtbot, tmp_path / "b.tacb")
    screen = desk_of(sending, qtbot).screen
    assert "no. 1" in screen.send._standing.text()
    assert "has not acknowledged it yet" in screen.send._standing.text()
    assert "No. 1" in " ".join(spoken(screen.standing)) or not screen.standing.isVisible()


def test_a_size_limit_makes_several_files_and_all_are_named(sending, qtbot, tmp_path):
    desk, small = desk_of(sending, qtbot), 16 * 1024  # the cases of a test would fit into the smallest that is offered
    desk.screen.send._limit.setItemData(1, str(small))
    write(sending, qtbot, tmp_path / "b.tacb", limit=small)
    files = sorted(tmp_path.glob("b*.tacb"))
    assert len(files) > 1
    told = " ".join(spoken(desk.screen.send._written_card))
    assert all(file.name in told for file in files)
    assert f"Bring all {len(files)} files" in told


def test_without_an_accepted_card_there_is_nobody_to_write_for(opened, qtbot):
    screen = desk_of(opened, qtbot).screen
    assert not screen.send._write.isEnabled()
    assert "accept a card first" in screen.send._to.currentText()
    screen.send._cards.click()
    assert screen.part() == "cards"


def test_writing_can_be_stopped_and_leaves_no_file(sending, qtbot, tmp_path):
    desk = desk_of(sending, qtbot)
    send = desk.screen.send
    send.wanted.disconnect(desk.sending._ask_where_to_write)
    send.wanted.connect(lambda wish: setattr(desk.sending, "_wish", wish))
    send._write.click()
    desk.sending.write(str(tmp_path / "b.tacb"))
    desk.screen.progress._stop.click()
    settle(sending, qtbot)
    qtbot.waitUntil(lambda: "Stopped" in desk.screen.progress._words.text())
    assert list(tmp_path.glob("b*")) == []
    assert send._write.isEnabled()


# --- receiving ---


def test_a_bundle_is_looked_into_first_and_changes_nothing(desktop, qtbot, sent):
    look(desktop, qtbot, sent)
    found = desk_of(desktop, qtbot).screen.receive.found
    told = " ".join(spoken(found))
    assert "new records: " in told
    assert "From Sage Beacon" in told
    assert len(desktop.window.work.bench.store.caseload_ids()) == 0


def test_a_bundle_that_is_put_aside_leaves_the_screen(desktop, qtbot, sent):
    look(desktop, qtbot, sent)
    receive = desk_of(desktop, qtbot).screen.receive
    receive.found._aside.click()
    assert not receive.found.isVisible()


def test_what_came_of_it_is_brought_into_view(desktop, qtbot, sent):
    desk = desk_of(desktop, qtbot)
    desktop.window.resize(900, 420)
    look(desktop, qtbot, sent)
    qtbot.waitUntil(lambda: not desk.screen.receive.found.visibleRegion().isEmpty())
    bar = desk.screen._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    desk.screen.receive.found._take_in.click()
    settle(desktop, qtbot)
    qtbot.waitUntil(lambda: not desk.screen.receive.brought.visibleRegion().isEmpty())


def test_after_taking_it_in_the_cases_are_in_the_caseload(desktop, qtbot, sent):
    take_in(desktop, qtbot, sent)
    qtbot.waitUntil(lambda: "is taken in" in " ".join(spoken(desk_of(desktop, qtbot).screen.receive.brought)))
    page = desktop.window.frame.go("caseload")
    assert page._subtitle.text() == "40 cases, open"


def test_the_window_reads_nothing_while_a_bundle_is_taken_in(desktop, qtbot, sent):
    desk = desk_of(desktop, qtbot)
    sidebar = desktop.window.frame.sidebar
    desk.receiving.look_into(str(sent))
    assert not sidebar._buttons["caseload"].isEnabled()
    settle(desktop, qtbot)
    assert sidebar._buttons["caseload"].isEnabled()


def test_taking_it_in_can_be_stopped_and_then_nothing_has_changed(desktop, qtbot, sent):
    look(desktop, qtbot, sent)
    screen = desk_of(desktop, qtbot).screen
    screen.receive.found._take_in.click()
    screen.progress._stop.click()
    settle(desktop, qtbot)
    assert "Nothing was changed" in screen.progress._words.text()
    assert len(desktop.window.work.bench.store.caseload_ids()) == 0


def test_a_damaged_bundle_is_refused_in_a_sentence(desktop, qtbot, sent):
    sent.write_bytes(sent.read_bytes()[:-50])
    look(desktop, qtbot, sent)
    assert desktop.messages.shown[-1].tone == "danger"
    assert "Nothing was changed" in desktop.messages.shown[-1].text


def test_a_bundle_that_was_taken_in_before_is_not_offered_again(desktop, qtbot, sent):
    take_in(desktop, qtbot, sent)
    look(desktop, qtbot, sent)
    found = desk_of(desktop, qtbot).screen.receive.found
    qtbot.waitUntil(lambda: "was taken in on" in " ".join(spoken(found)))
    assert not found._take_in.isVisible()


def test_the_receipt_of_a_bundle_can_be_read_out_again_later(desktop, qtbot, sent):
    take_in(desktop, qtbot, sent)
    receive = desk_of(desktop, qtbot).screen.receive
    code = code_shown(receive.brought)
    look(desktop, qtbot, sent)
    assert code_shown(receive.found) == code


def test_what_was_taken_in_alone_leaves_the_inbox_and_stays_anywhere_else(desktop, qtbot, sent, tmp_path):
    elsewhere = tmp_path / "stick.tacb"
    elsewhere.write_bytes(sent.read_bytes())
    watch(desktop, qtbot, sent.parent)
    receive = desk_of(desktop, qtbot).screen.receive
    qtbot.waitUntil(receive._all.isVisible)
    take_in(desktop, qtbot, sent)
    qtbot.waitUntil(lambda: "No bundle waits." in spoken(receive))
    assert not sent.exists()
    look(desktop, qtbot, elsewhere)
    assert elsewhere.exists()


# --- receipts ---


def code_shown(part: QWidget) -> str:
    labels = [label.text() for label in part.findChildren(QLabel) if label.property("role") == "code"]
    return labels[-1]


def test_a_receipt_code_that_is_read_out_acknowledges_the_bundle(desktop, qtbot, sent, full_folder):
    take_in(desktop, qtbot, sent)
    code = code_shown(desk_of(desktop, qtbot).screen.receive.brought)
    send = enter(desktop, qtbot, full_folder).screen.send
    qtbot.keyClicks(send.receipt._code, code.lower())
    qtbot.keyClick(send.receipt._code, Qt.Key.Key_Return)
    settle(desktop, qtbot)
    assert "acknowledged everything" in send._standing.text()
    assert errors_in(send.receipt) == []


def test_a_wrong_receipt_code_is_told_beside_it(desktop, qtbot, sent, full_folder):
    send = enter(desktop, qtbot, full_folder).screen.send
    qtbot.keyClicks(send.receipt._code, "0000-0000-0000")
    send.receipt.button.click()
    settle(desktop, qtbot)
    assert len(errors_in(send.receipt)) == 1
    assert "has not acknowledged it yet" in send._standing.text()


def test_a_receipt_file_carries_the_acknowledgement_back(desktop, qtbot, sent, full_folder, tmp_path):
    take_in(desktop, qtbot, sent)
    desk_of(desktop, qtbot).receiving.write_receipt(str(tmp_path / "receipt.tacb"))
    settle(desktop, qtbot)
    enter(desktop, qtbot, full_folder)
    take_in(desktop, qtbot, tmp_path / "receipt.tacb")
    assert "acknowledged everything" in desk_of(desktop, qtbot).screen.send._standing.text()


# --- the inbox ---


def watch(desktop: Desktop, qtbot: QtBot, folder: Path) -> None:
    desk = desk_of(desktop, qtbot)
    desk.screen.show_part("receive")
    desk.receiving.inbox_chosen.emit(str(folder))


def test_what_lies_in_the_inbox_is_listed_and_counted(desktop, qtbot, sent):
    watch(desktop, qtbot, sent.parent)
    screen = desk_of(desktop, qtbot).screen
    qtbot.waitUntil(lambda: "1 bundle waits" in spoken(screen.receive))
    qtbot.waitUntil(lambda: any("to-manager.tacb" in text for text in spoken(screen.receive)))
    button = desktop.window.frame.sidebar._buttons["exchange"]
    assert button.text() == "Send and receive (1)"
    assert button.accessibleName() == "Send and receive, 1 bundle waits"


def test_all_of_the_inbox_is_taken_in_at_once_and_each_file_has_its_line(desktop, qtbot, sent):
    (sent.parent / "broken.tacb").write_bytes(sent.read_bytes()[:-50])
    watch(desktop, qtbot, sent.parent)
    screen = desk_of(desktop, qtbot).screen
    qtbot.waitUntil(screen.receive._all.isVisible)
    screen.receive._all.click()
    settle(desktop, qtbot)
    told = " ".join(spoken(screen.receive.brought))
    assert "1 bundle is taken in; 1 is not" in told
    assert "broken.tacb" in told
    assert desktop.window.frame.go("caseload")._subtitle.text() == "40 cases, open"


def test_the_chosen_inbox_is_watched_again_after_a_lock(desktop, qtbot, sent, manager_folder):
    watch(desktop, qtbot, sent.parent)
    desk = enter(desktop, qtbot, manager_folder)
    desk.screen.show_part("receive")
    qtbot.waitUntil(lambda: "1 bundle waits" in spoken(desk.screen.receive))


def test_settings_chosen_later_do_not_forget_the_inbox(desktop, qtbot, sent):
    page = desktop.window.frame.go("settings")
    watch(desktop, qtbot, sent.parent)
    page._minutes_box.setCurrentIndex(0)
    page._choose()
    assert desktop.window._settings.now.inbox_folder == str(sent.parent)


# --- history and standing ---


def test_history_shows_both_ways_and_the_filter_says_what_it_hides(desktop, qtbot, sent, full_folder):
    take_in(desktop, qtbot, sent)
    desk = enter(desktop, qtbot, full_folder)
    desk.screen.show_part("history")
    history = desk.screen.history
    assert "Sent to Fern Cog" in history._about.text()
    assert "1 bundle" in history._count.text()
    history._filter.setCurrentIndex(history._filter.findData("in"))
    history._filter.activated.emit(0)
    assert "1 others" in history._count.text() or "1 other" in history._count.text()
    assert history._about.text() == ""


def test_one_row_for_each_colleague_leads_to_a_bundle_for_her(sending, qtbot):
    screen = desk_of(sending, qtbot).screen
    screen.show_part("standing")
    qtbot.waitUntil(lambda: "Fern Cog" in " ".join(spoken(screen.standing)))
    qtbot.waitUntil(lambda: "Last sent: Never" in spoken(screen.standing))
    button = next(b for b in screen.standing.findChildren(type(screen.send._write)) if b.isVisible())
    button.click()
    assert screen.part() == "send"
    assert "Fern Cog" in screen.send._to.currentText()


def test_a_bundle_that_is_missing_is_named_to_the_one_who_lacks_it(sending, qtbot, manager_folder, tmp_path):
    bench = sending.window.work.bench
    (mother,) = [change for change in a_case(0) if change.form == "mother"]
    for name, file in (("Puce Kettle", "lost.tacb"), ("Puce Saddle", "second.tacb")):
        bench.store.save([replace(mother, values={"name": name})], author=bench.person.id, now=bench.moment())
        write(sending, qtbot, tmp_path / file, basis="sent")
    (tmp_path / "lost.tacb").unlink()
    enter(sending, qtbot, manager_folder)
    watch(sending, qtbot, tmp_path)
    screen = desk_of(sending, qtbot).screen
    qtbot.waitUntil(screen.receive._all.isVisible)
    screen.receive._all.click()
    settle(sending, qtbot)
    screen.show_part("standing")
    qtbot.waitUntil(lambda: any("Bundle 1 of Sage Beacon is missing" in text for text in spoken(screen.standing)))


def test_a_vault_that_was_restored_is_told_to_those_who_exchange_with_it(
    sending, qtbot, full_folder, manager_folder, tmp_path
):
    copy = tmp_path / "copy"
    sending.window.lock()
    shutil.copytree(full_folder, copy)
    for number, folder in enumerate((full_folder, copy)):
        enter(sending, qtbot, folder)
        bench = sending.window.work.bench
        bench.store.save(a_case(50 + number), author=bench.person.id, now=bench.moment())
        write(sending, qtbot, tmp_path / f"{number}.tacb")
    enter(sending, qtbot, manager_folder)
    for number in (0, 1):
        take_in(sending, qtbot, tmp_path / f"{number}.tacb")
    screen = desk_of(sending, qtbot).screen
    screen.show_part("standing")
    qtbot.waitUntil(lambda: any("restored from a backup, or copied" in text for text in spoken(screen.standing)))


# --- cards ---


def test_a_wrong_code_keeps_the_card_out(opened, qtbot, tmp_path, manager_folder):
    code = save_card(opened, desk_of(opened, qtbot), qtbot, tmp_path / "worker.taccard")
    desk = enter(opened, qtbot, manager_folder)
    assert accept(opened, desk, qtbot, tmp_path / "worker.taccard", code[:-5]).isVisible()
    other = code[:-1] + ("0" if code[-1] != "0" else "1")
    dialog = accept(opened, desk, qtbot, tmp_path / "worker.taccard", other)
    assert dialog.isVisible()
    assert "mistyped" in errors_in(dialog)[0]
    assert cards.trusted_cards(opened.window.work.bench.store) == []


def test_two_vaults_accept_each_others_cards_by_their_codes(opened, qtbot, full_folder, manager_folder, tmp_path):
    worker_code = save_card(opened, desk_of(opened, qtbot), qtbot, tmp_path / "worker.taccard")
    desk = enter(opened, qtbot, manager_folder)
    code = save_card(opened, desk, qtbot, tmp_path / "manager.taccard")
    accept(opened, desk, qtbot, tmp_path / "worker.taccard", worker_code)
    assert desk.screen.send._to.currentText() == "Sage Beacon (social worker, HMP Eastwood Park)"
    desk = enter(opened, qtbot, full_folder)
    accept(opened, desk, qtbot, tmp_path / "manager.taccard", code.lower().replace("-", " "))
    assert desk.screen.send._to.currentText() == "Fern Cog (manager)"


def test_a_file_that_is_no_card_is_told(opened, qtbot, tmp_path):
    (tmp_path / "shopping.taccard").write_text("eggs", encoding="utf-8")
    desk_of(opened, qtbot).cards.open_card(str(tmp_path / "shopping.taccard"))
    assert "not a card" in opened.messages.shown[-1].text


def test_ones_own_code_is_the_cards_code(opened, qtbot, tmp_path):
    desk = desk_of(opened, qtbot)
    shown = desk.screen.cards._code
    code = save_card(opened, desk, qtbot, tmp_path / "mine.taccard")
    assert shown.text().replace(" ", "") == code
    assert shown.accessibleName().replace(" ", "").replace(",", "-") == code


def test_ones_own_card_is_looked_at_on_paper_and_left_again(opened, qtbot, tmp_path):
    desk = desk_of(opened, qtbot)
    desk.screen.show_part("cards")
    desk.screen.cards._print.click()
    settle(opened, qtbot)
    assert opened.window.frame.current() == "card"
    assert opened.window.frame.page("card").content.startswith(b"%PDF-")
    desk.cards.save(str(tmp_path / "card.pdf"))
    settle(opened, qtbot)
    assert (tmp_path / "card.pdf").read_bytes() == opened.window.frame.page("card").content
    opened.window.frame.page("card").left.emit()
    assert opened.window.frame.current() == "exchange"


def test_an_administrator_sees_cards_and_the_service_only(desktop, qtbot, tmp_path):
    unlock(desktop, qtbot, make_vault(tmp_path / "Admin", "Moss Key", "admin"))
    settle(desktop, qtbot)
    assert desktop.window.frame.sidebar.names() == ["exchange", "vault", "settings"]
    screen = desk_of(desktop, qtbot).screen
    assert screen.chips.names() == ["cards", "service"]
    assert not screen.send.isVisible()
