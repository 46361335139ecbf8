"""What people do with each other in the weeks of a story: hand over, comment, seal, decide, and tell what arrived."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from types import MappingProxyType

from tac_desktop.actions import comments, conflicts, duplicates, seals
from tac_desktop.actions.handing_over import end_hand_over, hand_over, handovers
from tac_desktop.actions.inbox import take_in_all
from tac_desktop.actions.receipts import type_receipt, write_receipt
from tac_desktop.actions.standing import bundle_history, forks, standing
from tac_desktop.casework import forms
from tac_desktop.errors import (
    AnswersContradict,
    AnswersRefused,
    AttachmentDamaged,
    CaseNotInVault,
    CasesMustBeNamed,
    LimitTooSmall,
    MissingEntries,
    NotAllowed,
    ReceiptWrong,
    RosterTooOld,
)
from trials.answering import answer_to
from trials.story import OnItsWay, Story, Wrong
from trials.terminals import Terminal, result_of
from trials.verbs import Act, today


def _case(story: Story, at: Terminal) -> str:
    cases = at.case_files()
    return story.rng.choice(cases) if cases else ""


def hand_a_case_over(story: Story, at: Terminal) -> None:
    """A case file goes to a colleague, for good or for some weeks."""
    rng, case = story.rng, _case(story, at)
    others = [name for name in story.cards if name != at.name]
    if case:
        kind = rng.choice(("transfer", "cover"))
        days = rng.choice((0, 3, 300)) if kind == "cover" else 0
        until = str((at.clock(story.now) + timedelta(days=days)).date()) if days else ""
        desk, to = at.desk, story.cards[rng.choice(others)]
        with suppress(NotAllowed, CaseNotInVault, RosterTooOld):
            hand_over(desk.vault, desk.store, case, to, kind=kind, until=until, reason="Leave", now=at.clock(story.now))
            story.meet("hand-overs")


def take_a_case_back(story: Story, at: Terminal) -> None:
    """A hand-over is ended."""
    desk = at.desk
    known = handovers(desk.vault, desk.store)
    if known:
        with suppress(NotAllowed):
            one = story.rng.choice(known)
            end_hand_over(desk.vault, desk.store, one.record_id, now=at.clock(story.now))
            story.meet("hand-overs ended")


def comment(story: Story, at: Terminal) -> None:
    """Somebody writes a comment on a record, after reading what is new."""
    rng, desk, case, now = story.rng, at.desk, _case(story, at), at.clock(story.now)
    news = comments.unread(desk.store, desk.person)
    comments.mark_read(desk.store, desk.person, [one.id for one in news], now=now)
    records = [r for name in forms.ALL if comments.may_be_commented(name) for r in desk.store.records(name, case)]
    if case and records:
        record = rng.choice(records)
        comments.comment(desk.store, desk.person, record.id, "Has she heard of it? " * rng.randint(1, 9), now=now)
        story.meet("comments")


def seal(story: Story, at: Terminal) -> None:
    """Somebody puts her name under what is finished; it holds until it is changed."""
    rng, desk, case = story.rng, at.desk, _case(story, at)
    records = [r for name in forms.ALL if seals.may_be_sealed(name) for r in desk.store.records(name, case)]
    if case and records:
        record = rng.choice(records)
        with suppress(AnswersContradict, AttachmentDamaged, NotAllowed):
            seals.seal_record(desk.vault, desk.store, desk.person, record.id, now=at.clock(story.now))
            found = seals.seals_on(desk.vault, desk.store, record.id)
            if not found[-1].holds and not any(one.holds for one in found):
                raise Wrong(f"a seal that was just made at {at.label} does not hold: {found[-1].why}")
            story.meet("seals")


def decide(story: Story, at: Terminal) -> None:
    """Contradictions are decided: one side is kept, both hold, or another answer is written."""
    rng, desk, now = story.rng, at.desk, at.clock(story.now)
    waiting = conflicts.open_conflicts(desk.vault, desk.store, now=now)
    if waiting:
        one = rng.choice(waiting)
        match rng.randrange(4):
            case 0 if one.both_possible:
                how = {"both": True}
            case 1 if one.asked is not None:
                how = {"answer": answer_to(one.asked, at.answering(one.case_file, rng), rng, today(story, at))}
            case _:
                how = {"keep": rng.choice(one.choices).cid}
        with suppress(AnswersRefused, NotAllowed):
            conflicts.decide(desk.store, desk.person, one, now=now, **how)
            story.meet("conflicts decided")


def join(story: Story, at: Terminal) -> None:
    """Two records turn out to be one, or to be two after all."""
    rng, desk, case, now = story.rng, at.desk, _case(story, at), at.clock(story.now)
    several = [r for name, form in forms.ALL.items() if form.by_hand and form.repeated for r in
               desk.store.records(name, case)] if case else []  # fmt: skip
    joined = [record.id for record in several if duplicates.is_joined(desk.store, record.id)]
    if joined and rng.random() < 0.4:
        duplicates.separate(desk.store, desk.person, rng.choice(joined), now=now)
        story.meet("records parted")
        return
    one = rng.choice(several) if several else None
    same = [record.id for record in several if one and record.form == one.form and record.stream == one.stream]
    if one and len(same) > 1:
        duplicates.join(desk.store, desk.person, rng.sample(same, 2), now=now)
        story.meet("records joined")


def send_small(story: Story, at: Terminal) -> None:
    """A bundle is cut into volumes for mail, or goes on after what is on its way."""
    rng = story.rng
    to = rng.choice([name for name in story.cards if name != at.name])
    how = {"basis": rng.choice(("sent", "all", "acknowledged"))}
    if rng.random() < 0.6:
        how["limit"] = rng.choice((20_000, 60_000, 400_000))
    with suppress(LimitTooSmall):
        story.bag += story.send(at, to, **how)


def empty_the_inbox(story: Story, at: Terminal) -> None:
    """All that has come lies in a folder, and is taken in, one after the other until none helps another."""
    waiting = [one for one in story.bag if one.to == at.name]
    folder = story.place / f"inbox-{at.label.replace(' ', '-')}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, one in enumerate(story.rng.sample(waiting, len(waiting))):
        shutil.copy(one.file, folder / f"{number}.tacb")
    desk = at.desk
    for outcome in result_of(take_in_all(desk.vault, desk.store, folder, now=at.clock(story.now))):
        if outcome.trouble and not isinstance(outcome.trouble, MissingEntries):
            raise outcome.trouble
        story.meet("taken in from the inbox" if outcome.imported else "refused for a gap")
    story.bag = [one for one in story.bag if one not in waiting]


def send_receipt(story: Story, at: Terminal) -> None:
    """What arrived is told, by a bundle that holds nothing else."""
    story.bundles += 1
    path, desk = story.place / f"{story.bundles:05d}.tacb", at.desk
    to = story.rng.choice([name for name in story.cards if name != at.name])
    with suppress(CasesMustBeNamed):  # a worker with whom nothing is shared
        write_receipt(desk.vault, desk.store, story.cards[to], path, now=at.clock(story.now))
        story.bag.append(OnItsWay(path, to))
        story.meet("receipts sent")


def read_out_receipt(story: Story, at: Terminal) -> None:
    """A code is read out over the telephone and typed in by whoever sent the bundle."""
    if story.receipts:
        sender, code = story.rng.choice(story.receipts)
        if sender == at.name:
            with suppress(ReceiptWrong):  # it was acknowledged already, or the vault was restored from before
                type_receipt(at.desk.vault, at.desk.store, "", code, now=at.clock(story.now))
                story.meet("receipts typed")


def look_round(story: Story, at: Terminal) -> None:
    """Somebody looks who has what, at the bundles of the past, and whether a vault was copied or restored."""
    desk = at.desk
    known = {one.name for one in standing(desk.vault, desk.store, today=today(story, at))}
    bundle_history(desk.store)
    forks(desk.store)
    conflicts.listed(desk.store, desk.vault.person)
    if not known >= set(story.cards) - {at.name}:
        raise Wrong(f"{at.label} does not say where it stands with everybody")
    story.meet("looks")


BETWEEN: Mapping[Act, int] = MappingProxyType({
    hand_a_case_over: 5, take_a_case_back: 1, comment: 5, seal: 4, decide: 14, join: 4, send_small: 6,
    empty_the_inbox: 5, send_receipt: 1, read_out_receipt: 3, look_round: 2,
})  # fmt: skip
"""What is done how often, against what is in `acts`."""
