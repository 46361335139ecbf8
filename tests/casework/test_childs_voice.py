"""What a child says, how contact is for it, and what it knows: the newest word of each, with day and source."""

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.childs_voice import voice_of
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.record import Record


def record(form: str, record_id: str, **answers: Answer) -> Record:
    return Record(id=record_id, form=form, version=1, case_file="m", stream="m", answers=answers)


TEAL = record("child", "teal", name="Teal Anchor", wishes="“One for Hazel too.”")


def voices(*records: Record, child: Record = TEAL) -> dict[str, tuple[str, str]]:
    return {one.label: (one.words, one.source) for one in voice_of(child, by_form(records))}


def test_the_newest_words_stand_with_who_heard_them_where_and_when():
    old = record("child_view", "a", child="teal", date="2026-01-01", wishes="Ring.", heard_by="Coral", after="Slept.")
    new = record("child_view", "b", child="teal", date="2026-02-01", wishes="I want to ring.", heard_by="Ruby Harbour",
                 where="while drawing")  # fmt: skip
    others = record("child_view", "c", child="mauve", date="2026-03-01", wishes="No.")
    assert voices(new, old, others) == {
        "What the child says": ("I want to ring.", "1 February 2026, heard by Ruby Harbour, while drawing"),
        "After contact": ("Slept.", "1 January 2026"),
    }


def test_where_nobody_wrote_a_day_the_words_in_the_child_s_record_stand():
    assert voices() == {"What the child says": ("“One for Hazel too.”", "written in the child’s record")}
    assert voices(child=record("child", "teal", name="Teal")) == {}


def test_what_the_child_knows_stands_with_who_told_it_and_who_wishes_otherwise():
    told = record("told_child", "t", child="teal", date="2026-02", knows="prison", what="In a house with rules.",
                  told_by="Ruby Harbour", with_what="a picture book", asked_by="The father")  # fmt: skip
    said = voices(told, child=record("child", "teal", name="Teal"))
    assert said["What the child knows"] == (
        "That she is in prison. In a house with rules.", "February 2026, told by Ruby Harbour, with a picture book",
    )  # fmt: skip
    assert said["Told otherwise"][0] == "The father wishes that the child is told otherwise"


def test_readiness_and_the_next_small_step_stand_together_and_whom_it_is_kept_from_is_told():
    view = record("child_view", "v", child="teal", ready="small_steps", next_step="A letter first.",
                  withheld_from=("mother",))  # fmt: skip
    [ready] = voice_of(record("child", "teal", name="Teal"), by_form([view]))
    assert (ready.words, ready.source, ready.kept_from) == (
        "In small steps. A letter first.", "day not recorded", "the mother",
    )  # fmt: skip


def test_who_wishes_the_child_told_otherwise_is_kept_from_whom_the_rest_is_kept_from():
    told = record("told_child", "t", child="mauve", date="2026-01-01", what="Away.", asked_by="Grey Kettle",
                  withheld_from=("mother",))  # fmt: skip
    heard = voice_of(record("child", "mauve"), {"told_child": [told]})
    assert {one.kept_from for one in heard} == {"the mother"}


def test_the_newest_words_are_those_of_the_latest_day_whenever_they_were_written_down():
    later = record("child_view", "a", child="teal", date="2026-02-01", wishes="A letter.")
    typed_after = record("child_view", "b", child="teal", date="2026-01-01", wishes="A call.")
    assert voices(later, typed_after)["What the child says"][0] == "A letter."
