"""Who may have a case file: nobody by her own word, everybody by the word of one who may."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.casework.handing_over import Grant, Step, entitled, grants_of, opener

TODAY = "2026-11-21"
US, MANAGER, HONEST, COLLEAGUE, CURIOUS, ACCOMPLICE = (bytes([n]) * 32 for n in range(6))
NAMES = {str(number): bytes([number]) * 32 for number in range(6)}
GUESSERS = (CURIOUS, ACCOMPLICE)


def step(record, by, at=1, *, to=None, **values):
    given = {"device": str(to[0])} if to else {}
    return Step(
        record_id=record, device=by, rank=(at, by, f"{record}{at}"), is_grant=to is not None,
        values=given | values,
    )  # fmt: skip


def allowed(steps, roots=(HONEST,), today=TODAY, us=US, managers=(MANAGER,)):
    authorities = {us, *managers} | {one for one in [opener(roots)] if one}
    return entitled(grants_of(steps, authorities, NAMES), authorities, today)


def test_who_opened_the_case_file_may_have_it_and_whom_she_hands_it_to():
    assert HONEST in allowed([])
    assert COLLEAGUE not in allowed([])
    assert COLLEAGUE in allowed([step("a", HONEST, to=COLLEAGUE)])


def test_who_received_it_may_hand_it_on():
    chain = [step("a", HONEST, to=COLLEAGUE), step("b", COLLEAGUE, 2, to=CURIOUS)]
    assert CURIOUS in allowed(chain)
    assert CURIOUS not in allowed(chain[1:])


def test_a_guessed_reference_opens_nothing():
    guesses = [
        step("a", CURIOUS, to=CURIOUS), step("b", CURIOUS, to=ACCOMPLICE), step("c", ACCOMPLICE, to=CURIOUS),
        step("d", CURIOUS, to=HONEST),
    ]  # fmt: skip
    for roots in ((HONEST,), (HONEST, CURIOUS), (HONEST, CURIOUS, ACCOMPLICE)):
        assert not allowed(guesses, roots) & set(GUESSERS)


def test_where_two_claim_to_have_opened_it_a_person_has_to_decide():
    assert HONEST not in allowed([], (HONEST, CURIOUS))
    assert HONEST in allowed([step("a", MANAGER, to=HONEST)], (HONEST, CURIOUS))


def test_a_cover_ends_on_its_day_or_when_it_is_ended():
    cover = step("a", HONEST, to=COLLEAGUE, until="2026-11-21")
    assert COLLEAGUE in allowed([cover])
    assert COLLEAGUE not in allowed([cover], today="2026-11-22")
    for who in (HONEST, COLLEAGUE, MANAGER, US):
        assert COLLEAGUE not in allowed([cover, step("a", who, 2, ended=TODAY)])


def test_a_stranger_neither_ends_a_hand_over_nor_turns_it_to_herself():
    handed = [step("a", HONEST, to=COLLEAGUE, until="2026-12-01")]
    for meddled in ({"ended": TODAY}, {"until": "2020-01-01"}, {"device": str(CURIOUS[0])}):
        assert allowed([*handed, step("a", CURIOUS, 9, **meddled)]) == allowed(handed)
    assert allowed([*handed, step("a", CURIOUS, 9, to=CURIOUS)]) == allowed(handed)
    assert allowed([*handed, step("a", CURIOUS, 9, to=ACCOMPLICE, ended=TODAY)]) == allowed(handed)


def test_a_cover_is_made_longer_by_who_gave_it():
    steps = [step("a", HONEST, to=COLLEAGUE, until="2026-11-01"), step("a", HONEST, 2, until="2026-12-01")]
    assert COLLEAGUE in allowed(steps)
    assert COLLEAGUE not in allowed(steps, today="2026-12-02")


def test_who_received_it_can_give_it_back_but_not_keep_it_longer():
    cover = step("a", HONEST, to=COLLEAGUE, until="2026-11-01")
    assert COLLEAGUE not in allowed([cover, step("a", COLLEAGUE, 2, until="2027-01-01")])
    ended = [step("a", HONEST, to=COLLEAGUE), step("a", HONEST, 2, ended=TODAY)]
    assert COLLEAGUE not in allowed([*ended, step("a", COLLEAGUE, 3, ended=None)])
    assert COLLEAGUE not in allowed([ended[0], step("a", COLLEAGUE, 3, ended=TODAY)])


def test_what_is_no_text_or_names_nobody_grants_nothing():
    for value in (None, True, 5, {"not_known": ""}, "6", ""):
        assert allowed([Step(record_id="a", device=HONEST, rank=(1, b"", ""), is_grant=True,
                             values={"device": value})]) == {US, MANAGER, HONEST}  # fmt: skip


HONEST_ONES = (US, MANAGER, HONEST, COLLEAGUE)
EVERYBODY = HONEST_ONES + GUESSERS
DAYS = st.sampled_from(["", "2026-11-20", "2026-11-22", None, True])


def steps_by(writers, to):
    return st.lists(
        st.builds(
            lambda record, device, at, to, until, ended: step(
                record, device, at, to=to, **({"until": until} if until else {}), **({"ended": ended} if ended else {})
            ),
            st.sampled_from("abc"), st.sampled_from(writers), st.integers(1, 9),
            st.one_of(st.none(), st.sampled_from(to)), DAYS, DAYS,
        ),
        max_size=8,
    )  # fmt: skip


@given(steps_by(HONEST_ONES, HONEST_ONES), steps_by(GUESSERS, EVERYBODY), st.sets(st.sampled_from(GUESSERS)))
@settings(max_examples=400, deadline=None)
def test_whatever_the_uninvited_write_it_neither_lets_them_in_nor_puts_others_out(honest, guessed, roots):
    before = allowed(honest)
    after = allowed([*honest, *guessed])
    assert after == before
    assert not allowed([*honest, *guessed], (HONEST, *roots)) & set(GUESSERS)


@given(steps_by(EVERYBODY, EVERYBODY), st.randoms())
@settings(max_examples=200, deadline=None)
def test_the_order_in_which_hand_overs_arrive_does_not_matter(steps, chance):
    steps = [Step(record_id=s.record_id, device=s.device, rank=(s.rank[0], s.device, str(place)),
                  is_grant=s.is_grant, values=s.values) for place, s in enumerate(steps)]  # fmt: skip
    shuffled = list(steps)
    chance.shuffle(shuffled)
    assert allowed(shuffled) == allowed(steps)


def all_chains(grants, authorities, today):
    """Say by definition who is entitled: to whom a chain of hand-overs that hold leads from an authority."""
    found = set(authorities)
    for _ in grants:
        found |= {g.to for g in grants if g.by in found and not g.ended and not ("" < g.until < today)}
    return found


@given(st.lists(st.builds(
    Grant, record_id=st.just("a"), by=st.sampled_from(EVERYBODY), to=st.sampled_from(EVERYBODY),
    until=st.sampled_from(["", "2026-11-20", "2026-11-22"]), ended=st.sampled_from(["", TODAY]),
), max_size=10))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_everybody_to_whom_a_chain_leads_is_entitled_and_nobody_else(grants):
    assert entitled(grants, {US, HONEST}, TODAY) == all_chains(grants, {US, HONEST}, TODAY)
