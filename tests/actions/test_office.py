"""What the offices keep: the directory, prison rules, contacts with staff, messages; saved, found, sent, and erased."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tac_desktop.actions import caseload, directory, mailbox, reading, restriction
from tac_desktop.actions.allocation import note_told
from tac_desktop.actions.answers import CHOOSE_IN_DIRECTORY, save_answers
from tac_desktop.actions.removing import linked_to, remove
from tac_desktop.actions.subject_access import gather
from tac_desktop.actions.undoing import undo_last_save
from tac_desktop.casework import forms
from tac_desktop.casework.office import NOT_A_RESTRICTED_ONE, PRISON_STAYS
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.streams import office_stream
from tac_desktop.errors import AnswersRefused, MessageAnswered, MessageLogged, NotPermitted
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import acquainted, send
from tests.actions.conftest import NOW, PASSPHRASE, Desk, MakeDesk, made_desks
from tests.new_vaults import open_vault

TODAY = NOW.date().isoformat()
PUCE = case_file_id("Z-001")


def put(desk: Desk, form: str, case_file: str = "", **answers: Any) -> str:
    return save_answers(desk.store, desk.person, forms.ALL[form], answers=answers, now=NOW, case_file=case_file)


@pytest.fixture(scope="module")
def make_desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDesk]:
    yield from made_desks(tmp_path_factory.mktemp("desks"))


@pytest.fixture(scope="module")
def desk(make_desks: MakeDesk) -> Desk:
    """A manager's vault with two women and some of the directory."""
    made = make_desks("manager")
    put(made, "mother", reference="Z-001", name="Puce Anchor", prison="EP")
    put(made, "mother", reference="Z-002", name="Mauve Saddle", prison="EP")
    agency = put(made, "agency", name="Quillhaven team", prison="EP", local_authority="kent")
    people = {
        "Umber Kettle": {"role": "childrens_sw", "team": "looked_after", "local_authority": "kent", "agency": agency,
                         "agency_name": "Quillhaven team", "phone": "01234 567890"},
        "Indigo Ribbon": {"role": "solicitor", "safe_contact": "Never on the office line."},
        "Llŷr Compass": {"role": "school"},
        "Sepia Trowel": {"role": "childrens_sw", "to_date": "2026-10"},
    }  # fmt: skip
    for name, more in people.items():
        put(made, "professional", name=name, prison="EP", **more)
    return made


def entry(desk: Desk, name: str) -> str:
    return next(one.id for one in desk.store.records("professional") if one.text("name") == name)


def found(desk: Desk, typed: str, shown: Any = "here") -> list[str]:
    numbers = directory.numbers(desk.store, shown, typed=typed)
    return [one.name for one in directory.page(desk.store, numbers)]


# --- where it lies ---


def test_a_record_of_an_office_lies_in_the_stream_of_its_prison_and_stays_there(desk: Desk):
    umber = entry(desk, "Umber Kettle")
    record = desk.store.record(umber)
    assert record is not None
    assert record.stream == office_stream("EP")
    with pytest.raises(AnswersRefused) as refused:
        save_answers(
            desk.store, desk.person, forms.ALL["professional"], answers={**record.answers, "prison": "SEND"}, now=NOW,
            record_id=umber,
        )  # fmt: skip
    assert refused.value.problems == {"prison": PRISON_STAYS}
    with pytest.raises(AnswersRefused) as refused:
        put(desk, "agency", name="Nobody’s")
    assert set(refused.value.problems) == {"prison"}


def test_who_takes_an_entry_out_is_told_which_case_files_name_it(desk: Desk):
    made = put(desk, "professional", name="Grey Easel", prison="EP")
    named = [
        put(desk, "childrens_social_worker", case, name="Grey Easel", professional=made)
        for case in (PUCE, case_file_id("Z-002"))
    ]
    found = linked_to(desk.store, desk.person, made, form="professional", case_file=office_stream("EP"))
    assert sorted(one.id for one in found) == sorted(named)


def test_a_prison_has_its_rules_once_whoever_writes_them(desk: Desk):
    first, second = (put(desk, "prison_rules", prison="SEND", phone=phone) for phone in ("1", "2"))
    assert first == second
    assert [one.text("phone") for one in desk.store.records("prison_rules")] == ["2"]


def test_a_case_record_points_at_an_entry_and_keeps_the_name_as_text(desk: Desk):
    umber = entry(desk, "Umber Kettle")
    made = put(desk, "childrens_social_worker", PUCE, name="Umber Kettle", professional=umber)
    record = desk.store.record(made)
    assert record is not None
    assert (record.text("professional"), record.text("name")) == (umber, "Umber Kettle")
    with pytest.raises(AnswersRefused) as refused:
        put(desk, "childrens_social_worker", PUCE, name="Ochre", professional="Ochre")
    assert refused.value.problems == {"professional": CHOOSE_IN_DIRECTORY}


def test_whose_role_reads_no_cases_neither_reads_nor_writes_for_the_office(make_desks: MakeDesk):
    admin = make_desks("admin")
    for attempt in (
        lambda: put(admin, "agency", name="Kettle House", prison="EP"),
        lambda: reading.office_records(admin.store, admin.person, "agency"),
        lambda: directory.numbers(admin.store, "all"),
    ):
        with pytest.raises(NotPermitted):
            attempt()


# --- the directory ---


@pytest.mark.parametrize(("typed", "names"), [
    ("umb", ["Umber Kettle"]),
    ("kent", ["Quillhaven team", "Umber Kettle"]),
    ("kettle kent", ["Umber Kettle"]),
    ("solic", ["Indigo Ribbon"]),
    ("llyr", ["Llŷr Compass"]),
    ("quill", ["Quillhaven team", "Umber Kettle"]),
    ("567890", ["Umber Kettle"]),
    ("nobody", []),
])  # fmt: skip
def test_an_entry_is_found_by_any_word_of_name_role_authority_agency_or_telephone(desk: Desk, typed: str, names: Any):
    assert found(desk, typed) == names


def test_who_has_left_is_listed_only_where_everybody_is_and_offered_nowhere(desk: Desk):
    assert "Sepia Trowel" not in found(desk, "")
    assert "Sepia Trowel" in found(desk, "", "all")
    assert found(desk, "", "agencies") == ["Quillhaven team"]
    assert directory.offered(desk.store, "professional", "sepia") == []


def test_an_entry_that_seems_to_be_there_twice_is_told(desk: Desk):
    assert found(desk, "", "twice") == []
    first = entry(desk, "Umber Kettle")
    other = put(desk, "professional", name="KETTLE, Umber", prison="SEND")
    apart = put(desk, "professional", name="Umber Kettle", prison="EP", local_authority="essex")
    assert {one.record_id for one in directory.seemingly_one(desk.store, other)} == {apart, first}
    assert sorted(found(desk, "", "twice")) == ["KETTLE, Umber", "Umber Kettle", "Umber Kettle"]
    assert [one.record_id for one in directory.seemingly_one(desk.store, apart)] == [other]


def test_what_must_be_known_before_somebody_is_called_is_told_by_her_name(desk: Desk):
    put(desk, "person", PUCE, name="Cerise Bellows", safe_contact="Only by text.", do_not_disclose=True)
    assert directory.safe_contact_note(desk.store, PUCE, "indigo ribbon") == "Never on the office line."
    for said in ("Ribbon, Indigo", "Indigo Ribbon · Thimble and Co", "Indigo Ribbon, Thimble and Co"):
        assert directory.safe_contact_note(desk.store, "", said) == "Never on the office line."
    told = directory.safe_contact_note(desk.store, PUCE, "Cerise Bellows · aunt")
    assert told == f"{directory.WHERE_THEY_LIVE}\nOnly by text."
    assert directory.safe_contact_note(desk.store, case_file_id("Z-002"), "Cerise Bellows") == ""
    assert directory.safe_contact_note(desk.store, "", "Umber Kettle") == ""
    assert directory.safe_contact_note(desk.store, PUCE, "") == ""


def test_no_note_on_reaching_somebody_safely_is_missed_among_many_with_such_a_name(desk: Desk):
    for number in range(directory.MOST_OFFERED + 1):
        put(desk, "professional", name=f"Amber Zinc Anvil {number}", prison="EP", role="school")
    put(desk, "professional", name="Zinc Anvil", prison="EP", role="school", safe_contact="Never by post.")
    assert directory.safe_contact_note(desk.store, "", "Zinc Anvil") == "Never by post."


# --- the mailbox ---


def message(desk: Desk, **more: Any) -> str:
    said = {"received": "2026-11-18T09:00", "from_whom": "Quillhaven School", "for_whom": "Puce Anchor", "prison": "EP",
            "message": "Parents’ evening is on the 12th."}  # fmt: skip
    return put(desk, "inbox_message", **{**said, **more})


def test_a_message_is_logged_in_her_case_file_in_one_step_and_followed_up(desk: Desk):
    came = message(desk)
    record = desk.store.record(came)
    assert record is not None
    row = mailbox.seems_for(desk.store, desk.person, record, today=TODAY)
    assert row is not None
    assert row.case_file == PUCE
    assert came in [one.id for one in mailbox.waiting(desk.store, desk.person)]

    made = mailbox.log_message(desk.store, desk.person, came, now=NOW, case_file=row.case_file)

    contact = desk.store.record(made)
    assert contact is not None
    assert (contact.case_file, contact.text("direction"), contact.text("follow_up_by")) == (PUCE, "incoming", TODAY)
    assert "Parents’ evening is on the 12th." in contact.text("summary")
    logged = desk.store.record(came)
    assert logged is not None
    assert (logged.text("about"), logged.text("logged_on")) == (PUCE, TODAY)
    assert came not in [one.id for one in mailbox.waiting(desk.store, desk.person)]


def test_logging_a_message_is_one_save_that_one_undo_takes_back(desk: Desk):
    came = message(desk, received="2026-11-17T09:00")
    made = mailbox.log_message(desk.store, desk.person, came, now=NOW, case_file=PUCE)
    undo_last_save(desk.store, desk.person, now=NOW)
    assert desk.store.record(made) is None
    assert came in [one.id for one in mailbox.waiting(desk.store, desk.person)]


def test_a_message_that_a_colleague_logged_meanwhile_is_not_logged_again(desk: Desk):
    came = message(desk, received="2026-11-16T09:00")
    mailbox.log_message(desk.store, desk.person, came, now=NOW, case_file=PUCE)
    before = len(desk.store.records("contact"))
    with pytest.raises(MessageLogged):
        mailbox.log_message(desk.store, desk.person, came, now=NOW, case_file=case_file_id("Z-002"))
    assert len(desk.store.records("contact")) == before


def test_a_message_for_a_woman_without_a_case_file_waits_and_can_be_answered(desk: Desk):
    came = message(desk, for_whom="Ochre Nobody")
    record = desk.store.record(came)
    assert record is not None
    assert mailbox.seems_for(desk.store, desk.person, record, today=TODAY) is None
    before = len(desk.store.records("contact"))
    with pytest.raises(AnswersRefused):
        mailbox.log_message(desk.store, desk.person, came, now=NOW)
    assert len(desk.store.records("contact")) == before
    mailbox.note_answered(desk.store, desk.person, came, now=NOW)
    assert came not in [one.id for one in mailbox.waiting(desk.store, desk.person)]
    with pytest.raises(MessageAnswered):
        mailbox.note_answered(desk.store, desk.person, came, now=NOW)


def test_today_tells_the_messages_that_nobody_answered(desk: Desk):
    from tac_desktop.actions.drafts import drafts_of

    came = message(desk, received="2026-11-01T09:00")
    drafts = drafts_of(desk.vault)
    told = caseload.today(desk.store, drafts, desk.person, TODAY).messages
    drafts.close()
    assert told[0].id == came


def test_a_restricted_case_file_is_named_by_nothing_that_the_office_keeps(desk: Desk):
    case = put(desk, "mother", reference="Z-009", name="Sepia Spindle", prison="EP")
    came = message(desk, for_whom="Sepia Spindle")
    restriction.restrict(desk.store, desk.person, case, people=[], reason="A sister works here.", now=NOW)
    with pytest.raises(AnswersRefused) as refused:
        message(desk, about=case)
    assert refused.value.problems == {"about": NOT_A_RESTRICTED_ONE}
    made = mailbox.log_message(desk.store, desk.person, came, now=NOW, case_file=case)
    contact, logged = desk.store.record(made), desk.store.record(came)
    assert contact is not None
    assert logged is not None
    assert (contact.case_file, logged.text("about"), logged.text("logged_on")) == (case, "", TODAY)
    assert "Parents’ evening" in contact.text("summary")
    assert (logged.text("for_whom"), logged.text("message")) == ("", "")
    ochre = Person(id="ochre", name="Ochre Saddle", role="worker", prison="EP")
    manager, desk.vault.person = desk.person, ochre
    try:
        told = {change.field for change in reading.history_of(desk.store, ochre, came)}
    finally:
        desk.vault.person = manager
    assert "from_whom" in told
    assert not told & {"about", "for_whom", "message"}
    assert "message" in {change.field for change in reading.history_of(desk.store, manager, came)}


@pytest.mark.parametrize("named", ["before", "then", "corrected"])
def test_a_message_that_went_into_a_restricted_case_file_goes_with_it(desk: Desk, named: str):
    case = put(desk, "mother", reference=f"Z-{named}", name="Teal Spindle", prison="EP")
    came = message(desk, for_whom="Teal Spindle", **({"about": case} if named == "before" else {}))
    other = message(desk, for_whom="Somebody else", received="2026-11-19T08:01")
    restriction.restrict(desk.store, desk.person, case, people=[], reason="A sister works here.", now=NOW)
    made = mailbox.log_message(desk.store, desk.person, came, now=NOW, case_file=case)
    if named == "corrected":
        contact = desk.store.record(made)
        assert contact is not None
        answers = {**contact.answers, "who": "Quillhaven Junior School", "at": "2026-11-18T08:30"}
        save_answers(
            desk.store, desk.person, forms.ALL["contact"], answers=answers, now=NOW, case_file=case, record_id=made
        )
    entries = {cid for cids in desk.store.disposal.contents(case).entries.values() for cid in cids}
    assert {entry.cid for entry in desk.store.history(came)} <= entries
    assert not {entry.cid for entry in desk.store.history(other)} & entries


def test_a_contact_with_staff_about_one_woman_is_found_in_her_case_file_search_and_goes_with_it(desk: Desk):
    made = put(
        desk, "staff_contact", at="2026-11-20T10:00", purposes=("advice",), prison="EP", who="Officer Bellows",
        about=PUCE, summary="Asked how a visit is booked.",
    )  # fmt: skip
    record = desk.store.record(made)
    assert record is not None
    assert (record.case_file, record.stream) == (PUCE, office_stream("EP"))
    assert made in {hit.record.id for hit in desk.store.search("Bellows")}
    assert office_stream("EP") in desk.store.disposal.contents(PUCE).entries


def test_that_she_was_told_is_noted_by_whom(desk: Desk):
    made = put(desk, "childrens_social_worker", PUCE, name="Ochre Saddle", from_date="2026-11-10")
    note_told(desk.store, desk.person, PUCE, made, now=NOW)
    told = desk.store.record(made)
    assert told is not None
    assert (told.text("mother_told"), told.text("told_how")) == (TODAY, f"By {desk.person.name}")


def test_who_asks_for_what_is_kept_about_her_is_shown_what_the_office_keeps_of_her(desk: Desk):
    case = put(desk, "mother", reference="Z-007", name="Amber Thimble", prison="EP")
    came = message(desk, about=case, from_whom="Ochre Bellows")
    message(desk, from_whom="Somebody else’s")
    gone = message(desk, about=case, from_whom="Teal Spanner", received="2026-11-18T08:00")
    remove(desk.store, desk.person, gone, "Written twice.", now=NOW)
    request = put(desk, "access_request", case, about="mother", received="2026-11-01", asked_by="Amber Thimble")
    told = {(item.kept.record.id, item.kept.question): item for item in gather(desk.store, request).items}
    assert (came, "message") in told
    assert told[(came, "from_whom")].waits
    assert (gone, "message") in told
    assert {record for record, _ in told} <= {case, came, gone, request}


# --- between vaults ---


def at_prison(folder: Path, prison: str, name: str) -> Desk:
    vault = open_vault(folder, name=name, role="worker", prison=prison, passphrase=PASSPHRASE)
    return Desk(vault, Store(vault))


def test_what_an_office_keeps_reaches_who_works_with_its_prison_and_nobody_else(tmp_path: Path):
    desks = [at_prison(tmp_path / name, prison, name) for name, prison in (("A", "EP"), ("B", "EP"), ("C", "SEND"))]
    mine, near, far = desks
    cards = acquainted(tmp_path, *desks)
    agency = put(mine, "agency", name="Quillhaven team", prison="EP")
    umber = put(mine, "professional", name="Umber Kettle", prison="EP", agency=agency)
    case = put(mine, "mother", reference="Z-001", name="Puce Anchor", prison="EP")
    worker = put(mine, "childrens_social_worker", case, name="Umber Kettle", professional=umber)
    elsewhere = put(mine, "professional", name="Sepia Trowel", prison="SEND")
    send(mine, cards[1], near, tmp_path / "near.tacb", cases=[office_stream("EP")])
    send(mine, cards[2], far, tmp_path / "far.tacb", cases=[office_stream("SEND")])

    assert [one.id for one in near.store.records("professional")] == [umber]
    assert [one.id for one in far.store.records("professional")] == [elsewhere]
    assert [one.name for one in directory.offered(near.store, "professional", "umb")] == ["Umber Kettle"]
    changed = save_answers(
        near.store, near.person, forms.ALL["professional"], now=NOW, record_id=umber,
        answers={"name": "Umber Kettle", "prison": "EP", "agency": agency, "phone": "01234"},
    )  # fmt: skip
    send(near, cards[0], mine, tmp_path / "back.tacb", cases=[office_stream("EP")])
    back = mine.store.record(changed)
    assert back is not None
    assert back.text("phone") == "01234"
    kept = mine.store.record(worker)
    assert kept is not None
    assert kept.text("name") == "Umber Kettle"
    for one in desks:
        one.store.close()
        one.vault.close()


def test_a_link_that_dangles_leaves_the_name_and_the_record_can_be_saved(tmp_path: Path):
    mine, theirs = at_prison(tmp_path / "A", "EP", "A"), at_prison(tmp_path / "B", "SEND", "B")
    umber = put(mine, "professional", name="Umber Kettle", prison="EP")
    case = put(mine, "mother", reference="Z-001", name="Puce Anchor", prison="EP")
    worker = put(mine, "childrens_social_worker", case, name="Umber Kettle", professional=umber)
    from tac_desktop.actions.handing_over import hand_over

    cards = acquainted(tmp_path, mine, theirs)
    hand_over(mine.vault, mine.store, case, cards[1], kind="transfer", reason="Moved.", now=NOW)
    send(mine, cards[1], theirs, tmp_path / "over.tacb", cases=[case])
    there = theirs.store.record(worker)
    assert there is not None
    assert directory.entry(theirs.store, umber) is None
    assert there.text("name") == "Umber Kettle"
    answers = {**there.answers, "phone": "01234"}
    save_answers(
        theirs.store, theirs.person, forms.ALL["childrens_social_worker"], answers=answers, now=NOW, case_file=case,
        record_id=worker,
    )  # fmt: skip
    for one in (mine, theirs):
        one.store.close()
        one.vault.close()


def test_a_closed_case_is_left_out_of_what_the_office_keeps(desk: Desk):
    came = message(desk, about=PUCE)
    ochre = Person(id="ochre", name="Ochre Saddle", role="worker", prison="EP")
    restriction.restrict(desk.store, desk.person, PUCE, people=[], reason="A sister works here.", now=NOW)
    manager, desk.vault.person = desk.person, ochre
    try:
        assert came not in [one.id for one in mailbox.messages(desk.store, ochre)]
        told = reading.office_records(desk.store, ochre, "staff_contact")
        assert [one for one in told if one.case_file == PUCE] == []
    finally:
        desk.vault.person = manager
        restriction.lift(desk.store, manager, PUCE, now=NOW)
