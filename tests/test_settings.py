"""The settings: kept whole, read with tolerance."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop import settings
from tac_desktop.settings import Settings

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)
NAMES = st.sampled_from([field.name for field in dataclasses.fields(Settings)])


def test_a_computer_without_settings_has_the_defaults(tmp_path: Path):
    assert settings.load(tmp_path / "none.json") == Settings((), 100, 10, high_contrast=False)


@given(
    st.builds(
        Settings,
        recent_vaults=st.lists(st.text(max_size=20), max_size=settings.RECENT_VAULTS).map(tuple),
        text_scale=st.sampled_from(settings.TEXT_SCALES),
        idle_lock_minutes=st.sampled_from(settings.IDLE_MINUTES),
        high_contrast=st.booleans(),
        inbox_folder=st.text(max_size=20),
    )
)
def test_what_is_saved_is_loaded_again(tmp_path_factory: pytest.TempPathFactory, chosen: Settings):
    file = tmp_path_factory.getbasetemp() / "round" / "settings.json"
    settings.save(chosen, file)
    assert settings.load(file) == chosen


@given(st.dictionaries(NAMES, ANY_JSON) | ANY_JSON)
def test_whatever_the_file_holds_the_window_gets_settings_it_can_use(
    tmp_path_factory: pytest.TempPathFactory, found: object
):
    file = tmp_path_factory.getbasetemp() / "strange.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    loaded = settings.load(file)
    assert loaded.text_scale in settings.TEXT_SCALES
    assert loaded.idle_lock_minutes in settings.IDLE_MINUTES
    assert isinstance(loaded.high_contrast, bool)
    assert isinstance(loaded.inbox_folder, str)
    assert all(isinstance(folder, str) for folder in loaded.recent_vaults)


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_a_damaged_file_counts_as_none(tmp_path: Path, damage: bytes):
    file = tmp_path / "settings.json"
    file.write_bytes(damage)
    assert settings.load(file) == Settings()


def test_a_later_release_may_have_left_settings_we_do_not_know(tmp_path: Path):
    file = tmp_path / "settings.json"
    file.write_text('{"text_scale": 150, "colour_of_the_moon": "silver"}', encoding="utf-8")
    assert settings.load(file) == Settings(text_scale=150)


def test_a_save_that_fails_leaves_the_former_settings(tmp_path: Path):
    file = tmp_path / "settings.json"
    settings.save(Settings(text_scale=130), file)
    unwritable = Settings(recent_vaults=("\ud800",))  # half a character cannot be written as UTF-8
    with pytest.raises(UnicodeEncodeError):
        settings.save(unwritable, file)
    assert settings.load(file) == Settings(text_scale=130)
    assert [left.name for left in tmp_path.iterdir()] == ["settings.json"]


def test_the_vault_opened_last_stands_first_and_only_once():
    chosen = Settings()
    for name in ["a", "b", "c", "a"]:
        chosen = chosen.after_opening(Path(name))
    assert chosen.recent_vaults == ("a", "c", "b")


def test_only_a_handful_of_vaults_is_remembered():
    chosen = Settings()
    for number in range(20):
        chosen = chosen.after_opening(Path(str(number)))
    assert len(chosen.recent_vaults) == settings.RECENT_VAULTS
