"""`tac-desktop access`: the pack of a subject access request from the command line."""

import json

from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.storage.store import Store
from tests.actions.conftest import NOW
from tests.commands.conftest import PASSPHRASE, Command, MakeVault


def fill(folder, *, asked: bool, carer: str = "") -> None:
    vault = vaults.unlock_as(folder, "", PASSPHRASE)
    store = Store(vault)

    def save(form: str, case_file: str = "", **answers: object) -> str:
        return save_answers(store, vault.person, forms.ALL[form], answers=answers, now=NOW, case_file=case_file)

    case = save("mother", reference="TAC-7", name="Puce Anchor", prison="EP")
    if carer:
        child = save("child", case, name="Wren Anchor")
        save("placement", case, child=child, carer=carer)
    if asked:
        save("access_request", case, about="mother", asked_by="Puce Anchor", received="2026-11-10")
    store.close()
    vault.close()


def test_the_pack_is_written_where_nothing_waits(command: Command, make_vault: MakeVault, passphrase_file, tmp_path):
    folder = make_vault("slate", "manager")
    fill(folder, asked=True)
    said = command("access", folder, "TAC-7", "--to", tmp_path / "pack", "--passphrase-file", passphrase_file, "--json")
    assert said.code == 0
    assert said.json == {"path": str(tmp_path / "pack"), "answers": 3, "decided": 0}
    told = json.loads((tmp_path / "pack" / "what-is-kept.json").read_text("utf-8"))
    assert [one["answer"] for one in told["answers"]] == ["TAC-7", "Puce Anchor", "HMP Eastwood Park"]


def test_it_is_refused_while_something_waits_and_where_nobody_asked(
    command: Command, make_vault: MakeVault, passphrase_file, tmp_path
):
    waiting, unasked = make_vault("slate", "manager"), make_vault("umber", "manager")
    fill(waiting, asked=True, carer="Teal Lantern, grandmother")
    fill(unasked, asked=False)
    for folder, case, sentence in (
        (waiting, "TAC-7", "1 answer has not been decided about"),
        (unasked, "TAC-7", "No subject access request"),
        (unasked, "TAC-8", "There is no such case file"),
    ):
        said = command("access", folder, case, "--to", tmp_path / "pack", "--passphrase-file", passphrase_file)
        assert (said.code, said.out) == (1, "")
        assert sentence in said.err
        assert not list(tmp_path.glob("pack*"))
