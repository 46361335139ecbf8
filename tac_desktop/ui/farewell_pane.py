"""Adoption, final contact and life story: for each child where it stands, who is there for her, and what is kept."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from tac_desktop.casework.codelists import code_list, label
from tac_desktop.casework.farewell import Farewell, farewells
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import child_name
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.record_list import LeadingLine, RecordLine
from tac_desktop.ui.words import due_words

PAPER = "life_story"


class FarewellPane(QFrame):
    """One card for each child of whom something was recorded."""

    opened = Signal(str, str, str)
    """The form's name, the record's id, and the question that comes next, '' for the first."""
    paper_wanted = Signal(str)
    """The id of the child whose life story shall be drawn as a paper."""

    def __init__(
        self, kit: Kit, records: Mapping[str, Sequence[Record]], today: str, *, may_issue: bool = True
    ) -> None:
        """Take the records of the case file by form."""
        super().__init__()
        self._kit, self._today, self._may_issue = kit, today, may_issue
        found = farewells(records)
        self.setLayout(kit.narrow(kit.column(*(map(self._card, found) if found else [self._empty()]), gap=14)))

    def _empty(self) -> QWidget:
        card, inside = self._kit.card()
        words = self.tr(
            "Nothing was written down here. When adoption becomes the plan for a child, begin with its stage: then "
            "support is offered to her in time, and the final contact is prepared with her and not only for her."
        )
        inside.addWidget(self._kit.label(words, wrap=True))
        return card

    def _card(self, found: Farewell) -> QFrame:
        kit = self._kit
        card, inside = kit.card(20, 10)
        name = child_name(found.child)
        inside.addWidget(kit.label(name, "h3", wrap=True))
        for part in (*self._adoption(found), *self._contacts(found), *self._story(found)):
            inside.addWidget(part) if isinstance(part, QWidget) else inside.addLayout(part)
        card.setAccessibleName(self.tr("Adoption, final contact and life story: {child}").format(child=name))
        return card

    def _adoption(self, found: Farewell) -> Iterator[QWidget | QLayout]:
        if not found.stages:
            return
        yield self._kit.label(self.tr("Adoption"), "label")
        for place, stage in enumerate(found.stages, 1):
            newest = place == len(found.stages)
            since = day_in_words(stage.text("date")) if stage.text("date") else self.tr("day not known")
            told = self._told_her(stage)
            title = label("adoption_stage", stage.text("stage"))
            badge = (self.tr("Now"), "info") if newest else ("", "neutral")
            yield self._line("adoption", RecordLine(stage.id, title, f"{since}. {told}", *badge))
        yield self._said(*self._support(found))

    def _told_her(self, stage: Record) -> str:
        day = stage.text("told_her_on")
        return (
            self.tr("She was told on {day}").format(day=day_in_words(day)) if day else self.tr("She was not told yet")
        )

    def _support(self, found: Farewell) -> tuple[str, str, str]:
        """Return icon, colour and words of what support she was offered."""
        if not found.support:
            return "triangle-alert", "warn", self.tr("Support has not been offered to her yet. She is entitled to it.")
        offered = "; ".join(label("adoption_support", code) for code in found.support)
        words = self.tr("Support offered: {what}.").format(what=offered)
        for whom, day in found.referrals:
            on = f" ({day_in_words(day)})" if day else ""
            words += self.tr(" Referred to {whom}{on}.").format(whom=whom, on=on)
        return "circle-check", "ok", words

    def _contacts(self, found: Farewell) -> Iterator[QWidget | QLayout]:
        for contact in found.contacts:
            day = contact.text("date")
            yield self._kit.label(self.tr("Final contact"), "label")
            title = ", ".join(part for part in (day_in_words(day) if day else "", contact.text("place")) if part)
            words, tone = self._when(contact)
            details = self._kept(contact)
            line = RecordLine(contact.id, title or self.tr("Day and place still to be found"), details, words, tone)
            yield self._line("final_contact", line, self._next_question(contact))
            for told in self._around(contact):
                yield self._said(*told)

    def _next_question(self, contact: Record) -> str:
        """Return which question of a final contact is to be answered next; '' where all are."""
        asked = (
            ("risk_told_on", "risk_told_to"), ("support_before_on", "support_before"), ("took_place", "took_place"),
            ("seen_after_on", "seen_after_on"),
        )  # fmt: skip
        open_yet = (question for answer, question in asked if answer not in contact.answers)
        return next(open_yet, "") if contact.text("date") else "date"

    def _when(self, contact: Record) -> tuple[str, str]:
        took_place = contact.answers.get("took_place")
        if isinstance(took_place, bool):
            return (self.tr("It took place"), "ok") if took_place else (self.tr("It did not take place"), "neutral")
        day = contact.text("date")
        if not day:
            return self.tr("Being planned"), "info"
        words, tone = due_words(day, self._today)
        return words if day >= self._today else self.tr("How was it?"), tone or "info"

    def _kept(self, contact: Record) -> str:
        kept = [
            self.tr("a photograph") if contact.text("photo") else "",
            self.tr("a record or letter") if contact.text("record") else "",
            contact.text("kept"),
        ]
        told = ", ".join(part for part in kept if part)
        return self.tr("Kept: {what}").format(what=told) if told else ""

    def _around(self, contact: Record) -> Iterator[tuple[str, str, str]]:
        """Yield who was told and who was with her before and after, or that nobody was yet."""
        asked = (
            ("risk_told_on", self.tr("Those who look after her were told on {day}"),
             self.tr("Those who look after her have not been told yet")),
            ("support_before_on", self.tr("Somebody was with her before it, on {day}"),
             self.tr("Nobody has been with her yet to prepare it")),
            ("seen_after_on", self.tr("Somebody was with her afterwards, on {day}"),
             self.tr("Somebody has to be with her afterwards")),
        )  # fmt: skip
        for question, done, open_yet in asked:
            day = day_in_words(contact.text(question)) or self.tr("a day that nobody knows")
            yield ("circle-check", "ok", f"{done.format(day=day)}.") if contact.happened(question) else (
                "circle-dashed", "text_2", f"{open_yet}.",
            )  # fmt: skip

    def _story(self, found: Farewell) -> Iterator[QWidget | QLayout]:
        if not found.parts:
            return
        of = len(code_list("life_story_part").codes) - 1  # 'something else' is no part that a story lacks
        written = sum(part.text("part") != "other" for part in found.parts)
        heading = self.tr("Life story: {written} of {of} parts written").format(written=written, of=of)
        yield self._kit.label(heading, "label", wrap=True)
        for part in found.parts:
            title = label("life_story_part", part.text("part"))
            yield self._line("life_story", RecordLine(part.id, title, self._draft(part), *self._part_stands(part)))
        if self._may_issue:
            button = self._kit.button(self.tr("Paper for the child’s file"), "printer")
            button.setAccessibleDescription(child_name(found.child))
            button.setProperty("child", found.child.id)
            button.clicked.connect(self._want_paper)
            yield self._kit.flow(button)

    def _draft(self, part: Record) -> str:
        number = part.answers.get("draft")
        return self.tr("Draft {n}").format(n=number) if isinstance(number, int) else ""

    def _part_stands(self, part: Record) -> tuple[str, str]:
        if part.text("passed_on"):
            return self.tr("Passed on {day}").format(day=day_in_words(part.text("passed_on"))), "ok"
        if part.happened("passed_on"):
            return self.tr("Passed on"), "ok"
        if part.text("wanted_by"):
            words, tone = due_words(part.text("wanted_by"), self._today)
            return words, tone or "info"
        return (self.tr("Finished"), "ok") if part.answers.get("finished") is True else (self.tr("Draft"), "info")

    def _said(self, icon: str, colour: str, words: str) -> QLayout:
        row = self._kit.row(self._kit.picture(icon, colour), self._kit.label(words, wrap=True), gap=8)
        row.setStretch(1, 1)
        return row

    def _line(self, form: str, line: RecordLine, question: str = "") -> LeadingLine:
        leading = LeadingLine(self._kit, form, line, question)
        leading.led.connect(self.opened)
        return leading

    def _want_paper(self) -> None:
        self.paper_wanted.emit(str(self.sender().property("child")))
