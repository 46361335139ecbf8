"""A case file as it was known on an earlier day: nothing in it was written later, and nothing is written into it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QTextEdit, QWidget

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions import removing
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.handing_over import HandOver
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.fields import (
    Attachment,
    Choice,
    Choices,
    Day,
    Field,
    Link,
    Links,
    Moment,
    Money,
    Narrative,
    Number,
    ShortText,
    YesNo,
)
from tac_desktop.casework.form import Form
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.casework.streams import office_stream
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.case_sections import SECTIONS
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.removed_pane import RemovedInCase

CASE = case_file_id("TAC-77777")
BEFORE, LATER = "Wasbefore", "Camelater"
CTRL = Qt.KeyboardModifier.ControlModifier
NOT_HERE = frozenset({"same_woman", "handover", "access_decision", "case_restriction", "retention"})
"""What joins, hands over or closes a case file is looked at by itself, below."""
OF_A_CASE = [form for form in forms.ALL.values() if form.keeping == "case" and form.name not in NOT_HERE]
OF_THE_OFFICE = [forms.ALL[name] for name in ("agency", "professional")]
ABOUT = {"comment": "challenge", "addendum": "tracker_return", "seal": "tracker_return"}


class Story:
    """Two layers of one case file: what was written before the day, and what was written over and beside it later."""

    def __init__(self, desktop) -> None:
        self.bench = desktop.window.work.bench
        self.bench.person = self.bench.vault.person = replace(self.bench.person, role="manager")  # who sees every form
        today = datetime.fromisoformat(self.bench.today())
        self.early, self.day, self.late = ((today - timedelta(days)).date().isoformat() for days in (60, 30, 10))
        self.file = self.bench.store.attach([b"A file."])

    def write(self) -> None:
        for layer, word, day in ((0, BEFORE, self.early), (1, LATER, self.late)):
            changes = [self.change(form, 0, word, day) for form in (*OF_THE_OFFICE, *OF_A_CASE)]
            if layer:
                repeated = [form for form in (*OF_THE_OFFICE, *OF_A_CASE) if form.repeated]
                changes += [self.change(form, 1, word, day) for form in repeated]
            self.bench.store.save(changes, author=self.bench.person.id, now=self.bench.moment())

    def change(self, form: Form, layer: int, word: str, day: str) -> Change:
        answers = {field.name: self.answer(form, field, layer, word, day) for field in form.fields}
        answers |= {"reference": "TAC-77777", "prison": "EP"} if form.name == "mother" else {}
        values = to_journal(form, {name: answer for name, answer in answers.items() if answer not in ("", ())})
        return Change(
            record_id=self.record(form.name, layer), form=form.name, version=form.version, values=values, known_on=day,
            stream=office_stream("EP") if form.keeping == "office" else CASE,
        )  # fmt: skip

    def record(self, form: str, layer: int) -> str:
        return CASE if form == "mother" else derived_id("looking back", form, str(layer))

    def answer(self, form: Form, field: Field, layer: int, word: str, day: str) -> Answer:
        match field:
            case ShortText(name="record") if form.name in ABOUT:
                return self.record(ABOUT[form.name], 0)
            case ShortText(name="author" | "entry" | "device"):
                return ""
            case ShortText() | Narrative():
                return f"{word} {form.name}"
            case Day():
                return day
            case Moment():
                return f"{day}T10:00"
            case Choice():
                return code_list(field.codes).codes[0].code
            case Choices():
                return (code_list(field.codes).codes[0].code,)
            case Number():
                return 2 + layer
            case YesNo():
                return field.name not in ("unborn", "current_unknown")
            case Money():
                return "12.50"
            case Link():
                return CASE if field.to == "mother" else self.record(field.to, layer)
            case Links():
                return (self.record(field.to, layer),)
            case Attachment():
                return self.file


@pytest.fixture
def story(opened) -> Story:
    made = Story(opened)
    made.write()
    return made


def case_screen(desktop) -> CaseScreen:
    page = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(page, CaseScreen)
    return page


def looking_back(desktop, story: Story) -> CaseScreen:
    desktop.window.work.cases.open_case(CASE, known_on=story.day)
    return case_screen(desktop)


def said_on(root: QWidget) -> Iterator[str]:
    """Yield every word of a page, also what is folded away or only spoken."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for widget in (root, *root.findChildren(QWidget)):
        yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
        match widget:
            case QLabel() | QAbstractButton():
                yield widget.text()
            case QLineEdit():
                yield from (widget.text(), widget.placeholderText())
            case QTextEdit():
                yield widget.toPlainText()
            case QComboBox():
                yield from (widget.itemText(place) for place in range(widget.count()))
            case _:
                pass


def walk(screen: CaseScreen, group: str) -> Iterator[tuple[str, str]]:
    """Yield where one is and all words there: every section of a group, a form of each kind, and every history."""
    for section in (one for one in SECTIONS if one.group == group and one.name in screen.sections.buttons):
        screen.show_section(section.name)
        yield section.name, "\n".join(said_on(screen))
        for form in section.forms:
            records = screen.desk.records(form) if screen.desk.may_read(form) else ()
            yield f"{section.name}, histories", "\n".join(str(screen.desk.history(one.id)) for one in records)
            if records and form != "issued_document":
                screen.open_record(form, records[0].id)
                yield f"{section.name}, {form}", "\n".join(said_on(screen))


def told_of(places: Sequence[tuple[str, str]], word: str) -> set[str]:
    return {form.name for form in OF_A_CASE if any(f"{word} {form.name}" in words for _, words in places)}


GROUPS = list(dict.fromkeys(section.group for section in SECTIONS))
"""The headings of the side list."""


@pytest.mark.parametrize("group", GROUPS)
def test_no_section_no_form_and_no_history_of_an_earlier_day_holds_what_was_written_later(opened, story, group: str):
    bench = opened.window.work.bench
    draft_verbs.keep_draft(
        bench.drafts, bench.person, case_file=CASE, form="challenge", record_id=draft_verbs.new_record(CASE),
        typed={"note": [f"{LATER} draft"]}, at=bench.now(),
    )  # fmt: skip
    removing.remove(bench.store, bench.person, story.record("goal", 0), f"{LATER} reason", now=bench.moment())
    opened.window.work.cases.open_case(CASE)
    now = list(walk(case_screen(opened), group))
    then = list(walk(looking_back(opened, story), group))
    marks = (LATER, day_in_words(story.late))
    assert [(where, mark) for where, words in then for mark in marks if mark in words] == []
    assert told_of(now, LATER)  # the walk finds what it looks for
    here = {form for section in SECTIONS if section.group == group for form in section.forms}
    assert told_of(now, LATER) & here <= told_of(then, BEFORE)
    assert group != "Work" or "goal" in told_of(then, BEFORE)  # it was removed only since


def test_what_was_removed_since_is_shown_with_its_history_of_by_then(opened, story):
    bench = opened.window.work.bench
    removing.remove(bench.store, bench.person, story.record("goal", 0), f"{LATER} reason", now=bench.moment())
    screen = looking_back(opened, story)
    screen.open_record("goal", story.record("goal", 0))
    shown = screen.open_form()
    assert shown is not None
    shown.screen.history.click()
    words = "\n".join(said_on(screen))
    assert f"{BEFORE} goal" in words
    assert LATER not in words


def test_nothing_that_can_be_pressed_on_an_earlier_day_writes_or_asks_for_something_to_write(opened, story):
    screen = looking_back(opened, story)
    store = opened.window.work.bench.store
    before = {stream: len(store.entries(stream)) for stream in (CASE, office_stream("EP"))}
    pressed = 0
    for section in screen.sections.buttons:
        screen.show_section(section)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        for name in [one.accessibleName() or one.text() for one in ways(screen)]:
            screen.show_section(section)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            way = next((one for one in ways(screen) if (one.accessibleName() or one.text()) == name), None)
            if way is None or name == "Look at the case file as it was known on this day":
                continue
            way.click()
            pressed += 1
            assert not [one for one in opened.window.findChildren(QDialog) if one.isVisible()], (section, name)
            assert opened.window.frame.page(opened.window.frame.current()) is screen, (section, name)
            shown = screen.open_form()
            assert shown is None or not shown.screen.body.isEnabled(), (section, name)
            assert shown is None or shown.record_id or section in ("mother", "baseline"), (section, name)
    assert pressed > 60
    assert {stream: len(store.entries(stream)) for stream in before} == before
    assert screen.desk.drafted() == frozenset()


def ways(screen: CaseScreen) -> list[QAbstractButton]:
    """Return what can be pressed in the middle of the page, but for the papers that were issued."""
    return [
        one
        for one in screen._pane.findChildren(QAbstractButton)
        if one.isVisible() and one.isEnabled() and screen._section != "documents"
    ]


def test_a_key_that_logs_leads_back_to_today_first_and_one_that_undoes_says_why_it_does_not(opened, story, qtbot):
    bench = opened.window.work.bench
    answers = {"challenge": "acct", "note": "Just saved."}
    within = {"case_file": CASE, "now": bench.moment()}
    made = save_answers(bench.store, bench.person, forms.ALL["challenge"], answers=answers, **within)
    screen = looking_back(opened, story)
    QTest.keyClick(screen, Qt.Key.Key_Z, CTRL)
    assert bench.messages.shown[-1].text.startswith("You look at an earlier day.")
    assert bench.store.record(made) is not None
    screen.show_section("contact")
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QuickLog))
    assert case_screen(opened).desk.known_on == ""
    assert case_screen(opened).place() == "contact"
    assert bench.messages.shown[-1].text.startswith("Back to today")
    QApplication.activeWindow().reject()


def test_after_a_lock_one_is_on_the_same_earlier_day_at_the_same_record(opened, story):
    screen = looking_back(opened, story)
    screen.open_record("challenge", story.record("challenge", 0))
    place = screen.place()
    assert place.endswith(f"@{story.day}")
    work = opened.window.work
    shown = work.frame.place()
    work.cases.open_case(case_file_id("TAC-00003"))
    work.go(shown)
    again = case_screen(opened)
    assert again is not screen
    assert (again.desk.known_on, again.place()) == (story.day, place)


def test_contradictions_and_hand_overs_of_an_earlier_day_are_told_and_not_decided_there(opened, story, qtbot):
    bench = opened.window.work.bench
    for word in ("One", "Another"):
        change = Change(
            record_id=story.record("challenge", 0), form="challenge", version=1, stream=CASE, values={"note": word},
            known_on=story.early, instead_of="A" * 43,
        )  # fmt: skip
        bench.store.save([change], author="somebody", now=bench.moment())
    given = Change(
        record_id=story.record("handover", 0), form="handover", version=1, stream=CASE, known_on=story.early,
        values={"name": "Slate Kettle", "kind": "transfer", "from_day": story.early, "reason": f"{BEFORE} reason"},
    )  # fmt: skip
    bench.store.save([given], author=bench.person.id, now=bench.moment())
    screen = looking_back(opened, story)
    screen.header.conflicts.click()
    assert bench.messages.shown[-1].text.startswith("They were open on that day.")
    assert opened.window.frame.page(opened.window.frame.current()) is screen
    screen.show_section("colleagues")
    screen.show_handovers([handover(story, 0, BEFORE), handover(story, 1, LATER)])
    words = "\n".join(said_on(screen))
    assert f"{BEFORE} reason" in words
    assert f"{LATER} reason" not in words
    assert "How far it had come by then is not known" in words
    assert "Taken over by" not in words
    assert "to Slate Kettle: taken over" not in words


def handover(story: Story, layer: int, word: str) -> HandOver:
    return HandOver(
        record_id=story.record("handover", layer), case_file=CASE, name="Slate Kettle", given_by="Sage Beacon",
        kind="transfer", from_day=story.early, until="", reason=f"{word} reason", open_tasks=(), state="taken_over",
        device=b"", received=False,
    )  # fmt: skip


def test_what_was_known_to_be_coming_stands_in_the_case_file_of_the_day(opened, story):
    bench = opened.window.work.bench
    coming = (datetime.fromisoformat(story.day) + timedelta(5)).date().isoformat()
    values = {"at": f"{coming}T10:00", "court": "Family Court at Quillhaven"}
    change = Change(
        record_id=story.record("hearing", 2), form="hearing", version=1, stream=CASE, values=values,
        known_on=story.early,
    )  # fmt: skip
    bench.store.save([change], author=bench.person.id, now=bench.moment())
    screen = looking_back(opened, story)
    assert "Family Court at Quillhaven" in "\n".join(said_on(screen))


def test_beside_a_return_of_an_earlier_day_stand_the_seal_the_addendum_and_the_comment_of_by_then(opened, story):
    screen = looking_back(opened, story)
    screen.open_record("tracker_return", story.record("tracker_return", 0))
    words = "\n".join(said_on(screen))
    assert f"Sealed by {BEFORE} seal" in words
    assert f"{BEFORE} addendum" in words
    screen.open_record("challenge", story.record("challenge", 0))
    assert f"{BEFORE} comment" in "\n".join(said_on(screen))


def test_an_issued_paper_of_an_earlier_day_is_shown_without_what_was_said_of_it_since(opened, story, qtbot):
    screen = looking_back(opened, story)
    opened_papers: list[str] = []
    screen.wishes.document_opened.connect(opened_papers.append)
    shown: list[tuple[str, str]] = []
    opened.window.work.bench.file_wanted.disconnect()
    opened.window.work.bench.file_wanted.connect(lambda *file: shown.append(file))
    screen.open_record("issued_document", story.record("issued_document", 0))
    screen.open_record("issued_document", story.record("issued_document", 1))  # of a later day
    assert opened_papers == []
    assert shown == [(story.file, f"{BEFORE} issued_document")]


def test_another_day_is_chosen_from_an_earlier_one_and_the_bin_says_that_it_tells_of_today_only(opened, story, qtbot):
    screen = looking_back(opened, story)
    screen.show_section("removed")
    [pane] = screen.findChildren(RemovedInCase)
    assert "Nothing was removed" not in "\n".join(said_on(pane))
    assert "Go back to today to see what was removed" in "\n".join(said_on(pane))
    days: list[str] = []
    screen.wishes.day_wanted.disconnect()
    screen.wishes.day_wanted.connect(days.append)
    pane.look.box.show_day(story.late)
    pane.look.go.click()
    assert days == [story.late]
