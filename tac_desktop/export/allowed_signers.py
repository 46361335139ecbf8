"""The members of a service as a file for `ssh-keygen -Y verify`: who may sign bundles, seals, rosters and roots."""

import base64
from collections.abc import Iterator

from tac_desktop.casework.service import Member
from tac_desktop.export import sshsig
from tac_desktop.export.roster import ServiceFile
from tac_desktop.export.seal import SEAL

_OF_A_VAULT = (sshsig.BUNDLE, sshsig.HEAD, sshsig.ORIGIN, sshsig.CARD)


def allowed_signers(file: ServiceFile) -> bytes:
    """Return the file: one line for each key, of a member only while she is active or has merely left."""
    return "".join(f"{line}\n" for line in _lines(file)).encode()


def _lines(file: ServiceFile) -> Iterator[str]:
    yield f"# {file.name}: roster, version {file.roster.version} of {file.roster.issued}"
    for number, key in enumerate(file.root.root_keys, start=1):
        yield _line(f"root-{number}", (sshsig.ROOT,), key)
    for key in file.root.roster_keys:
        yield _line("roster", (sshsig.ROSTER,), key)
    for member in file.roster.members:
        if member.status in ("active", "left"):
            yield from _lines_of(member)


def _lines_of(member: Member) -> Iterator[str]:
    yield _line(principal(member.name), _OF_A_VAULT, member.signing_key)
    yield _line(principal(member.name), (SEAL, sshsig.CARD), member.seal_key)


def principal(name: str) -> str:
    """Return a name as `ssh-keygen -I` takes it: 'Puce Anchor' is Puce_Anchor."""
    return "".join(letter if letter.isalnum() or letter in "-." else "_" for letter in name)


def _line(who: str, namespaces: tuple[bytes, ...], key: bytes) -> str:
    wire = base64.b64encode(sshsig.wire_key(key)).decode()
    return f'{who} namespaces="{",".join(name.decode() for name in namespaces)}" ssh-ed25519 {wire}'
