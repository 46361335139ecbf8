"""`tac-desktop retention` and `dispose` as a person at the terminal and a script use them."""

import pypdfium2
import pytest

from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import NOW
from tests.commands.conftest import PASSPHRASE


@pytest.fixture
def call(make_vault, command, passphrase_file):
    """Run a command on a manager's vault with two cases, one of them closed long ago."""
    folder = make_vault("boss", "manager")
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    store = Store(vault)
    for number, name in ((1, "Puce Anchor"), (2, "Teal Box")):
        mother = {"reference": f"Z-00{number}", "name": name, "prison": "EP"}
        save_answers(store, vault.person, forms.ALL["mother"], answers=mother, now=NOW)
    worked = {"opened": "2014-01-05", "closed": "2015-03-02"}
    save_answers(store, vault.person, forms.ALL["episode"], answers=worked, now=NOW, case_file=case_file_id("Z-001"))
    store.close()
    vault.close()

    def run(name, *words):
        return command(name, folder, *words, "--passphrase-file", passphrase_file)

    return run


def test_the_list_tells_what_is_due_and_what_is_missing(call):
    assert [row["state_code"] for row in call("retention", "--json").json["cases"]] == ["without_class"] * 2
    said = call("retention", "--case", "Z-001", "--class", "advice", "--json").json["cases"]
    assert [(row["case"], row["due"], row["state_code"]) for row in said] == [("Z-001", "2021-03-02", "due")]
    assert "Z-001  Puce Anchor  advice  2021-03-02  Due" in call("retention", "--due").out
    refused = call("retention", "--case", "Z-001", "--class", "advice", "--hold")
    assert (refused.code, refused.out) == (1, "")
    assert "Nothing was changed" in refused.err
    assert call("retention", "--case", "Z-001").code == 2


def test_a_case_file_goes_by_its_reference_typed_once_more(call, tmp_path):
    basis, file = ("--basis", "Retention schedule"), tmp_path / "certificate.pdf"
    assert "no retention class" in call("dispose", "Z-001", *basis, "--confirm", "Z-001").err
    call("retention", "--case", "Z-001", "--class", "advice")
    planned = call("dispose", "Z-001", "--plan", "--json").json
    assert (planned["entries"], planned["obstacle"]) == (3, "")
    for more in ((), ("--confirm", "Z-002")):
        refused = call("dispose", "Z-001", *basis, *more, "--certificate", file)
        assert refused.code == 1
        assert "nothing was changed" in refused.err
        assert not file.exists()
    gone = call("dispose", "Z-001", *basis, "--confirm", "Z-001", "--certificate", file, "--remove-backups", "--json")
    assert (gone.json["entries"], gone.json["finished"], gone.json["drafts"]) == (3, True, 0)
    with pypdfium2.PdfDocument(file) as paper:
        assert "Z-001" in paper[0].get_textpage().get_text_bounded()
    assert [row["case"] for row in call("retention", "--json").json["cases"]] == ["Z-002"]
    assert call("dispose", "--finish", "--json").json == {"finished": False}
    assert "nothing to dispose of" in call("dispose", "Z-001", *basis, "--confirm", "Z-001").err
