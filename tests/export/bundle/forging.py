"""Bundles as somebody builds them who holds keys and means harm, and files that lie in memory or on a bad stick."""

import hashlib
import io
import json
import time
from contextlib import suppress

from tac_desktop.casework.journal import b64, change_id, commitment, stream_chain
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import BundleDamaged
from tac_desktop.export import sshsig
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.age_container import Opening, Sealing
from tac_desktop.export.bundle.reader import BundleReader
from tac_desktop.export.bundle.rows import compressed

SEED = 20261121
CASE = case_file_id("Z0001ZZ/1")
R, S, H, G = "A" * 22, "0" * 8 + "-0000" * 3 + "-" + "0" * 12, "A" * 43, "A" * 86
"""An incarnation, a stream, a hash and a signature that mean nothing."""


def attempt(content, recipient, *trusted, within: float = 2.0) -> None:
    """Read a bundle (its bytes or its path) to its end, as an import does; whatever is raised costs little time."""
    path = Handed(content) if isinstance(content, bytes) else content
    started = time.process_time()
    try:
        with BundleReader(path, recipient.identity, recipient.trusts(*trusted)) as bundle:
            for _ in bundle.parts():
                pass
    finally:
        assert time.process_time() - started < within


class Handed:
    """A file that lies in memory: `open` is all that a reader asks of its path."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def open(self, mode: str) -> io.BytesIO:
        assert mode == "rb"
        return io.BytesIO(self._content)


class OnPulledStick(Handed):
    """A file on a stick that is pulled out after some bytes."""

    def __init__(self, content: bytes, after: int) -> None:
        super().__init__(content)
        self._after = after

    def open(self, mode: str) -> io.BytesIO:
        file, after = super().open(mode), self._after

        class Stick(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                if self.tell() >= after:
                    raise OSError(5, "gone")
                return super().read(size)

        return Stick(file.getvalue())


class Forge:
    """Builds bundles signed by one vault and sealed for another, with any part exchanged."""

    def __init__(self, sender, recipient, history, good: bytes) -> None:
        self.sender, self.recipient, self.history = sender, recipient, history
        with Opening(io.BytesIO(good), recipient.identity.opening_key) as opening:
            size = ustar.announced_size(opening.read(512), "manifest.json")
            self.manifest = json.loads(opening.read(size)) | {"files": [], "blobs": [], "heads": []}

    def build(
        self, manifest=None, files=(), *, signed=None, header=None, key=None, end=ustar.END, trust=b"{}", armour=None
    ) -> bytes:
        """Return a bundle: `manifest` changes members, `signed` replaces the bytes, `header` alters a tar header."""
        about = self.manifest | told(files) | {"trust": told_size(trust)} | (manifest or {})
        text = signed if signed is not None else json.dumps(about).encode()
        identity = key or self.sender.identity
        signature = sshsig.armoured(identity.signing_key, identity.sign(text, sshsig.BUNDLE), sshsig.BUNDLE)
        papers = [("manifest.json", text), ("manifest.json.sig", armour or signature), ("trust.json", trust)]
        return self.sealed([*papers, *((name, content) for name, content, _ in files)], header, end)

    def sealed(self, contents, header=None, end=ustar.END) -> bytes:
        """Return these files as an archive, sealed."""
        sealed = io.BytesIO()
        with Sealing(sealed, [self.recipient.identity.recipient]) as seal:
            for name, content in contents:
                block = ustar.header(name[:100].encode("ascii", "replace").decode(), len(content))
                seal.write(header(name, block) if header else block)
                seal.write(content + ustar.padding(len(content)))
            seal.write(end)
        return sealed.getvalue()

    def rows(self, plain: bytes, **changes) -> bytes:
        """Return a bundle with these rows, which would pass if there was nothing amiss in the first of them."""
        packed = compressed(plain)
        more = {"incarnation": b64(self.history.incarnation.id), "usize": len(plain)} | changes
        sem = [*plain.split(b"\n")[0].split(b"\t"), b"", b""][2]
        chain = stream_chain(b"", change_id(sem), 1)
        return self.build({"heads": [self.head(1, chain)]}, [("changes/000000.tsv.zstd", packed, more)])

    def head(self, sseq: int, chain: bytes | None = None) -> list:
        """Return a signed head of the history."""
        chain = self.history.chain(sseq) if chain is None else chain
        place = (b64(self.history.incarnation.id), self.history.stream, sseq, b64(chain))
        signature = self.sender.identity.sign("\n".join(map(str, (*place, ""))).encode(), sshsig.HEAD)
        return [*place, b64(signature)]


def told(files) -> dict:
    """Return how a manifest tells of files: each blob as an attachment of one piece."""
    told = [{"name": n, "size": len(c), "sha256": hashlib.sha256(c).hexdigest(), **more} for n, c, more in files]
    whole = [one for one in told if one["name"].startswith("blobs/")]
    blobs = [{"sha256": one["sha256"], "size": one["size"], "pieces": [one["sha256"]]} for one in whole]
    return {"files": told, "blobs": blobs}


def told_size(content: bytes) -> dict:
    """Return size and hash, as a manifest tells them."""
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def unsealed(bundle: bytes, recipient) -> bytes:
    """Return what is sealed in a bundle: its archive."""
    plain = bytearray()
    with Opening(io.BytesIO(bundle), recipient.identity.opening_key) as opening, suppress(BundleDamaged):
        while True:
            plain += opening.read(1)
    return bytes(plain)


def a_row(*, seq="1", sseq="1", sem=None, salt=b"s" * 16, payload=b'["x"]', bound=None, **other) -> bytes:
    """Return a row; what is not said is in order."""
    bound = bound or b64(commitment(salt, payload))
    said = {
        "version": 1, "form": "contact", "record": S, "stream": CASE, "op": "set", "fields": ["narrative"],
        "replaced": {}, "author": "p", "hlc": 5, "form_version": 1, "bound": bound, "known_on": "2026-11-21",
    }  # fmt: skip
    parts = [*(said | other).values()]
    sem = json.dumps(parts, separators=(",", ":")).encode() if sem is None else sem
    return b"%b\t%b\t%b\t%b\t%b\n" % (seq.encode(), sseq.encode(), sem, b64(salt).encode(), payload)
