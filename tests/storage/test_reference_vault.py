"""A vault of version 1 lies in tests/reference/vault; it opens for ever, by this program and by its format alone."""

import hashlib
import hmac
import json
import shutil
import unicodedata
from base64 import b64decode
from pathlib import Path

import pytest
import sqlcipher3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tac_desktop.errors import WrongPassphrase
from tac_desktop.storage import Store, open_vault, slots
from tests.reference import make_bundles

VAULT = Path(__file__).resolve().parents[1] / "reference" / "vault"
SECRETS = json.loads((VAULT / "secrets.json").read_text())
MOTHER = make_bundles.case_file_id(SECRETS["reference"])
ANNA = make_bundles.parties()["anna"]


@pytest.fixture
def folder(tmp_path):
    """Copy the vault: opening one writes into it."""
    return Path(shutil.copytree(VAULT, tmp_path / "vault"))


# --- by this program ---


@pytest.mark.parametrize("kind", ["passphrase", "recovery"])
def test_a_vault_of_version_1_opens_and_shows_its_record(folder, kind):
    slot = next(slot for slot in slots(folder) if slot.kind == kind)
    secret = SECRETS["passphrase" if kind == "passphrase" else "recovery_code"]
    with pytest.raises(WrongPassphrase):
        open_vault(folder, slots(folder)[0].id, "another one")
    vault = open_vault(folder, slot.id, secret)
    store = Store(vault)
    try:
        assert store.record(MOTHER).answers["name"] == SECRETS["name"]
        assert not [finding for step in store.check() for finding in step.findings]
        assert vault.device_id == ANNA.identity.device_id
    finally:
        store.close()
        vault.close()


def test_the_seal_key_of_version_1_is_that_of_its_person(folder):
    typed = unicodedata.normalize("NFD", SECRETS["passphrase"])
    assert typed != SECRETS["passphrase"]
    vault = open_vault(folder, slots(folder)[0].id, typed)
    try:
        assert bytes(vault.seal_seed()).hex() == SECRETS["seal_seed"]
    finally:
        vault.close()


# --- as docs/formats/key-slots.md tells, without it ---


def canonical(value):
    """Return the one text of a JSON value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def derived(key, info):
    """Return 32 bytes by HKDF without salt."""
    return HKDF(SHA256(), 32, None, info).derive(key)


def wrapping_key(kind):
    """Return a slot and the key that its secret gives."""
    keys = json.loads((VAULT / "keys.json").read_bytes())
    slot = next(slot for slot in keys["slots"] if slot["kind"] == kind)
    secret = SECRETS["passphrase"] if kind == "passphrase" else SECRETS["recovery_code"]
    costs = slot["kdf"]
    kdf = Argon2id(
        salt=b64decode(slot["salt"]), length=32, iterations=costs["iterations"], lanes=costs["lanes"],
        memory_cost=costs["memory_kib"],
    )  # fmt: skip
    return keys, slot, kdf.derive(unicodedata.normalize("NFC", secret).encode())


def data_key(kind):
    """Return the data key by one of the slots, after checking the whole file under it."""
    keys, slot, kek = wrapping_key(kind)
    bound = {name: slot[name] for name in ("id", "kdf", "kind", "person")} | {"vault": keys["vault"]}
    found = AESGCM(kek).decrypt(b64decode(slot["nonce"]), b64decode(slot["wrapped"]), canonical(bound))
    told = b64decode(keys.pop("mac"))
    assert hmac.digest(derived(found, b"tac/keys-mac1"), canonical(keys), hashlib.sha256) == told
    return found


def database(folder):
    """Open data.db under the raw data key."""
    connection = sqlcipher3.connect(str(folder / "data.db"))
    connection.execute(f"PRAGMA key = \"x'{data_key('passphrase').hex()}'\"")
    return connection


def test_both_slots_give_the_same_key():
    assert data_key("passphrase") == data_key("recovery")


def test_the_database_can_be_read_by_its_format_alone(folder):
    connection = database(folder)
    assert connection.execute("PRAGMA application_id").fetchone() == (0x54614344,)
    rows = connection.execute(
        "SELECT cid, sem, salt, payload FROM journal JOIN content USING (j) JOIN entity USING (eid) WHERE form = ?",
        ("mother",),
    ).fetchall()
    ((cid, sem, salt, payload),) = rows
    assert hashlib.sha256(b"tac/c1" + sem.encode()).digest() == cid
    meaning = json.loads(sem)
    bound = hashlib.sha256(b"tac/p1" + salt + payload.encode()).digest()
    assert b64decode(meaning[10] + "=", altchars=b"-_") == bound
    assert dict(zip(meaning[5], json.loads(payload), strict=True)) == {
        "reference": SECRETS["reference"], "name": SECRETS["name"],
    }  # fmt: skip
    connection.close()


def test_the_seal_key_opens_by_its_format_alone_and_not_by_the_recovery_code(folder):
    connection = database(folder)
    person, public, wrapped = connection.execute("SELECT person, public, wrapped FROM seal_key").fetchone()
    identity, device = (
        connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()[0]
        for name in ("identity", "device_id")
    )
    connection.close()
    by_person, by_code = (derived(wrapping_key(kind)[2], b"tac/person1") for kind in ("passphrase", "recovery"))
    seed = AESGCM(by_person).decrypt(wrapped[:12], wrapped[12:], person.encode())
    assert seed.hex() == SECRETS["seal_seed"]
    assert Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() == public
    with pytest.raises(InvalidTag):
        AESGCM(by_code).decrypt(wrapped[:12], wrapped[12:], person.encode())
    assert json.loads(identity)["opening_key"] == ANNA.identity.opening_key
    assert device == ANNA.identity.device_id
