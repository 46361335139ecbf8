"""Signatures as `ssh-keygen -Y` makes and checks them: Ed25519 over a message, bound to a purpose (the namespace).

The format is OpenSSH's PROTOCOL.sshsig with one choice at every point, so a signature is never parsed: the only
acceptable bytes are rebuilt and compared.
"""

import base64
import hashlib
import re
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

BUNDLE = b"tac-bundle-v1"
CARD = b"tac-card-v1"
HEAD = b"tac-head-v1"
ROOT = b"tac-root-v1"
ROSTER = b"tac-roster-v1"
ORIGIN = b"tac-session-v1"
RENEWAL = b"tac-renewal-v1"
AUDIT = b"tac-audit-v1"
AUDIT_EXPORT = b"tac-audit-export-v1"

_KEY_TYPE = b"ssh-ed25519"
_ARMOUR = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\n((?:[A-Za-z0-9+/=]{1,70}\n){1,8})-----END SSH SIGNATURE-----\n", re.ASCII
)


class SignatureRefused(ValueError):
    """A signature that is malformed, made for another purpose, by another key or over another message."""


def renewal_text(old: str, new: str) -> bytes:
    """Return what a vault's signing key signs last: that another one takes its place (both as base64url)."""
    return f"{old}\n{new}\n".encode()


def public_key(seed: bytes) -> bytes:
    """Return the Ed25519 public key (32 bytes) of a private one (32 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def wire_key(key: bytes) -> bytes:
    """Return an Ed25519 public key (32 bytes) as SSH writes it on the wire; its SHA-256 names the device."""
    return _text(_KEY_TYPE) + _text(key)


def signed_bytes(message: bytes, namespace: bytes) -> bytes:
    """Return what is really signed: the purpose and the message's hash."""
    return b"SSHSIG" + _text(namespace) + _text(b"") + _text(b"sha512") + _text(hashlib.sha512(message).digest())


def sign(seed: bytes, message: bytes, namespace: bytes) -> bytes:
    """Return the bare signature (64 bytes) of `message` by the Ed25519 key of this seed (32 bytes)."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(signed_bytes(message, namespace))


def verify(key: bytes, signature: bytes, message: bytes, namespace: bytes) -> None:
    """Accept a bare signature.

    Raises:
        SignatureRefused: It is not the signature of `message` by `key` for this purpose.
    """
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed_bytes(message, namespace))
    except (InvalidSignature, ValueError) as refused:
        message_to_us = "the signature does not fit"
        raise SignatureRefused(message_to_us) from refused


def armoured(key: bytes, signature: bytes, namespace: bytes) -> bytes:
    """Return a bare signature as the text file that `ssh-keygen -Y verify` reads."""
    text = base64.b64encode(_blob(key, signature, namespace)).decode()
    lines = "".join(text[start : start + 70] + "\n" for start in range(0, len(text), 70))
    return f"-----BEGIN SSH SIGNATURE-----\n{lines}-----END SSH SIGNATURE-----\n".encode()


def read_armoured(text: bytes, namespace: bytes) -> tuple[bytes, bytes]:
    """Return the public key (32 bytes) and the bare signature (64 bytes) of a signature file.

    Raises:
        SignatureRefused: It is not exactly the text that `armoured` makes for this namespace.
    """
    found = _ARMOUR.fullmatch(text)
    try:
        blob = base64.b64decode(found[1].replace(b"\n", b"")) if found else b""
    except ValueError:  # a letter is missing
        blob = b""
    start = len(b"SSHSIG") + 4 + 4 + 4 + len(_KEY_TYPE) + 4
    key, signature = blob[start : start + 32], blob[-64:]
    if not found or len(key) != 32 or text != armoured(key, signature, namespace):
        message = "not a signature for this purpose"
        raise SignatureRefused(message)
    return key, signature


def fingerprint(device_id: bytes) -> str:
    """Return a device id (32 bytes) as `ssh-keygen -l` shows it."""
    return "SHA256:" + base64.b64encode(device_id).rstrip(b"=").decode()


def _blob(key: bytes, signature: bytes, namespace: bytes) -> bytes:
    version = struct.pack(">I", 1)
    signed = _text(_KEY_TYPE) + _text(signature)
    return b"SSHSIG" + version + _text(wire_key(key)) + _text(namespace) + _text(b"") + _text(b"sha512") + _text(signed)


def _text(raw: bytes) -> bytes:
    return struct.pack(">I", len(raw)) + raw
