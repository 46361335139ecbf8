"""What lies under our formats gives what the standards publish, in the library version that is pinned."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VECTORS = json.loads((Path(__file__).parents[1] / "reference" / "rfc" / "vectors.json").read_text("utf-8"))


def raw(vector: dict[str, Any], *names: str) -> list[bytes]:
    return [bytes.fromhex(vector[name]) for name in names]


def test_there_are_vectors_of_each_kind():
    assert {kind: len(vectors) for kind, vectors in VECTORS.items()} == {
        "ed25519": 64, "x25519": 2, "hkdf_sha256": 3, "argon2id": 5, "chacha20_poly1305": 1
    }  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS["ed25519"], ids=lambda v: v["public"][:8])
def test_ed25519_signs_and_checks_as_published(vector):
    seed, public, message, signature = raw(vector, "seed", "public", "message", "signature")
    assert Ed25519PrivateKey.from_private_bytes(seed).sign(message) == signature
    Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message + b"\0")


@pytest.mark.parametrize("vector", VECTORS["x25519"], ids=lambda v: v["point"][:8])
def test_x25519_agrees_as_published(vector):
    scalar, point, shared = raw(vector, "scalar", "point", "shared")
    assert X25519PrivateKey.from_private_bytes(scalar).exchange(X25519PublicKey.from_public_bytes(point)) == shared


@pytest.mark.parametrize("vector", VECTORS["hkdf_sha256"], ids=lambda v: v["made"][:8])
def test_hkdf_derives_as_published(vector):
    key, salt, info, made = raw(vector, "key", "salt", "info", "made")
    assert HKDF(algorithm=SHA256(), length=vector["length"], salt=salt, info=info).derive(key) == made


@pytest.mark.parametrize("vector", VECTORS["argon2id"], ids=lambda v: v["made"][:8])
def test_argon2id_derives_as_published(vector):
    password, salt, secret, ad, made = raw(vector, "password", "salt", "secret", "ad", "made")
    argon2 = Argon2id(
        salt=salt, length=vector["length"], iterations=vector["iterations"], lanes=vector["lanes"],
        memory_cost=vector["memory_kib"], secret=secret or None, ad=ad or None,
    )  # fmt: skip
    assert argon2.derive(password) == made


@pytest.mark.parametrize("vector", VECTORS["chacha20_poly1305"], ids=lambda v: v["nonce"])
def test_chacha20_poly1305_seals_and_opens_as_published(vector):
    key, nonce, ad, plain, sealed = raw(vector, "key", "nonce", "ad", "plain", "sealed")
    assert ChaCha20Poly1305(key).encrypt(nonce, plain, ad) == sealed
    assert ChaCha20Poly1305(key).decrypt(nonce, sealed, ad) == plain
