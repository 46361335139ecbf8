"""Makes the bundles of version 1 in tests/reference/bundles, which every later program must read for ever.

    python tests/reference/make_bundles.py

It makes only what is not there: what was released is never made again. The keys beside them belong to nobody, the
people are fictitious. What each bundle holds is told in bundles/README.md and checked by
tests/export/bundle/test_reference_bundles.py.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tac_desktop.casework import journal
from tac_desktop.casework.journal import Entry, Sem, b64
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.casework.sealing import Sealed, seal_text
from tac_desktop.casework.service import DEFAULT_MAY, Member, Place, Root
from tac_desktop.export import roster_signing, sshsig
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.age_container import Opening, Sealing
from tac_desktop.export.bundle.attachment_pieces import Attachment
from tac_desktop.export.bundle.manifest import PIECE
from tac_desktop.export.bundle.rows import START, Position
from tac_desktop.export.bundle.vouching import Incarnation, Stretch
from tac_desktop.export.bundle.writer import Parcel, Volume, write_bundle
from tac_desktop.export.card import Card
from tac_desktop.export.identity import Identity
from tac_desktop.export.seal import make_seal

FOLDER = Path(__file__).resolve().parent / "bundles"
DAY, WALL = "2026-11-21", "2026-11-21T20:15:03.000+00:00"
CLOCK = 1_780_000_000_000
SCAN = b"scan" * 1000
FIRST_PIECE, LAST_PIECE = bytes(PIECE), b"the end"
ASH, BIRCH = case_file_id("Z0001ZZ/1"), case_file_id("Z0002ZZ/1")


@dataclass(frozen=True)
class Party:
    """A person at a vault whose keys lie in keys.json."""

    identity: Identity
    card: Card
    seal_seed: bytes


@dataclass
class Writing:
    """What a vault wrote from one start of its program to the end: an incarnation and its entries."""

    party: Party
    nonce: bytes
    parent: bytes = b""
    entries: list[tuple[str, Entry]] = field(default_factory=list)

    @property
    def incarnation(self) -> Incarnation:
        """Whose it is, signed."""
        rid = journal.incarnation_id(self.party.identity.device_id, self.nonce)
        text = f"{b64(rid)}\n{b64(self.parent)}\n".encode()
        signature = self.party.identity.sign(text, sshsig.ORIGIN)
        return Incarnation(rid, self.party.identity.signing_key, self.nonce, self.parent, signature)

    def write(self, form: str, record: str, values: dict[str, object], **other: object) -> Entry:
        """Write an entry; `other` may say stream, op, supersedes (entries and fields), and version."""
        stream, seq = str(other.get("stream", ASH)), len(self.entries) + 1
        sseq = sum(place == stream for place, _ in self.entries) + 1
        salt, payload = hashlib.sha256(self.nonce + bytes([seq])).digest()[:16], journal.json_bytes([*values.values()])
        sem = Sem(
            form=form, record_id=record, stream=stream, op=other.get("op", "set"), fields=tuple(values),
            supersedes={b64(e.cid): names for e, names in other.get("supersedes", ())},
            author=self.party.card.person, hlc=(CLOCK + seq) << 16, version=other.get("version", 1),
            commitment=b64(journal.commitment(salt, payload)), known_on=DAY,
        )  # fmt: skip
        entry = Entry(self.incarnation.id, seq, sseq, journal.encode_sem(sem), salt, payload)
        self.entries.append((stream, entry))
        return entry

    def place(self, stream: str, sseq: int) -> Position:
        """Return where a history is after so many entries."""
        at = START
        for entry in (entry for where, entry in self.entries if where == stream and entry.sseq <= sseq):
            at = Position(entry.sseq, journal.stream_chain(at.chain, journal.change_id(entry.sem), entry.sseq))
        return at

    def stretch(self, stream: str, end: int, after: int = 0, *, signed: bool = True) -> Stretch:
        """Return a part of a history with its end signed, or not where the roster vouches for it."""
        at = self.place(stream, end)
        text = f"{b64(self.incarnation.id)}\n{stream}\n{at.sseq}\n{b64(at.chain)}\n".encode()
        signature = self.party.identity.sign(text, sshsig.HEAD) if signed else b""
        return Stretch(
            incarnation=self.incarnation.id, stream=stream, after=self.place(stream, after), end=at, signature=signature
        )


class Makers:
    """One method for each bundle: its name is the file's."""

    def __init__(self, parties: dict[str, Party]) -> None:
        """Take the parties; let everybody write."""
        self.anna, self.bea, self.clara = (parties[name] for name in ("anna", "bea", "clara"))
        self.escrow = parties["escrow"].identity.recipient
        self.monday = Writing(self.anna, b"anna, on monday.")
        self.tuesday = Writing(self.anna, b"anna, on tuesday", self.monday.incarnation.id)
        self.manager = Writing(self.bea, b"bea, one morning")
        self.lost = Writing(self.clara, b"clara, on monday")
        self._write_all()

    def _write_all(self) -> None:
        call = derived_id("contact", "a call")
        first = self.monday.write("contact", call, {"narrative": "Puce Anchor rang her sister.", "minutes": 5})
        self.monday.write("contact", call, {"minutes": 15}, supersedes=[(first, ("minutes",))])
        self.monday.write("contact", derived_id("contact", "b"), {"narrative": "Teal Basket was seen."}, stream=BIRCH)
        self.tuesday.write("contact", derived_id("contact", "every kind"), {
            "narrative": "é 女 😀 \t\n", "minutes": -3, "purpose/visit": True, "purpose/call": False, "place": None,
            "who": {"not_known": "asked on the wing"}, "mood": {"declined": True},
            "scan": {"blob": hashlib.sha256(SCAN).hexdigest()}, "_del": None,
        })  # fmt: skip
        self.tuesday.write("contact", derived_id("contact", "c"), {"narrative": "Teal Basket called."}, stream=BIRCH)
        self.manager.write("contact", call, {"minutes": 20}, supersedes=[(first, ("minutes",))])
        for number in (1, 2, 3):
            said = {"narrative": f"Note {number} of a vault that is lost."}
            self.lost.write("contact", derived_id("contact", f"ash {number}"), said)
            self.lost.write("contact", derived_id("contact", f"birch {number}"), said, stream=BIRCH)

    def plain(self) -> Parcel:
        """Two incarnations, two case files, every kind of answer, an attachment."""
        stretches = (
            self.monday.stretch(ASH, 2), self.monday.stretch(BIRCH, 1), self.tuesday.stretch(ASH, 1),
            self.tuesday.stretch(BIRCH, 1),
        )  # fmt: skip
        return self._parcel(
            1, self.anna, self.bea, stretches, attachments=(attachment(SCAN),), have=(), wall=WALL, hlc=CLOCK << 16
        )

    def pieces(self) -> Parcel:
        """The second volume of two: the entry, and the last piece of an attachment that has two."""
        return self._with_a_film(2, Volume(derived_id("set", "pieces"), 2, 2))

    def volume(self) -> Parcel:
        """The second volume of three: a part of a history that goes on after its first entry."""
        return self._parcel(
            3, self.anna, self.bea, (self.monday.stretch(ASH, 2, after=1),),
            volume=Volume(derived_id("set", "volumes"), 2, 3), received=(bundle_id(9),),
        )  # fmt: skip

    def forwarded(self) -> Parcel:
        """A manager passes on a worker's entries with her own, to another worker."""
        stretches = (self.monday.stretch(ASH, 2), self.tuesday.stretch(ASH, 1), self.manager.stretch(ASH, 1))
        return self._parcel(4, self.bea, self.clara, stretches)

    def transfer(self) -> Parcel:
        """A case file is handed over."""
        giving = Writing(self.anna, b"anna gives it on")
        given = {
            "device": b64(self.clara.card.device_id), "name": self.clara.card.name, "given_by": self.anna.card.name,
            "kind": "transfer", "from_day": DAY, "reason": "Moved to another prison.", "open_tasks": "Ring the school",
        }  # fmt: skip
        giving.write("handover", derived_id("handover", "a"), given, op="grant")
        stretches = (self.monday.stretch(ASH, 2), giving.stretch(ASH, 1))
        return self._parcel(5, self.anna, self.clara, stretches, more=(giving,), kind="transfer")

    def seal(self) -> Parcel:
        """A manager comments on a report and seals it."""
        sealing = Writing(self.bea, b"bea seals it now")
        report = derived_id("baseline", "a")
        entry = sealing.write("baseline", report, {"completed_on": DAY})
        card, at = self.bea.card, f"{DAY}T20:15:00+00:00"
        text = seal_text(Sealed(
            record=report, form="baseline", stream=ASH, entries=(b64(entry.cid),), person=card.person, name=card.name,
            role="manager", at=at,
        ))  # fmt: skip
        signature = make_seal(self.bea.seal_seed, text)
        said = {"record": report, "name": card.name, "at": at[:16], "text": text, "signature": signature}
        sealing.write("seal", derived_id("seal", "a"), said, op="seal")
        comment = {
            "record": report, "entry": b64(entry.cid), "author": card.person, "name": card.name, "role": "manager",
            "at": at[:16], "text": "Well done.",
        }  # fmt: skip
        sealing.write("comment", derived_id("comment", "a"), comment)
        return self._parcel(6, self.bea, self.anna, (sealing.stretch(ASH, 3),), more=(sealing,))

    def erased(self) -> Parcel:
        """An entry whose content was erased by law, and the decision."""
        erasing = Writing(self.bea, b"bea erases, law.")
        gone = erasing.write("contact", derived_id("contact", "gone"), {"narrative": "Words that are gone."})
        erasing.entries[0] = (ASH, replace(gone, salt=b"", payload=b""))
        decision = {"basis": "Retention period", f"cid/{b64(gone.cid)}": True}
        erasing.write("redaction", derived_id("redaction", "a"), decision, op="redact")
        return self._parcel(7, self.bea, self.anna, (erasing.stretch(ASH, 2),), more=(erasing,))

    def roster(self) -> Parcel:
        """In a service with an emergency key: one vault was lost, and its histories are cut off."""
        stretches = (
            self.manager.stretch(ASH, 1), self.lost.stretch(ASH, 2, signed=False), self.lost.stretch(BIRCH, 3)
        )  # fmt: skip
        service = self._service()
        return self._parcel(
            8, self.bea, self.anna, stretches, escrow=(self.escrow,), service=service.id, trust=service.to_bytes()
        )

    def receipt(self) -> Parcel:
        """A vault that was restored says what it holds, and what it received."""
        held = ((self.monday.incarnation.id, ASH, 1), (self.manager.incarnation.id, ASH, 1))
        return self._parcel(
            9, self.bea, self.anna, (), kind="receipt", have=held, received=(bundle_id(1), bundle_id(3))
        )

    def newer(self) -> Parcel:
        """What a later program wrote: an unknown form and field; `add_unknown_members` adds the rest."""
        later = Writing(self.anna, b"anna, much later")
        later.write("kinship_meeting", derived_id("meeting", "a"), {"held_on": DAY, "kin/aunt": True}, version=9)
        later.write("contact", derived_id("contact", "later"), {"smell": "Lavender", "minutes": 2**53}, version=7)
        return self._parcel(10, self.anna, self.bea, (later.stretch(ASH, 2),), more=(later,))

    def joined(self) -> Parcel:
        """Two records are one, and a third one was for a while."""
        joining = Writing(self.bea, b"bea joins, parts")
        one, other, third = sorted(derived_id("course", name) for name in ("a", "b", "c"))
        joining.write("course", one, {"title": "Baking", "sessions": 4})
        joining.write("course", other, {"title": "Baking", "sessions": 6})
        joining.write("course", third, {"title": "Reading"})
        said = {f"_same/{one}": True, f"_same/{third}": True}
        both = joining.write("course", other, said, op="merge")
        joining.write("course", other, {f"_same/{third}": False}, op="unmerge",
                      supersedes=[(both, (f"_same/{third}",))])  # fmt: skip
        return self._parcel(11, self.bea, self.anna, (joining.stretch(ASH, 5),), more=(joining,))

    def left(self) -> Parcel:
        """Who has left sends what she wrote: of one history it counts up to an entry, of the other nothing."""
        stretches, service = (self.lost.stretch(ASH, 3), self.lost.stretch(BIRCH, 3)), self._later_service()
        return self._parcel(
            12, self.clara, self.bea, stretches, escrow=(self.escrow,), service=service.id, trust=service.to_bytes()
        )

    def roster_alone(self) -> Parcel:
        """Nothing but a newer roster."""
        service = self._later_service()
        return self._parcel(
            13, self.bea, self.anna, (), kind="roster", escrow=(self.escrow,), service=service.id,
            trust=service.to_bytes(),
        )  # fmt: skip

    def deleted(self) -> Parcel:
        """One record is deleted; of another one something was told that whoever deleted it had not seen."""
        deleting = Writing(self.bea, b"bea deletes them")
        gone, stays = (derived_id("course", name) for name in ("gone", "stays"))
        for record in (gone, stays):
            seen = deleting.write("course", record, {"title": "Sewing"})
            said = {"_del": {"reason": "Entered twice.", "seen": [b64(seen.cid)]}}
            deleting.write("course", record, said, op="del")
        deleting.write("course", stays, {"sessions": 8})
        return self._parcel(14, self.bea, self.anna, (deleting.stretch(ASH, 5),), more=(deleting,))

    def taken_back(self) -> Parcel:
        """A decision between two values was taken back, so they contradict each other again."""
        deciding = Writing(self.bea, b"bea, undeciding.")
        record, name = derived_id("course", "decided"), "sessions"
        sides = [deciding.write("course", record, {name: number}) for number in (4, 6)]
        decision = deciding.write("course", record, {name: 6}, supersedes=[(side, (name,)) for side in sides])
        for side, number in zip(sides, (4, 6), strict=True):
            again = {name: number, f"_again/{b64(side.cid)}": True}
            deciding.write("course", record, again, supersedes=[(decision, (name,))])
        return self._parcel(15, self.bea, self.anna, (deciding.stretch(ASH, 5),), more=(deciding,))

    def _with_a_film(self, number: int, volume: Volume) -> Parcel:
        filming = Writing(self.anna, b"anna films a bit")
        film = attachment(FIRST_PIECE + LAST_PIECE)
        filming.write("contact", derived_id("contact", "film"), {"scan": {"blob": film.sha256}})
        stretches, here = (filming.stretch(ASH, 1),), replace(film, here=(1,))
        return self._parcel(number, self.anna, self.bea, stretches, more=(filming,), volume=volume, attachments=(here,))

    def _service(self) -> roster_signing.ServiceFile:
        roots = [hashlib.sha256(f"root {number}".encode()).digest() for number in (1, 2, 3)]
        keeper = hashlib.sha256(b"who keeps the roster").digest()
        root = Root(
            service="Grey Lighthouse", version=1, before=None, made=DAY, root_keys=tuple(map(sshsig.public_key, roots)),
            roster_keys=(sshsig.public_key(keeper),), escrow=(self.escrow,),
        )  # fmt: skip
        ends = [(ASH, self.lost.place(ASH, 2)), (BIRCH, self.lost.place(BIRCH, 2))]
        until = tuple(Place(self.lost.incarnation.id, stream, at.sseq, at.chain) for stream, at in ends)
        everybody = [member(self.anna), member(self.bea), member(self.clara)]
        lost = replace(everybody[2], status="lost", until=until)
        file = roster_signing.found(root, roots, everybody, keeper)
        return roster_signing.with_roster(file, [*everybody[:2], lost], keeper, DAY)

    def _later_service(self) -> roster_signing.ServiceFile:
        """Return the next roster: the vault was found, its owner has left."""
        keeper, end = hashlib.sha256(b"who keeps the roster").digest(), self.lost.place(ASH, 2)
        until = (Place(self.lost.incarnation.id, ASH, end.sseq, end.chain),)
        left = replace(member(self.clara), status="left", until=until)
        return roster_signing.with_roster(self._service(), [member(self.anna), member(self.bea), left], keeper, DAY)

    def _parcel(
        self, number: int, sender: Party, to: Party, stretches: Iterable[Stretch], *, more=(), **other: object
    ) -> Parcel:
        writings = {one.incarnation.id: one for one in (self.monday, self.tuesday, self.manager, self.lost, *more)}
        parts = {stretch.history: stretch for stretch in stretches}
        used = list(dict.fromkeys(rid for rid, _ in parts))

        def rows(rid: bytes) -> Iterator[Entry]:
            for stream, entry in writings[rid].entries:
                part = parts.get((rid, stream))
                if part and part.after.sseq < entry.sseq <= part.end.sseq:
                    yield entry

        return Parcel(**{
            "id": bundle_id(number), "person": sender.card.person, "app": "1.0",
            "incarnation": used[-1] if used else b"",
            "recipients": ((to.card, number),), "hlc": (CLOCK + number) << 16, "wall": WALL,
            "incarnations": tuple(writings[rid].incarnation for rid in used), "stretches": tuple(parts.values()),
            "rows": rows,
        } | other)  # fmt: skip


def bundle_id(number: int) -> str:
    """Return the id of a bundle."""
    return derived_id("bundle", f"{number}")


def attachment(content: bytes) -> Attachment:
    """Return an attachment with this content."""
    return Attachment(
        sha256=hashlib.sha256(content).hexdigest(), size=len(content),
        chunks=lambda number: [content[number * PIECE : (number + 1) * PIECE]],
    )  # fmt: skip


def member(party: Party) -> Member:
    """Return how the roster names somebody."""
    card = party.card
    return Member(
        name=card.name, role=card.role, sites=(card.prison,) if card.prison else (), signing_key=card.signing_key,
        recipient=card.recipient, person=card.person, seal_key=card.seal_key, may=DEFAULT_MAY[card.role], since=DAY,
    )  # fmt: skip


def add_unknown_members(path: Path, sender: Party, recipient: Party) -> None:
    """Put members of a later version wherever a member may stand, and sign and seal the bundle anew."""
    with path.open("rb") as file, Opening(file, recipient.identity.opening_key) as opening:
        contents = list[tuple[str, bytes]]()
        for name in ("manifest.json", "manifest.json.sig", "trust.json"):
            contents.append((name, _next(opening, name)))
        about = json.loads(contents[0][1])
        contents += [(one["name"], _next(opening, one["name"])) for one in about["files"]]
    about |= {"v": 3, "weather": {"rain": [1.5, None, {"deep": True}]}}
    for one in (about["sender"], about["created"], about["volume"], about["trust"], *about["recipients"],
                *about["origins"], *about["files"]):  # fmt: skip
        one["later"] = {"x": [1, "two"]}
    signed = json.dumps(about, ensure_ascii=False).encode()
    key, signature = sender.identity.signing_key, sender.identity.sign(signed, sshsig.BUNDLE)
    contents[:2] = [("manifest.json", signed), ("manifest.json.sig", sshsig.armoured(key, signature, sshsig.BUNDLE))]
    with path.open("wb") as file, Sealing(file, [one["age"] for one in about["recipients"]]) as seal:
        for name, content in contents:
            seal.write(ustar.header(name, len(content)) + content + ustar.padding(len(content)))
        seal.write(ustar.END)


def _next(opening: Opening, name: str) -> bytes:
    size = ustar.announced_size(opening.read(ustar.BLOCK), name)
    content = opening.read(size + len(ustar.padding(size)))
    return content[:size]


def parties() -> dict[str, Party]:
    """Return those whose keys lie in keys.json; make it at the first time."""
    path = FOLDER / "keys.json"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        keys = {name: json.loads(Identity.create().to_bytes()) for name in ("anna", "bea", "clara", "escrow")}
        keys |= {name: keys[name] | {"seal_seed": os.urandom(32).hex()} for name in ("anna", "bea", "clara")}
        path.write_text(json.dumps(keys, indent=1) + "\n")
    people = {
        "anna": ("Amber Teapot", "worker", "Zedhall"), "bea": ("Beige Lantern", "manager", ""),
        "clara": ("Copper Button", "worker", "Zedmoor"), "escrow": ("", "admin", ""),
    }  # fmt: skip
    found = dict[str, Party]()
    for name, kept in json.loads(path.read_text()).items():
        seed = bytes.fromhex(kept.pop("seal_seed", "00" * 32))
        identity, (shown, role, prison) = Identity.from_bytes(json.dumps(kept).encode()), people[name]
        found[name] = Party(identity, Card(
            name=shown, role=role, prison=prison, signing_key=identity.signing_key, recipient=identity.recipient,
            person=derived_id("person", name), seal_key=sshsig.public_key(seed), made=DAY,
        ), seed)  # fmt: skip
    return found


MADE: tuple[tuple[str, Callable[[Makers], Parcel], str, str], ...] = (
    ("01-plain", Makers.plain, "anna", "bea"),
    ("02-pieces", Makers.pieces, "anna", "bea"),
    ("03-volume-2-of-3", Makers.volume, "anna", "bea"),
    ("04-forwarded", Makers.forwarded, "bea", "clara"),
    ("05-transfer", Makers.transfer, "anna", "clara"),
    ("06-seal-and-comment", Makers.seal, "bea", "anna"),
    ("07-erased", Makers.erased, "bea", "anna"),
    ("08-roster-and-escrow", Makers.roster, "bea", "anna"),
    ("09-receipt-after-a-restore", Makers.receipt, "bea", "anna"),
    ("10-newer", Makers.newer, "anna", "bea"),
    ("11-joined", Makers.joined, "bea", "anna"),
    ("12-member-who-left", Makers.left, "clara", "bea"),
    ("13-roster-alone", Makers.roster_alone, "bea", "anna"),
    ("14-deleted", Makers.deleted, "bea", "anna"),
    ("15-decision-taken-back", Makers.taken_back, "bea", "anna"),
)
"""Each bundle's file, what makes it, who sends it and who receives it."""


def main() -> None:
    """Make what is not there."""
    known = parties()
    makers = Makers(known)
    for name, make, sender, recipient in MADE:
        path = FOLDER / f"{name}.tacb"
        if path.exists():
            continue
        for _ in write_bundle(path, known[sender].identity, make(makers)):
            pass
        if name == "10-newer":
            add_unknown_members(path, known[sender], known[recipient])
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
