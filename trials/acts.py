"""What people do in the weeks of a story, each act by the same verb that the windows and commands use."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from types import MappingProxyType
from typing import TypeVar

from tac_desktop.actions import exchange
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.contact_log import ContactWith, log_contacts
from tac_desktop.actions.duplicates import is_joined
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.form import Form
from tac_desktop.casework.permissions import may_write
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import AnswersDoubted, AnswersRefused, MissingEntries, SealedAlready
from trials.answering import changed_answers, new_answers
from trials.dump import dump
from trials.story import OnItsWay, Story, Wrong
from trials.terminals import CLOCKS, Terminal, result_of
from trials.verbs import Act, today

_Saved = TypeVar("_Saved")
REFERENCES = {"EP": "EP", "SEND": "SD", "": "XX"}
COMMON = ("BOTH-1", "BOTH-2")
"""References under which two vaults may open a case file without knowing of each other."""
_BY_HAND = tuple(form for form in forms.ALL.values() if form.by_hand and form.name != "mother")
FILLED_IN = tuple(form for form in _BY_HAND if form.keeping == "case")
RESTRICTED = tuple(form for form in _BY_HAND if form.keeping == "restricted")


def open_case(story: Story, at: Terminal) -> None:
    """A mother comes to the service."""
    rng, desk = story.rng, at.desk
    own = f"{REFERENCES[desk.person.prison]}-{rng.randrange(10_000):04d}"
    reference = rng.choice(COMMON) if rng.random() < 0.15 else own
    if desk.store.record(case_file_id(reference)) is None:
        form = forms.ALL["mother"]
        answers = new_answers(form, at.answering("", rng), rng, today(story, at)) | {"reference": reference}
        _save(story, at, form, "", answers)


def begin(story: Story) -> None:
    """Everybody has opened a case or two when the story begins, two of them the same one."""
    for terminal in story.terminals:
        for _ in range(story.rng.randint(1, 2)):
            open_case(story, terminal)
        story.look(terminal)


def contradict(story: Story, at: Terminal) -> None:
    """Two people answer the same question about the same thing, without knowing of each other."""
    rng, other = story.rng, story.rng.choice(story.terminals)
    shared = [(form, r) for form in (forms.ALL["mother"], *FILLED_IN) for r in at.desk.store.records(form.name)]
    if not shared or other is at:
        return
    form, record = rng.choice(shared)
    field = rng.choice([field for field in form.fields if field.name != "reference"])
    for terminal in (one for one in (at, other) if may_write(one.role, form)):
        here = terminal.desk.store.record(record.id)
        if here is not None and here.form == form.name:
            day, points_to = today(story, terminal), terminal.answering(here.case_file, rng)
            _save(
                story, terminal, form, here.case_file,
                changed_answers(form, here.answers, points_to, rng, day, fields=[field]), here.id,
            )  # fmt: skip
            story.look(terminal)


def fill_in(story: Story, at: Terminal) -> None:
    """Any form of a case file is filled in, or one that was filled in is changed."""
    rng = story.rng
    cases = at.case_files()
    if cases:
        form, case = rng.choice([form for form in FILLED_IN if may_write(at.role, form)]), rng.choice(cases)
        _fill(story, at, form, case)


def change_mother(story: Story, at: Terminal) -> None:
    """What is known about a mother changes."""
    cases = at.case_files()
    if cases:
        _fill(story, at, forms.ALL["mother"], story.rng.choice(cases), anew=False)


def contact(story: Story, at: Terminal) -> None:
    """Somebody called, wrote or came."""
    rng, cases = story.rng, at.case_files()
    if cases:
        case = rng.choice(cases)
        answers = new_answers(forms.ALL["contact"], at.answering(case, rng), rng, today(story, at))
        contacts, now = [ContactWith(case_file=case, answers=answers)], at.clock(story.now)
        if _with_reasons(story, lambda reasons: log_contacts(
            at.desk.store, at.desk.person, contacts, now=now, reasons=reasons
        )):  # fmt: skip
            story.meet("contacts")


def answer_for_the_evaluation(story: Story, at: Terminal) -> None:
    """A manager writes down what is hers alone and never leaves her vault."""
    rng, cases = story.rng, at.case_files()
    if at.role == "manager" and cases:
        _fill(story, at, rng.choice(RESTRICTED), rng.choice(cases))


def _fill(story: Story, at: Terminal, form: Form, case: str, *, anew: bool = True) -> None:
    rng, day = story.rng, today(story, at)
    there = at.desk.store.records(form.name, case)
    if there and (not anew or not form.repeated or rng.random() < 0.6):
        record = rng.choice(there)
        answers = changed_answers(form, record.answers, at.answering(case, rng), rng, day)
        _save(story, at, form, case, answers, record.id)
    else:
        _save(story, at, form, case, new_answers(form, at.answering(case, rng), rng, day))


def _save(story: Story, at: Terminal, form: Form, case: str, answers: dict[str, Answer], record_id: str = "") -> None:
    """Save a form, and see that it reads as it was written."""
    rng, now = story.rng, at.clock(story.now)
    if form.problems(answers, today(story, at)):
        return  # a child that is needed is not here, or what stands lies in the future of this clock
    mother = at.desk.store.record(case) if case else None
    if case and (mother is None or "reference" not in mother.answers):
        return  # of her case file only a part is here
    known_on = str(now.date() - timedelta(days=rng.randrange(30))) if rng.random() < 0.2 else ""
    saved = _with_reasons(story, lambda reasons: save_answers(
        at.desk.store, at.desk.person, form, answers=answers, now=now, case_file=case, record_id=record_id,
        known_on=known_on, reasons=reasons,
    ))  # fmt: skip
    if saved is None:
        return
    record = at.desk.store.record(saved)
    asked = {field.name for field in form.asked(answers)}
    read = {name: answer for name, answer in (record.answers if record else {}).items() if name in asked}
    if read != answers and not is_joined(at.desk.store, saved):  # there the others' answers stand beside
        raise Wrong(f"a {form.name} at {at.label} reads otherwise than it was saved")
    story.meet("forms")


def _with_reasons(story: Story, save: Callable[[Mapping[str, str]], _Saved]) -> _Saved | None:
    """Save, with a reason for whatever is unlikely beside the rest of the case file; None where it cannot be at all."""
    try:
        try:
            return save({})
        except AnswersDoubted as doubted:
            saved = save(dict.fromkeys(doubted.problems, "So it was told"))
            story.meet("saved with a reason")
            return saved
    except AnswersRefused:
        story.meet("refused: it cannot be beside the rest, or what it points to has not arrived")
        return None
    except SealedAlready:
        story.meet("refused: it was sealed")
        return None


# --- exchange ---


def send(story: Story, at: Terminal) -> None:
    """A bundle is written for somebody."""
    others = [name for name in story.cards if name != at.name]
    story.bag += story.send(at, story.rng.choice(others))


def name_a_case(story: Story, at: Terminal) -> None:
    """A case file is shared with a worker by naming it for her."""
    rng, cases = story.rng, at.case_files()
    others = [t.name for t in story.terminals if t.name != at.name and t.role == "worker"]
    if cases:
        case, to = rng.choice(cases), rng.choice(others)
        story.bag += story.send(at, to, [case])
        story.meet("cases shared")


def receive(story: Story, at: Terminal) -> None:
    """What lies in the inbox is taken in, in any order; now and then it is looked at first, or taken in twice."""
    rng = story.rng
    waiting = [one for one in story.bag if one.to == at.name]
    rng.shuffle(waiting)
    for one in waiting[: rng.randint(1, 4)]:
        if rng.random() < 0.2:
            preview(story, at, one)
        story.deliver(one, at)
        if rng.random() < 0.8:
            story.bag.remove(one)


def preview(story: Story, at: Terminal, one: OnItsWay) -> None:
    """A bundle is looked at, which changes nothing."""
    before = dump(at.desk.store)
    with suppress(MissingEntries):
        result_of(exchange.import_bundle(
            at.desk.vault, at.desk.store, one.file, now=at.clock(story.now), dry_run=True
        ))  # fmt: skip
    if dump(at.desk.store) != before:
        raise Wrong(f"looking at a bundle changed the vault of {at.label}")
    story.meet("previews")


def lose(story: Story, at: Terminal) -> None:
    """A stick is lost."""
    if story.bag:
        story.bag.remove(story.rng.choice(story.bag))
        story.meet("bundles lost")


# --- the computers ---


def restart(story: Story, at: Terminal) -> None:
    """The program is closed and started again."""
    at.close()
    story.meet("restarts")


def back_up(story: Story, at: Terminal) -> None:
    """A backup is made."""
    at.back_up(story.now)
    story.look(at)


def restore(story: Story, at: Terminal) -> None:
    """The computer is lost and the vault comes back from any of its backups."""
    if at.backups:
        at.restore(story.rng)
        story.account.restored.add(at.name)
        story.account.begin_again(at.label, at.desk.store)
        story.meet("restores")


def copy(story: Story, at: Terminal) -> None:
    """A disk is copied, and both go on being used: once in a story."""
    if not any(terminal.is_copy for terminal in story.terminals):
        made = at.copied(story.place / "copy")
        story.terminals.append(made)
        story.account.restored.add(at.name)
        story.account.begin_again(made.label, made.desk.store)
        story.meet("copies")


def set_clock(story: Story, at: Terminal) -> None:
    """A computer's clock jumps."""
    at.wrong_by = timedelta(days=story.rng.choice(CLOCKS))
    story.meet("clocks set")


ACTS: Mapping[Act, int] = MappingProxyType({
    open_case: 3, fill_in: 34, contradict: 16, change_mother: 14, contact: 14, answer_for_the_evaluation: 6, send: 16,
    receive: 18, name_a_case: 3, lose: 3, restart: 4, back_up: 1, restore: 1, copy: 1, set_clock: 2,
})  # fmt: skip
"""What is done how often, one against the other."""
