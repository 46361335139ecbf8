"""What a sender may tell: whose histories, signed by whom, up to where, and which operations in them.

Everything here comes from a manifest whose signature was accepted. A history is believed only with the signature of
the device that wrote it; of a member who was withdrawn it counts up to the place that the roster names, no further.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from tac_desktop.casework.journal import Operation, b64, incarnation_id
from tac_desktop.casework.service import DEFAULT_MAY, Right, successor
from tac_desktop.errors import BundleMalformed, SenderNotAllowed, SenderUnknown
from tac_desktop.export import sshsig
from tac_desktop.export.bundle.manifest import Head, Manifest, Origin, raw
from tac_desktop.export.bundle.rows import START, History, Position
from tac_desktop.export.card import Trusted, followers, is_sound
from tac_desktop.export.identity import device_id

_RIGHT: Mapping[Operation, Right] = {"grant": "transfer", "seal": "seal", "redact": "redact"}
"""The right that an operation needs; all others need that of writing records."""


@dataclass(frozen=True)
class Incarnation:
    """Whose an incarnation is."""

    id: bytes
    """16 bytes."""
    key: bytes
    """The device's Ed25519 public key (32 bytes)."""
    nonce: bytes
    """The 16 random bytes of which, with the device id, the incarnation's id is made."""
    parent: bytes = b""
    """The incarnation that it follows (16 bytes), empty for a vault's first."""
    signature: bytes = b""
    """The device's signature (64 bytes) of incarnation and parent; a writer makes it for the sender's own."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A part of the history of one stream by one incarnation."""

    incarnation: bytes
    stream: str
    after: Position = START
    end: Position
    signature: bytes = b""
    """The signature of the end (64 bytes) by the incarnation's device. Empty: a writer makes it for the sender's own;
    another history has none where the roster cut it off."""

    @property
    def rows(self) -> int:
        """How many entries it has."""
        return self.end.sseq - self.after.sseq

    @property
    def history(self) -> tuple[bytes, str]:
        """The history of which it is a part."""
        return self.incarnation, self.stream


def head_text(incarnation: str, stream: str, sseq: int, chain: str) -> bytes:
    """Return what an incarnation's device signs about how far one of its histories goes."""
    return f"{incarnation}\n{stream}\n{sseq}\n{chain}\n".encode()


def origin_text(incarnation: str, parent: str) -> bytes:
    """Return what a device signs about an incarnation of its own, and the one that it follows ('' if none)."""
    return f"{incarnation}\n{parent}\n".encode()


class Vouching:
    """The histories of a bundle as far as they are believed: who wrote them, and what of them counts."""

    def __init__(
        self,
        manifest: Manifest,
        signer: Trusted,
        trusted: Mapping[bytes, Trusted],
        without: Collection[History] = (),
    ) -> None:
        """Accept the origins and heads of an authenticated manifest; nothing counts of the histories in `without`.

        Raises:
            BundleMalformed: A signature does not fit, or an incarnation is claimed by another device.
            SenderUnknown: Entries of a vault that is not known here, and the signer cannot vouch for it.
        """
        self._signer, self._trusted = signer, trusted
        self._followers = followers(trusted)
        self.incarnations = tuple(self._accepted_origin(origin) for origin in manifest.origins)
        self._devices = {one.id: device_id(one.key) for one in self.incarnations}
        self.told = tuple(self._accepted_heads(manifest))
        self.cuts = dict(self._cuts())
        counting = (stretch for stretch in self.told if stretch.history not in without)
        self.taken = tuple(part for stretch in counting if (part := self._taken(stretch)).rows > 0)

    @property
    def left_out(self) -> int:
        """How many entries do not count, because their writer was withdrawn before."""
        return sum(stretch.rows for stretch in self.told) - sum(stretch.rows for stretch in self.taken)

    def allow(self, incarnation: bytes, op: Operation) -> None:
        """Accept an operation; SenderNotAllowed if who wrote it may not sign such a thing.

        What somebody else wrote may also be passed on by a signer who has that right: it was taken in there while its
        writer still had it. Else nothing of a case file could ever be sent on in which somebody wrote whose role
        has changed.
        """
        right, device = _RIGHT.get(op, "sync"), self._devices[incarnation]
        writer = self._trusted.get(device)
        if writer is None:
            allowed = right in DEFAULT_MAY["worker"]
        else:
            signer = self._signer
            allowed = writer.allows(right) or (device != signer.card.device_id and signer.allows(right))
        if not allowed:
            raise SenderNotAllowed

    def _accepted_origin(self, origin: Origin) -> Incarnation:
        """Accept whose an incarnation is: of a trusted vault, or of one for which the signer may vouch."""
        one = Incarnation(
            raw(origin.incarnation), raw(origin.key), raw(origin.nonce), raw(origin.parent or ""),
            raw(origin.signature),
        )  # fmt: skip
        device = device_id(one.key)
        if incarnation_id(device, one.nonce) != one.id or one.parent == one.id or not is_sound(one.key):
            raise BundleMalformed
        if device not in self._trusted and not self._signer.allows("forward"):
            raise SenderUnknown(sshsig.fingerprint(device))
        text = origin_text(origin.incarnation, origin.parent or "")
        _accept(one.key, one.signature, text, sshsig.ORIGIN)
        return one

    def _accepted_heads(self, manifest: Manifest) -> Iterator[Stretch]:
        keys = {b64(one.id): one.key for one in self.incarnations}
        needs = {(n.incarnation, n.stream): Position(n.sseq, raw(n.chain)) for n in manifest.needs}
        for head in manifest.heads:
            signature = raw(head.signature or "")
            stretch = Stretch(
                incarnation=raw(head.incarnation), stream=head.stream, signature=signature,
                after=needs.get((head.incarnation, head.stream), START), end=Position(head.sseq, raw(head.chain)),
            )  # fmt: skip
            if signature:
                _accept(keys[head.incarnation], signature, _text(head), sshsig.HEAD)
            elif self._place_of(stretch) != stretch.end:
                raise BundleMalformed
            yield stretch

    def _cuts(self) -> Iterator[tuple[tuple[bytes, str], Position]]:
        """Yield where histories of withdrawn members end, as far as this bundle tells of them."""
        for stretch in self.told:
            cut = self._place_of(stretch)
            if cut and not self._is_gone_on_with(self._devices[stretch.incarnation]):
                yield stretch.history, cut

    def _is_gone_on_with(self, device: bytes) -> bool:
        """Say whether the signer may tell more of a vault whose keys were renewed than the roster does.

        The vault itself may, under its new keys, and who may vouch for others. A bundle that the old key signed, which
        somebody may have kept, brings nothing beyond the place in the roster; so what lies beyond came from the vault.
        """
        now = self._trusted.get(successor(device, self._followers))
        writer, signer = self._trusted.get(device), self._signer
        if writer is None or writer.status != "left" or now is None or now.status != "active" or now is writer:
            return False
        return signer.status == "active" and (signer.card.device_id == now.card.device_id or signer.allows("forward"))

    def _place_of(self, stretch: Stretch) -> Position | None:
        """Return the last place that counts in the history of a withdrawn member; None if all of it counts.

        A key that was lost or stolen can sign a history that was never written. So one that does not reach the place
        that the roster names, by which it is known, counts for nothing.
        """
        writer = self._trusted.get(self._devices[stretch.incarnation])
        if writer is None or writer.status == "active" or (writer.status == "left" and writer.cut_off is None):
            return None
        place = (writer.cut_off or {}).get(stretch.history)
        if place is None or (writer.status != "left" and stretch.end.sseq < place.sseq):
            return START
        return Position(place.sseq, place.chain)

    def _taken(self, stretch: Stretch) -> Stretch:
        cut = self.cuts.get(stretch.history)
        if cut is None or cut.sseq >= stretch.end.sseq:
            return stretch
        return replace(stretch, end=cut, signature=b"")


def _text(head: Head) -> bytes:
    return head_text(head.incarnation, head.stream, head.sseq, head.chain)


def _accept(key: bytes, signature: bytes, text: bytes, namespace: bytes) -> None:
    try:
        sshsig.verify(key, signature, text, namespace)
    except sshsig.SignatureRefused as refused:
        raise BundleMalformed from refused
