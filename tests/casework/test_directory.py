"""Which entries of the directory seem to be one person or place, and which do not."""

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.directory import DirectoryEntry, seem_one, there_twice


def entry(
    number: int, name: str, email: str = "", local_authority: str = "", form: str = "professional"
) -> DirectoryEntry:
    return DirectoryEntry(
        number=number, record_id=f"r{number}", form=form, name=name, email=email, local_authority=local_authority
    )


ENTRIES = st.lists(
    st.builds(
        entry, st.integers(1, 40), st.sampled_from(("Puce Kettle", "KETTLE, Puce", "Ochre Bracket", "")),
        st.sampled_from(("", "p.kettle@example.org", "P.Kettle@example.org", "o@example.org")),
        st.sampled_from(("", "Bristol", "Surrey")), st.sampled_from(("professional", "agency")),
    ),
    max_size=8, unique_by=lambda one: one.number,
)  # fmt: skip


def numbers(*entries: DirectoryEntry) -> list[list[int]]:
    return [[one.number for one in several] for several in there_twice(entries)]


def test_one_name_in_another_order_is_there_twice_unless_two_authorities_speak_against_it():
    assert numbers(entry(1, "Puce Kettle"), entry(2, "KETTLE, Puce", local_authority="Bristol")) == [[1, 2]]
    assert numbers(entry(1, "Puce Kettle", local_authority="Surrey"), entry(2, "Puce Kettle", "", "Bristol")) == []
    assert numbers(entry(1, "Puce Kettle"), entry(2, "Puce Kettle", form="agency")) == []


def test_one_e_mail_address_is_enough_whatever_the_names_are_since_somebody_married():
    assert numbers(entry(1, "Puce Kettle", "p@example.org"), entry(2, "Puce Saddle", "P@example.org")) == [[1, 2]]


@given(ENTRIES)
def test_every_two_that_seem_one_stand_in_one_list_and_nobody_stands_alone_or_twice(entries: list[DirectoryEntry]):
    found = there_twice(entries)
    of = {one.record_id: at for at, several in enumerate(found) for one in several}
    assert len(of) == sum(map(len, found))
    for one in entries:
        others = [other for other in entries if seem_one(one, other)]
        assert (one.record_id in of) is bool(others)
        assert all(of[other.record_id] == of[one.record_id] for other in others)
    for several in found:
        assert [entries.index(one) for one in several] == sorted(entries.index(one) for one in several)
