"""A service of two people is founded, joined, looked after and kept up, all through the window."""

from datetime import datetime
from pathlib import Path

import pytest
from exchanging import accept, desk_of, enter, errors_in, make_vault, save_card, service_of_two, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from seen import spoken
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import cards, exchange, service, vaults
from tac_desktop.actions.recovery import recover_by_code
from tac_desktop.actions.steps import run_to_end
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.ask_texts import AskTexts
from tac_desktop.ui.exchange_desk import ExchangeDesk
from tac_desktop.ui.key_sheet import SheetShown
from tac_desktop.ui.withdraw_card import WithdrawCard

NAME = "Fernhill and friends"
Sheets = list[tuple[str, list[str]]]


@pytest.fixture
def manager_folder(tmp_path: Path) -> Path:
    return make_vault(tmp_path / "Manager", "Fern Cog", "manager")


@pytest.fixture
def keeper(desktop: Desktop, qtbot: QtBot, manager_folder: Path) -> Desktop:
    """The desktop with the vault of the manager, who is going to keep the roster."""
    unlock(desktop, qtbot, manager_folder)
    settle(desktop, qtbot)
    return desktop


def press(part: object, text: str) -> None:
    QApplication.processEvents()  # what was just put on the screen is shown at the next turn of the loop
    next(b for b in part.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def codes_on(part: object) -> list[str]:
    """Return the codes in large letters, as they stand there."""
    QApplication.processEvents()
    labels = [one for one in part.findChildren(QLabel) if one.property("role") == "code" and one.isVisible()]
    return [one.text().replace(" ", "") for one in labels]


def read_sheet(desk: ExchangeDesk) -> tuple[str, list[str]]:
    """Read the sheet that is shown: the code of its root key and its words, in their order."""
    QApplication.processEvents()
    (shown,) = [one for one in desk.screen.founding.findChildren(SheetShown) if one.isVisible()]
    numbered = [label.text() for label in shown.findChildren(QLabel) if label.text()[:1].isdigit()]
    return codes_on(shown)[0], [text.split(". ")[1] for text in numbered if ". " in text]


def type_back(qtbot: QtBot, desk: ExchangeDesk, sheet: tuple[str, list[str]]) -> None:
    founding = desk.screen.founding
    for box in founding._boxes:
        word = box.accessibleName().removeprefix("Word ")
        qtbot.keyClicks(box, sheet[0].lower() if box is founding._boxes[0] else sheet[1][int(word) - 1])
    qtbot.keyClick(founding._boxes[-1], Qt.Key.Key_Return)


def write_all_down(desktop: Desktop, qtbot: QtBot) -> Sheets:
    desk = desk_of(desktop, qtbot)
    sheets: Sheets = []
    for _ in range(3):
        sheets.append(read_sheet(desk))
        press(desk.screen.founding, "It is on paper: go on")
        type_back(qtbot, desk, sheets[-1])
        settle(desktop, qtbot)
    return sheets


def begin(desktop: Desktop, qtbot: QtBot) -> ExchangeDesk:
    desk = desk_of(desktop, qtbot)
    desk.screen.show_part("service")
    press(desk.screen.service, "Found a service")
    qtbot.keyClicks(desk.screen.founding._boxes[0], NAME)
    qtbot.keyClick(desk.screen.founding._boxes[0], Qt.Key.Key_Return)
    settle(desktop, qtbot)
    return desk


def found(desktop: Desktop, qtbot: QtBot) -> Sheets:
    desk = begin(desktop, qtbot)
    sheets = write_all_down(desktop, qtbot)
    press(desk.screen.founding, "Go on")
    settle(desktop, qtbot)
    return sheets


def service_of(desktop: Desktop) -> service.Service | None:
    return service.service_of(desktop.window.work.bench.store)


def dialog_of(desktop: Desktop, kind: type) -> object:
    return [one for one in desktop.window.findChildren(kind) if one.isVisible()][-1]


def fill_in(dialog: AskTexts, *texts: str) -> None:
    for box, text in zip(dialog._boxes, texts, strict=True):
        if isinstance(box, QPlainTextEdit):
            box.setPlainText(text)
        else:
            box.setText(text)
    dialog.go.click()


# --- founding ---


def test_a_service_is_founded_when_all_sheets_were_typed_back(keeper, qtbot):
    desk = begin(keeper, qtbot)
    assert service_of(keeper) is None
    sheets = write_all_down(keeper, qtbot)
    assert len({code for code, _ in sheets}) == 3
    assert all(len(words) >= 20 for _, words in sheets)
    qtbot.waitUntil(lambda: "The service is founded" in spoken(desk.screen.founding))
    assert codes_on(desk.screen.founding) == [service_of(keeper).code]
    press(desk.screen.founding, "Go on")
    settle(keeper, qtbot)
    assert desk.screen.part() == "service"
    qtbot.waitUntil(lambda: NAME in spoken(desk.screen.service))
    qtbot.waitUntil(lambda: "Kept by: You" in spoken(desk.screen.service))


def test_a_sheet_that_is_typed_back_wrongly_is_asked_for_again(keeper, qtbot):
    desk = begin(keeper, qtbot)
    code, words = read_sheet(desk)
    press(desk.screen.founding, "It is on paper: go on")
    type_back(qtbot, desk, (code[:-1] + ("0" if code[-1] != "0" else "1"), words))
    assert errors_in(desk.screen.founding) == ["Root key is not as on the sheet. Compare it once more."]
    assert desk.screen.founding._boxes[0].property("error") == "true"
    assert [box.property("error") for box in desk.screen.founding._boxes[1:]] == [""] * 3
    press(desk.screen.founding, "Show the sheet again")
    assert read_sheet(desk) == (code, words)


def test_what_is_secret_is_on_the_screen_only_while_it_is_shown(keeper, qtbot):
    desk = begin(keeper, qtbot)
    code, _ = read_sheet(desk)
    press(desk.screen.founding, "It is on paper: go on")
    everything = " ".join(spoken(keeper.window))
    assert code not in everything.replace(" ", "")


def test_who_is_interrupted_before_the_end_has_founded_nothing(keeper, qtbot, manager_folder):
    begin(keeper, qtbot)
    desk = enter(keeper, qtbot, manager_folder)
    assert service_of(keeper) is None
    assert not desk.screen.founding.isVisible()
    found(keeper, qtbot)
    assert service_of(keeper).is_registrar


def test_founding_can_be_given_up(keeper, qtbot):
    desk = begin(keeper, qtbot)
    press(desk.screen.founding, "Give it up")
    assert desk.screen.part() == "service"
    assert desk.screen.service.isVisible()
    assert service_of(keeper) is None


def test_a_worker_joins_and_never_founds(desktop, qtbot, vault_folder):
    unlock(desktop, qtbot, vault_folder)
    desk = desk_of(desktop, qtbot)
    desk.screen.show_part("service")
    shown = [b.text() for b in desk.screen.service.findChildren(QPushButton) if b.isVisible()]
    assert shown == ["Join a service"]


# --- a service of two ---


@pytest.fixture
def two(desktop: Desktop, qtbot: QtBot, manager_folder: Path, vault_folder: Path, tmp_path: Path) -> Sheets:
    """A service of a manager, who keeps the roster, and a worker who has joined; the worker is at work."""
    founded = service_of_two(manager_folder, vault_folder, tmp_path)
    unlock(desktop, qtbot, vault_folder)
    settle(desktop, qtbot)
    return [(sheet.root_key_code, list(sheet.escrow_words)) for sheet in founded.sheets]


def test_a_service_of_two_is_set_up_from_its_founding_to_a_member_who_has_joined(
    keeper, qtbot, manager_folder, vault_folder, tmp_path
):
    found(keeper, qtbot)
    code = service_of(keeper).code
    desk = enter(keeper, qtbot, vault_folder)
    card_code = save_card(keeper, desk, qtbot, tmp_path / "worker.taccard")
    desk = enter(keeper, qtbot, manager_folder)
    accept(keeper, desk, qtbot, tmp_path / "worker.taccard", card_code)
    desk.service.hand_out_roster(str(tmp_path / "roster.tacroster"))
    settle(keeper, qtbot)
    desk = enter(keeper, qtbot, vault_folder)
    desk.service.open_service(str(tmp_path / "roster.tacroster"))
    fill_in(dialog_of(keeper, AskTexts), code)
    settle(keeper, qtbot)
    assert service_of(keeper).is_member
    assert {member.name for member in service_of(keeper).members} == {"Fern Cog", "Sage Beacon"}


def test_an_accepted_card_is_a_member_and_a_joined_vault_knows_all(desktop, qtbot, two):
    joined = service_of(desktop)
    assert {member.name for member in joined.members} == {"Fern Cog", "Sage Beacon"}
    assert joined.is_member
    assert not joined.is_registrar
    screen = desk_of(desktop, qtbot).screen
    screen.show_part("service")
    qtbot.waitUntil(lambda: "This vault is a member: Yes" in spoken(screen.service))
    assert "Fern Cog" in screen.send._to.itemText(0)


def test_a_member_accepts_no_cards_and_is_told_who_does(desktop, qtbot, two):
    screen = desk_of(desktop, qtbot).screen
    screen.show_part("cards")
    assert not screen.cards._accept.isVisible()
    assert "the one who keeps the roster" in screen.cards._enrolled.text()


def test_a_wrong_service_code_keeps_the_vault_out(keeper, qtbot, vault_folder, tmp_path):
    found(keeper, qtbot)
    desk_of(keeper, qtbot).service.hand_out_roster(str(tmp_path / "roster.tacroster"))
    settle(keeper, qtbot)
    code = service_of(keeper).code
    desk = enter(keeper, qtbot, vault_folder)
    desk.service.open_service(str(tmp_path / "roster.tacroster"))
    dialog = dialog_of(keeper, AskTexts)
    fill_in(dialog, code[:-1] + ("0" if code[-1] != "0" else "1"))
    assert dialog.isVisible()
    assert len(errors_in(dialog)) == 1
    assert service_of(keeper) is None


def test_a_withdrawn_card_is_told_and_nothing_is_offered_for_it(desktop, qtbot, two, manager_folder):
    desk = enter(desktop, qtbot, manager_folder)
    desk.screen.show_part("service")
    press(desk.screen.service, "Withdraw the card")
    dialog = dialog_of(desktop, WithdrawCard)
    lost = next(one for one in dialog._reasons.buttons() if one.property("status") == "lost")
    lost.setChecked(True)
    dialog._go.click()
    settle(desktop, qtbot)
    withdrawn = {member.name: member.status for member in service_of(desktop).members}
    assert withdrawn == {"Fern Cog": "active", "Sage Beacon": "lost"}
    assert not desk.screen.send._write.isEnabled()
    desk.screen.show_part("standing")
    qtbot.waitUntil(lambda: "Computer lost" in spoken(desk.screen.standing))
    assert any("nothing is sealed" in text for text in spoken(desk.screen.standing))


def test_whoever_came_in_by_the_recovery_code_is_told_to_send_her_card_once_more(desktop, qtbot, tmp_path):
    folder = tmp_path / "Recovered"
    made, code = vaults.create(
        folder, name="Moss Lantern", role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    made.close()
    service_of_two(make_vault(tmp_path / "Keeper", "Teal Ribbon", "manager"), folder, tmp_path)
    slot, now = vaults.people_of(folder)[0].id, datetime.now().astimezone()
    recover_by_code(folder, code, slot, PASSPHRASE, now=now, profile=CHEAPEST).close()
    desk = enter(desktop, qtbot, folder)
    desk.screen.show_part("service")
    qtbot.waitUntil(lambda: any("a recovery code has made a new card" in text for text in spoken(desk.screen.service)))


def test_ones_own_card_offers_no_withdrawal(desktop, qtbot, two, manager_folder):
    desk = enter(desktop, qtbot, manager_folder)
    desk.screen.show_part("service")
    offered = [b.accessibleName() for b in desk.screen.service.findChildren(QPushButton) if "Withdraw" in b.text()]
    assert offered == ["Withdraw the card: Sage Beacon"]


def test_the_drill_opens_a_bundle_with_the_words_of_two_sheets(desktop, qtbot, two, manager_folder, tmp_path):
    bench = desktop.window.work.bench
    (card,) = [one.card for one in cards.trusted_cards(bench.store)]
    run_to_end(exchange.write_bundle(bench.vault, bench.store, card, tmp_path / "b.tacb", now=bench.moment()))
    desk = enter(desktop, qtbot, manager_folder)
    desk.screen.show_part("service")
    press(desk.screen.service, "Emergency drill")
    dialog = dialog_of(desktop, AskTexts)
    dialog.choose_file(str(tmp_path / "b.tacb"))
    (_, one), (_, other), _ = two
    fill_in(dialog, " ".join(one), " ".join(other[:-1]))
    settle(desktop, qtbot)
    assert len(errors_in(dialog)) == 1
    fill_in(dialog, " ".join(one), " ".join(other))
    settle(desktop, qtbot)
    assert "opened to its last byte" in desktop.messages.shown[-1].text
    assert "Last drill here: None yet" not in spoken(desk.screen.service)


def test_two_sheets_move_the_roster_to_another_manager(desktop, qtbot, two, tmp_path, manager_folder):
    other = make_vault(tmp_path / "Other", "Moss Lantern", "manager")
    desk = enter(desktop, qtbot, manager_folder)
    desk.service.hand_out_roster(str(tmp_path / "again.tacroster"))
    settle(desktop, qtbot)
    code = service_of(desktop).code
    desk = enter(desktop, qtbot, other)
    desk.service.open_service(str(tmp_path / "again.tacroster"))
    fill_in(dialog_of(desktop, AskTexts), code)
    settle(desktop, qtbot)
    desk.screen.show_part("service")
    press(desk.screen.service, "Keep the roster here")
    dialog = dialog_of(desktop, AskTexts)
    fill_in(dialog, two[0][0], two[0][0])
    assert len(errors_in(dialog)) == 1
    fill_in(dialog, two[0][0], two[2][0])
    settle(desktop, qtbot)
    assert service_of(desktop).is_registrar


def test_new_sheets_replace_the_old_ones_when_they_were_typed_back(desktop, qtbot, two, manager_folder):
    desk = enter(desktop, qtbot, manager_folder)
    desk.screen.show_part("service")
    press(desk.screen.service, "Make new key sheets")
    fill_in(dialog_of(desktop, AskTexts), two[0][0], two[1][0])
    new = write_all_down(desktop, qtbot)
    assert {code for code, _ in new}.isdisjoint({code for code, _ in two})
    qtbot.waitUntil(lambda: "The new sheets hold" in spoken(desk.screen.founding))
    press(desk.screen.founding, "Go on")
    press(desk.screen.service, "Make new key sheets")
    dialog = dialog_of(desktop, AskTexts)
    fill_in(dialog, two[0][0], two[1][0])
    assert len(errors_in(dialog)) == 1


def test_sheets_that_were_overtaken_while_they_were_written_down_are_told_to_be_worth_nothing(
    desktop, qtbot, two, manager_folder
):
    desk = enter(desktop, qtbot, manager_folder)
    desk.screen.show_part("service")
    press(desk.screen.service, "Make new key sheets")
    fill_in(dialog_of(desktop, AskTexts), two[0][0], two[1][0])
    bench = desktop.window.work.bench
    other = next(one for one in service_of(desktop).members if one.name == "Sage Beacon")
    service.withdraw(bench.vault, bench.store, other.device_id, "left", now=bench.moment())
    write_all_down(desktop, qtbot)
    assert "worth nothing" in desktop.messages.shown[-1].text
    assert not desk.screen.founding.isVisible()
    assert desk.screen.service.isVisible()


def test_a_newer_roster_comes_as_a_file_and_an_older_one_is_refused(desktop, qtbot, two, manager_folder, vault_folder):
    folder = vault_folder.parent
    desk = enter(desktop, qtbot, manager_folder)
    for member in service_of(desktop).members:
        if member.name == "Sage Beacon":
            service.withdraw(
                desktop.window.work.bench.vault, desktop.window.work.bench.store, member.device_id, "left",
                now=desktop.window.work.bench.moment(),
            )  # fmt: skip
    desk.service.hand_out_roster(str(folder / "newer.tacroster"))
    settle(desktop, qtbot)
    desk = enter(desktop, qtbot, vault_folder)
    desk.service.take_in_roster(str(folder / "newer.tacroster"))
    settle(desktop, qtbot)
    assert not service_of(desktop).is_member
    desk.service.take_in_roster(str(folder / "roster.tacroster"))
    settle(desktop, qtbot)
    assert desktop.messages.shown[-1].tone == "danger"
    assert not service_of(desktop).is_member


def test_the_list_of_signers_is_written_for_ssh_keygen(desktop, qtbot, two, tmp_path):
    desk_of(desktop, qtbot).service.save_signers(str(tmp_path / "allowed_signers"))
    settle(desktop, qtbot)
    lines = (tmp_path / "allowed_signers").read_text(encoding="utf-8").splitlines()
    assert sum("ssh-ed25519" in line for line in lines) >= 2


def test_a_key_sheet_goes_to_the_printer_and_nowhere_else(keeper, qtbot, monkeypatch, tmp_path):
    """The window of the printer is the system's; what it would get is a PDF in memory."""
    from tac_desktop.ui import founding_desk

    given: list[bytes] = []

    class Printer(founding_desk.PrintDialog):
        def open(self) -> None:
            given.append(self._pdf)

    monkeypatch.setattr(founding_desk, "PrintDialog", Printer)
    before = set(tmp_path.rglob("*"))
    desk = begin(keeper, qtbot)
    code, _ = read_sheet(desk)
    press(desk.screen.founding, "Print this sheet")
    settle(keeper, qtbot)
    import pypdfium2

    text = pypdfium2.PdfDocument(given[0])[0].get_textpage().get_text_bounded()
    assert code.replace("-", "") in "".join(text.split()).replace("-", "")
    assert {path.name for path in set(tmp_path.rglob("*")) - before} <= {"data.db-journal"}
