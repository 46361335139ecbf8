"""Two real vaults whose people answered the same questions differently, and then exchanged what they wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from way_in import PASSPHRASE

from tac_desktop.actions import cards, vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change
from tac_desktop.casework.live import DELETED
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.exchange import Origin
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault

CASE = case_file_id("TAC-00231")
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
LONG = (
    "She came well prepared and had brought the drawing that her son had sent. We spoke about the visit of last week, "
    "which had gone well, and about the school report. She asked whether the social worker would come to the meeting. "
    "I said that I would ring her on {day}. She is worried about the hearing, because nobody has told her {what}. "
    "We agreed that she writes her questions down and that we go through them next time. She was calm at the end, and "
    "thanked me for the time. The officer on the wing says that she has been sleeping better since the visit."
)


class Hand(NamedTuple):
    """A vault that is open for writing."""

    vault: Vault
    store: Store

    def put(self, form: str, record_id: str = "", hours: float = 0, **answers: object) -> str:
        before = self.store.record(record_id) if record_id else None
        return save_answers(
            self.store, self.vault.person, forms.ALL[form], now=NOW + timedelta(hours=hours),
            answers={**(before.answers if before else {}), **answers}, record_id=record_id,
            case_file="" if form == "mother" and not record_id else CASE,
        )  # fmt: skip

    def delete(self, record_id: str, reason: str) -> None:
        record = self.store.record(record_id)
        seen = [entry.cid for entry in self.store.history(record_id)]
        change = Change(
            record_id=record_id, form=record.form, version=1, stream=CASE, op="del", known_on="2026-03-10",
            values={DELETED: {"reason": reason, "seen": seen}},
        )  # fmt: skip
        self.store.save([change], author=self.vault.person.id, now=NOW + timedelta(hours=3))


@contextmanager
def opened(folder: Path) -> Iterator[Hand]:
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    store = Store(vault)
    try:
        yield Hand(vault, store)
    finally:
        store.close()
        vault.close()


def arrive(sender: Hand, receiver: Hand) -> None:
    """Let all entries of the case file that one vault holds arrive at the other, as a bundle would bring them."""
    here, there = sender.store.exchange, receiver.store.exchange
    reaches = [reach for reach in here.reaches() if reach.stream == CASE]
    own = cards.identity_of(sender.vault).signing_key
    known, origins = there.origins(), here.origins()
    with receiver.store.importing(NOW + timedelta(hours=9)) as intake:
        intake.introduce(
            Origin(incarnation=r.incarnation, own=False, nonce=origins[r.incarnation].nonce,
                   key=origins[r.incarnation].key or own)
            for r in reaches if r.incarnation not in known
        )  # fmt: skip
        for reach in reaches:
            intake.apply(here.entries(reach.incarnation, {CASE: (0, reach.sseq)}))


def make_colleague(folder: Path) -> Path:
    vault, _ = vaults.create(
        folder, name="Ash Piano", role="worker", prison="SEND", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    vault.close()
    return folder


def contradict(folder: Path, colleague: Path, scratch: Path) -> None:
    """Fill a vault with a case file that two people have written in; five of its questions are not settled."""
    with opened(folder) as mine, opened(colleague) as theirs:
        for hand, friend, name in ((mine, theirs, "a"), (theirs, mine, "b")):
            code = cards.hand_out_card(friend.vault, scratch / name, now=NOW)
            cards.trust_card(hand.vault, hand.store, scratch / name, code, now=NOW)
        mine.put("mother", reference="TAC-00231", name="Puce Anchor", prison="EP", ethnicity="white_british")
        child = mine.put("child", name="Mauve Anchor", date_of_birth="2019-03-27")
        placement = mine.put("placement", child=child, arrangement="foster_care", carer="Olive Saddle")
        contact = mine.put("contact", at="2026-03-09T10:00", kind="one_to_one", summary="We met.")
        course = mine.put("course", title="Baking", provider="Pact")
        arrive(mine, theirs)
        theirs.put("mother", CASE, -24 * 365 * 3, ethnicity="black")  # her clock is three years behind
        mine.put("mother", CASE, 1, ethnicity="mixed")
        mine.put("placement", placement, 1, arrangement="family_kinship")
        theirs.put("placement", placement, 2, arrangement="father_stepfather")
        mine.put("child", child, 1, date_of_birth="2019-03-28")
        theirs.put("child", child, 2, date_of_birth="2019-02-27")
        mine.put("contact", contact, 1, summary=LONG.format(day="Monday", what="when it is"))
        theirs.put("contact", contact, 2, summary=LONG.format(day="Tuesday", what="who will be there"))
        mine.delete(course, "Entered twice.")
        theirs.put("course", course, 2, sessions=8)
        arrive(theirs, mine)
