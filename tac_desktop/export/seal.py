"""A person's seal: her signature under a text that says what she stands behind. The text is docs/formats/seal.md's."""

from tac_desktop.export import sshsig

SEAL = b"tac-seal-v1"


def make_seal(seed: bytes, text: str) -> str:
    """Return the signature under a text, as `ssh-keygen -Y` writes it.

    Args:
        seed: The person's own Ed25519 private key (32 bytes).
        text: What is sealed.
    """
    key = sshsig.public_key(seed)
    return sshsig.armoured(key, sshsig.sign(seed, text.encode(), SEAL), SEAL).decode()


def check_seal(text: str, signature: str) -> bytes:
    """Return the public key (32 bytes) by which a text is sealed; whose it is, cards and roster tell.

    Raises:
        SignatureRefused: this is not the seal of anybody under this text.
    """
    key, bare = sshsig.read_armoured(signature.encode(), SEAL)
    sshsig.verify(key, bare, text.encode(), SEAL)
    return key
