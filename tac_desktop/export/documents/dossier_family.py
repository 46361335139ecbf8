"""Section B of the court dossier: the children and where each lives, orders, proceedings, hearings."""

from collections.abc import Iterator

from tac_desktop.casework.case_view import CaseView, child_in_full, child_initials, in_words
from tac_desktop.casework.family import picture
from tac_desktop.casework.family_words import plan_in_words
from tac_desktop.casework.record import Record
from tac_desktop.casework.who_decides import responsibility_in_words
from tac_desktop.export.document import Block, Cell, Column, Heading, KeyFacts, Paper, Paragraph, Quotation, Row, Table
from tac_desktop.export.documents.words import NONE, answered, day, moment, short_day


def family_and_court(view: CaseView) -> tuple[Paper, ...]:
    """Return the papers on the children and on the court's part; none that would be empty."""
    papers = (
        Paper("The children and where each lives", tuple(_children(view))),
        Paper("Orders, proceedings and hearings", (*_orders(view), *_hearings(view))),
    )
    return tuple(paper for paper in papers if paper.blocks)


def _children(view: CaseView) -> Iterator[Block]:
    for child in view.of("child"):
        yield Heading(child_in_full(child), anchor=child.id)
        facts = tuple((name, fact) for name, fact in _child_facts(view, child) if fact not in ("", NONE))
        if facts:
            yield KeyFacts(facts)
        rows = tuple(_placements(view, child))
        if rows:
            columns = (
                Column("From", 0.19, strong=True),
                Column("Until", 0.19),
                Column("Lives", 0.4),
                Column("By", 0.22),
            )
            yield Table(columns, rows, f"Where {child_initials(child)} has lived")
        if child.text("wishes"):
            yield Paragraph(f"What {child_initials(child)} wishes, as it was heard:", keep_with_next=True)
            yield Quotation(child.text("wishes"))
        if child.text("needs"):
            yield Paragraph(f"What {child_initials(child)} needs: {child.text('needs')}")


def _child_facts(view: CaseView, child: Record) -> Iterator[tuple[str, Cell]]:
    yield "Local authority", in_words(child, "local_authority")
    there = next((one for one in picture(view.records, view.known_on).born if one.child.id == child.id), None)
    plan = plan_in_words(there) if there else ""
    holders = responsibility_in_words(there, view.known_on) if there else ""
    yield "Plan or status", plan or in_words(child, "plan_status")
    yield "Parental responsibility", holders or in_words(child, "parental_responsibility")
    worker = view.find(child.text("social_worker"))
    yield "Social worker", answered(worker, "name")


def _placements(view: CaseView, child: Record) -> Iterator[Row]:
    own = [placement for placement in view.of("placement") if placement.text("child") == child.id]
    for placement in sorted(own, key=lambda p: (p.text("from_date"), p.id)):
        at_referral = placement.answers.get("at_referral") is True
        since = short_day(placement.text("from_date")) if placement.text("from_date") else ""
        where = in_words(placement, "arrangement") or answered(placement, "arrangement")
        carer = placement.text("carer")
        yield Row(
            (
                since or ("At referral" if at_referral else NONE),
                short_day(placement.text("to_date")),
                f"{where}\n{carer}" if carer else where,
                in_words(placement, "arranged_by") or NONE,
            ),
            placement.id,
        )


def _orders(view: CaseView) -> Iterator[Block]:
    for proceedings in view.of("proceedings"):
        yield Heading(f"Proceedings {proceedings.text('case_number')}".strip(), anchor=proceedings.id)
        facts = (
            (
                "Started",
                f"{day(proceedings.text('started'))}, by: {in_words(proceedings, 'started_by') or 'not known'}",
            ),
            ("Status", in_words(proceedings, "status")),
            ("Ended", day(proceedings.text("ended"))),
            ("Court", proceedings.text("court")),
            ("Children", view.children(proceedings)),
        )
        yield KeyFacts(tuple((name, fact) for name, fact in facts if fact not in ("", NONE)))
    orders = view.of("order")
    if orders:
        yield Heading("Orders")
        columns = (
            Column("Made on", 0.19, strong=True),
            Column("Order", 0.26),
            Column("Children", 0.16),
            Column("What it says", 0.39),
        )
        yield Table(columns, tuple(_order(view, order) for order in orders), "Orders, the earliest first")


def _order(view: CaseView, order: Record) -> Row:
    ended = f"Ended on {day(order.text('ended_on'))}." if order.text("ended_on") else ""
    court = order.text("court")
    says = "\n".join(part for part in (order.text("terms"), court, ended) if part) or NONE
    return Row(
        (short_day(order.text("made_on")), in_words(order, "order_type"), view.children(order) or NONE, says), order.id
    )


def _hearings(view: CaseView) -> Iterator[Block]:
    rows = tuple(
        Row(
            (
                moment(hearing.text("at")),
                "\n".join(p for p in (in_words(hearing, "hearing_type") or "Hearing", hearing.text("court")) if p),
                in_words(hearing, "attendance") or NONE,
                hearing.text("outcome") or ("Still ahead" if hearing.text("at")[:10] > view.known_on else NONE),
            ),
            hearing.id,
        )
        for hearing in view.of("hearing")
    )
    if rows:
        columns = (
            Column("Date and time", 0.2, strong=True),
            Column("Hearing", 0.24),
            Column("How she takes part", 0.22),
            Column("What the court decided", 0.34),
        )
        yield Heading("Hearings")
        yield Table(columns, rows, "Hearings, the earliest first")
