import os
import platform
from datetime import UTC, datetime

import pytest

from tac_desktop.errors import CannotWrite, VaultInUse
from tac_desktop.storage.durable import write_durably
from tac_desktop.storage.folder_lock import LOCK_FILE, FolderLock


def refusal(folder, text: str = "") -> str:
    """Return what is told while somebody holds the lock, whose file says `text` ('': what it wrote itself)."""
    lock = FolderLock(folder)
    if text:
        (folder / LOCK_FILE).write_text(text, encoding="utf-8")
    try:
        with pytest.raises(VaultInUse) as told:
            FolderLock(folder)
        return str(told.value)
    finally:
        lock.release()


def test_who_finds_a_vault_open_reads_on_which_computer_and_since_when(tmp_path):
    told = refusal(tmp_path, "PC-14 (process 4711), since 2026-03-09T08:05:00+00:00")
    at = datetime(2026, 3, 9, 8, 5, tzinfo=UTC).astimezone()
    assert told.startswith("This vault is already open on PC-14 (process 4711). It was opened there on ")
    assert f"{at.day} March 2026" in told
    assert at.strftime("%H:%M") in told
    assert told.endswith("Nothing was changed. Close it or lock it there first.")


@pytest.mark.skipif(os.name == "nt", reason="there nobody makes links without being an administrator")
def test_nothing_is_written_through_a_link_that_somebody_put_into_the_folder(tmp_path):
    other, folder = tmp_path / "somebody's letter", tmp_path / "vault"
    folder.mkdir()
    for name in (LOCK_FILE, "attempts.json.part"):
        other.write_text("Dear all")
        (folder / name).symlink_to(other)
        if name == LOCK_FILE:
            with pytest.raises(CannotWrite):
                FolderLock(folder)
        else:
            write_durably(folder / "attempts.json", b"{}")
        assert other.read_text() == "Dear all"
    assert (folder / "attempts.json").read_bytes() == b"{}"
    assert not (folder / "attempts.json").is_symlink()


def test_on_the_same_computer_another_window_is_meant(tmp_path):
    told = refusal(tmp_path)
    assert "this computer, in another window (process " in told
    assert str(datetime.now().astimezone().year) in told


def test_the_lock_file_names_a_computer_and_a_time_and_nobody(tmp_path):
    lock = FolderLock(tmp_path)
    text = (tmp_path / LOCK_FILE).read_text(encoding="utf-8")
    lock.release()
    assert text.startswith(platform.node())
    assert len(text.removeprefix(platform.node()).split()) == 4
    assert (tmp_path / LOCK_FILE).read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    "text", ["nonsense", "PC (process x)", "PC\n(process 1)", "\x00" * 200, "PC (process 1), since 2026"]
)
def test_a_lock_file_that_says_anything_else_is_told_without_it(tmp_path, text):
    assert refusal(tmp_path, text) == VaultInUse.text


def test_a_vault_opened_by_an_older_program_is_told_without_its_time(tmp_path):
    assert refusal(tmp_path, "PC-14 (process 12)") == (
        "This vault is already open on PC-14 (process 12). Nothing was changed. Close it or lock it there first."
    )


def test_a_time_that_is_none_is_left_out(tmp_path):
    told = refusal(tmp_path, "PC-14 (process 12), since 9999-99-99T99:99:99+00:00")
    assert "opened there" not in told
