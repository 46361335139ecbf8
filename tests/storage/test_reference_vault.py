"""A vault of each version lies in tests/reference; they open for ever, by this program and by their format alone."""

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
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tac_desktop.errors import WrongPassphrase
from tac_desktop.storage import Store, open_vault, slots
from tac_desktop.storage.unlocking import open_by_organisation
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
        assert not [finding for step in store.upkeep.check() for finding in step.findings]
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


# --- version 2: two people, one who has left, the recovery code and the organisation's key, after a new data key ---

VAULT_2 = VAULT.with_name("vault-2")
SECRETS_2 = json.loads((VAULT_2 / "secrets.json").read_text())


@pytest.fixture
def second(tmp_path):
    """Copy the vault of version 2."""
    return Path(shutil.copytree(VAULT_2, tmp_path / "vault-2"))


def shows_its_record(vault):
    store = Store(vault)
    try:
        assert store.record(MOTHER).answers["name"] == SECRETS_2["name"]
        assert not [finding for step in store.upkeep.check() for finding in step.findings]
        assert [bool(person.left) for person in vault.people()] == [False, True, False]
    finally:
        store.close()
        vault.close()


@pytest.mark.parametrize("secret", ["passphrase", "recovery_code", "colleague_passphrase"])
def test_a_vault_of_version_2_opens_and_shows_its_record(second, secret):
    number = ["passphrase", "recovery_code", "colleague_passphrase"].index(secret)
    shows_its_record(open_vault(second, slots(second)[number].id, SECRETS_2[secret]))
    opened = [slot.known for slot in slots(second)]  # it knows the present key from now on
    assert opened == [2 if place == number else 1 for place in range(3)] + [0]
    shows_its_record(open_vault(second, slots(second)[number].id, SECRETS_2[secret]))


def test_the_organisation_opens_a_vault_of_version_2(second):
    shows_its_record(open_by_organisation(second, SECRETS_2["organisation"]))


def data_key_2(keys, slot):
    """Return the data key by a slot of version 2, as docs/formats/key-slots.md tells."""
    if slot["kind"] == "organisation":
        private, link = PRIVATE, b""
    else:
        secret = SECRETS_2["recovery_code" if slot["kind"] == "recovery" else WHOSE[slot["label"]]]
        costs = slot["kdf"]
        kek = Argon2id(
            salt=b64decode(slot["salt"]), length=32, iterations=costs["iterations"], lanes=costs["lanes"],
            memory_cost=costs["memory_kib"],
        ).derive(unicodedata.normalize("NFC", secret).encode())  # fmt: skip
        bound = {name: slot[name] for name in ("id", "kdf", "kind", "known", "person", "public")}
        inner = AESGCM(kek).decrypt(
            b64decode(slot["nonce"]), b64decode(slot["wrapped"]), canonical(bound | {"vault": keys["vault"]})
        )
        private, link = inner[:32], inner[32:]
    own = X25519PrivateKey.from_private_bytes(private)
    assert own.public_key().public_bytes_raw() == b64decode(slot["public"])
    sealed = b64decode(slot["sealed"])
    shared = own.exchange(X25519PublicKey.from_public_bytes(sealed[:32])) + link
    key = HKDF(SHA256(), 32, sealed[:32] + b64decode(slot["public"]), b"tac/keys-seal2").derive(shared)
    bound = {"data_key": keys["data_key"], "slot": slot["id"], "vault": keys["vault"]}
    return AESGCM(key).decrypt(bytes(12), sealed[32:], canonical(bound))


PRIVATE = bytes(range(1, 33))
WHOSE = {"AT": "passphrase", "OL 2": "colleague_passphrase"}


def test_every_slot_of_version_2_gives_the_same_key_by_its_format_alone(second):
    keys = json.loads((VAULT_2 / "keys.json").read_bytes())
    (found,) = {data_key_2(keys, slot) for slot in keys["slots"]}
    told = b64decode(keys.pop("mac"))
    assert hmac.digest(derived(found, b"tac/keys-mac1"), canonical(keys), hashlib.sha256) == told
    connection = sqlcipher3.connect(str(second / "data.db"))
    connection.execute(f"PRAGMA key = \"x'{found.hex()}'\"")
    links = connection.execute("SELECT number, length(link) FROM key_link").fetchall()
    (drafts_key,) = connection.execute("SELECT value FROM meta WHERE name = 'drafts_key'").fetchone()
    left = connection.execute("SELECT left_on FROM person ORDER BY place").fetchall()
    connection.close()
    assert (links, left) == ([(1, 32)], [("",), ("2026-11-21",), ("",)])
    drafts = sqlcipher3.connect(str(second / "drafts.db"))
    drafts.execute(f"PRAGMA key = \"x'{drafts_key.hex()}'\"")
    assert drafts.execute("SELECT count(*) FROM draft").fetchone() == (0,)
    drafts.close()
