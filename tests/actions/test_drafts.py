import pytest

from tac_desktop.actions import drafts as verbs
from tests.new_vaults import open_vault

AT = "2026-03-12T14:05"
PASSPHRASE = "four quiet copper kettles"
TYPED = {"own_words": {"typed": ["Tŷ Ŵyn 👩 "]}, "date": {"state": ":not_known", "reason": "lost"}}


@pytest.fixture
def vault(tmp_path):
    made = open_vault(tmp_path / "v", name="Sage Beacon", role="worker", prison="EP", passphrase=PASSPHRASE)
    yield made
    made.close()


@pytest.fixture
def drafts(vault):
    made = verbs.drafts_of(vault)
    yield made
    made.close()


def keep(drafts, vault, record_id="new:case-1", case_file="case-1", form="triage", typed=TYPED):
    verbs.keep_draft(drafts, vault.person, case_file=case_file, form=form, record_id=record_id, typed=typed, at=AT)


def test_a_draft_comes_back_to_the_letter(drafts, vault):
    keep(drafts, vault)
    kept = verbs.kept_draft(drafts, vault.person, "triage", "new:case-1")
    assert kept.typed == TYPED
    assert kept.at == AT


def test_drafts_of_new_records_in_two_case_files_do_not_meet(drafts, vault):
    keep(drafts, vault)
    keep(drafts, vault, verbs.new_record("case-2"), "case-2", typed={})
    assert verbs.kept_draft(drafts, vault.person, "triage", verbs.new_record("case-1")).typed == TYPED
    assert verbs.is_new(verbs.new_record("case-1"))
    assert not verbs.is_new("0198a0b0-0000-7000-8000-000000000001")


def test_a_forgotten_draft_is_gone_and_the_others_stay(drafts, vault):
    keep(drafts, vault)
    keep(drafts, vault, form="order")
    verbs.forget_draft(drafts, vault.person, "triage", "new:case-1")
    assert verbs.kept_draft(drafts, vault.person, "triage", "new:case-1") is None
    assert verbs.forms_with_drafts(drafts, vault.person, "case-1") == {"order"}


def test_a_draft_is_not_readable_in_the_vault_s_files(drafts, vault):
    keep(drafts, vault, typed={"own_words": {"typed": ["A very telling sentence"]}})
    for file in vault.folder.iterdir():
        assert not file.is_file() or b"telling" not in file.read_bytes()


def test_damaged_drafts_are_put_aside_and_work_goes_on(vault):
    (vault.folder / "drafts.db").write_bytes(b"\x00" * 8192)
    drafts = verbs.drafts_of(vault)
    keep(drafts, vault)
    assert verbs.kept_draft(drafts, vault.person, "triage", "new:case-1") is not None
    drafts.close()
    assert (vault.folder / "drafts-damaged.db").exists()
