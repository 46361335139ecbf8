"""Every action asks whether the role includes it: all are found, and each is tried with a vault of every role."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Final, cast

import pytest

from tac_desktop import actions
from tac_desktop.actions import vaults
from tac_desktop.actions.permitted import is_permitted, permitted, roles_here
from tac_desktop.casework import forms
from tac_desktop.casework.people import ROLES, Person, Role
from tac_desktop.casework.permissions import STOOD_IN_FOR, TABLE, Deed, may, may_write, reading, who_may, writing
from tac_desktop.errors import NotPermitted
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tests.actions.conftest import PASSPHRASE, Desk

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "people.md"

UNASKED: Final = {
    # opening and closing a vault, and the stores of one that is open: who has the pass-phrase may
    "vaults": {"unmake", "noted", "leave", "store_of", "reading"},
    "drafts": {"drafts_of"},
    # the gates themselves
    "permitted": {"refuse_unpermitted", "is_permitted", "roles_here"},
    "restriction": {"closed_cases", "may_open", "refuse_closed", "without_closed"},
    # the audit notes whoever does something
    "audit": {"note_event", "note_view", "note_unlocked", "note_locked"},
    # everybody sees what she did herself; what others did they show to nobody but who may read the audit
    "audit_reading": {"offered", "sees_all", "numbers", "page"},
    "audit_words": {"Names"},
    "audit_seals": {"sealed_end", "end_check"},
    "audit_export": {"asked_in_words"},
    # whom the vault trusts and who has which case file: asked inside other actions, and tells of no case
    "cards": {
        "trusted_cards", "accepted_cards", "whom_we_trust", "judge_of", "identity_of", "own_trusted", "own_ids"
    },
    "known_seals": {"ever_known"},
    "renewed": {"follow_renewals", "held_of", "end_of"},
    "rights": {"may_hand_over", "recipient_of", "devices_of", "Rights"},
    "seals": {"signers_here", "refuse_unsealable"},
    "service": {"service_of"},
    "service_file": {
        "held_file", "the_file", "keep_file", "roster_seed_of", "as_registrar", "note_compared", "issue",
        "refuse_old_roster", "what_travels", "Judge",
    },
    # parts of an action that has asked
    "addenda": {"as_shown", "was_sealed", "is_closed_by_seal", "refuse_sealed"},
    "answers": {"refuse_answer", "changes_of"},
    "case_checks": {"refuse_beside", "wrong_beside"},
    "case_workers": {"changes_for"},
    "comments": {"shown_as"},
    "departures": {"opened", "refuse_streams_that_stay"},
    "taking_in": {"note_refusal", "taken_in"},
    "removing": {"removal"},
    "recovery": {"let_emergency_key_in"},
    "conflict_sides": {"Writers"},
    "parcels": {
        "streams_for", "may_have", "load_for", "parcel_of", "attachment_of", "must_tell_all", "waiting_entries"
    },
    "sending": {"Sending"},
    "volumes": {"interrupted", "rest_of"},
}  # fmt: skip
"""What takes a vault or a store and is no deed of a person, by module, with the reason above it."""


def takes_a_vault(thing: Callable[..., object]) -> bool:
    asked = thing.__init__ if inspect.isclass(thing) else thing
    kinds = [kind for name, kind in inspect.get_annotations(asked).items() if name != "return"]
    return any(getattr(kind, "__name__", kind) in ("Vault", "Store") for kind in kinds)


def everything_that_takes_a_vault() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Yield module, name and function (or class) of all that is public in the actions and takes a vault or a store."""
    for found in pkgutil.iter_modules(actions.__path__):
        module = importlib.import_module(f"tac_desktop.actions.{found.name}")
        for name, thing in vars(module).items():
            own = getattr(thing, "__module__", "") == module.__name__ and not name.startswith("_")
            if own and (inspect.isfunction(thing) or inspect.isclass(thing)) and takes_a_vault(thing):
                yield found.name, name, thing


ALL = list(everything_that_takes_a_vault())
DEEDS = [pytest.param(action, id=f"{module}.{name}") for module, name, action in ALL if hasattr(action, "deed")]


@pytest.fixture(scope="module")
def vault_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Role], Desk]]:
    """Give the vault of a person in a role, to which nobody else belongs; it is only looked at."""
    made: dict[Role, Desk] = {}

    def of(role: Role) -> Desk:
        if role not in made:
            vault, _ = vaults.create(
                tmp_path_factory.mktemp("roles") / role, name="Slate Kettle", role=role, prison="",
                passphrase=PASSPHRASE, profile=CHEAPEST,
            )  # fmt: skip
            made[role] = Desk(vault, Store(vault))
        return made[role]

    yield of
    for desk in made.values():
        desk.store.close()
        desk.vault.close()


def test_every_action_says_which_deed_it_is_or_stands_among_those_that_are_none():
    unasked = {(module, name) for module, name, action in ALL if not hasattr(action, "deed")}
    assert unasked == {(module, name) for module, names in UNASKED.items() for name in names}
    assert len(DEEDS) > 70


def test_every_deed_is_asked_for_by_an_action():
    sources = "".join(path.read_text("utf-8") for path in Path(actions.__file__).parent.glob("*.py"))
    of_forms = {reading(form) for form in forms.ALL.values()} | {writing(form) for form in forms.ALL.values()}
    assert {deed.name for deed in set(Deed) - of_forms if f"Deed.{deed.name}" not in sources} == set()


@pytest.mark.parametrize("action", DEEDS)
def test_whose_role_does_not_include_an_action_is_refused_before_it_begins(action, vault_of):
    deed = cast("Deed", action.deed)
    for role in ROLES:
        desk = vault_of(role)
        if not is_permitted(desk.vault, deed):
            kinds = {name: getattr(kind, "__name__", kind) for name, kind in inspect.get_annotations(action).items()}
            given = {"Vault": desk.vault, "Store": desk.store}
            with pytest.raises(NotPermitted) as refused:
                action(*(given.get(kind) for name, kind in kinds.items() if name != "return"))
            assert deed.value in str(refused.value)
            assert who_may(deed).casefold() in str(refused.value).casefold()
            assert "Nothing was changed." in str(refused.value)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("deed", Deed, ids=lambda deed: deed.name)
def test_a_role_may_do_what_the_guide_says_and_nothing_else(deed: Deed, role: Role, vault_of):
    begun: list[Deed] = []

    @permitted(deed)
    def at_once(store: "Store") -> str:
        begun.append(deed)
        return store.vault.person.role

    @permitted(deed)
    def step_by_step(store: "Store") -> Generator[int, None, None]:
        begun.append(deed)
        yield len(store.vault.people())

    desk, cell = vault_of(role), told_in_the_guide()[deed][role]
    if cell in ("yes", "stands in"):  # nobody else belongs to this vault
        assert at_once(desk.store) == role
        assert list(step_by_step(store=desk.store)) == [1]
    else:
        for action in (at_once, step_by_step):
            with pytest.raises(NotPermitted):
                action(desk.store)
        assert begun == []


def told_in_the_guide() -> dict[Deed, dict[Role, str]]:
    rows = [line.strip("|\n").split("|") for line in GUIDE.read_text("utf-8").splitlines() if line.startswith("| ")]
    told = {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows[1:]}
    assert all(len(cells) == len(ROLES) for cells in told.values())
    return {
        deed: dict(zip(ROLES, told.pop(f"{deed.value[0].upper()}{deed.value[1:]}"), strict=True)) for deed in Deed
    } | ({} if not told else {"too much": told})  # pyright: ignore[reportReturnType]


def test_the_guide_has_the_whole_table_and_nothing_besides():
    told = told_in_the_guide()
    assert list(told) == list(Deed)
    for deed, roles in told.items():
        for role, cell in roles.items():
            included = "yes" if role in TABLE[deed] else "stands in" if deed in STOOD_IN_FOR else "no"
            assert (deed.name, role, cell) == (deed.name, role, included)


def test_a_worker_stands_in_only_where_neither_a_manager_nor_an_administrator_belongs_to_the_vault(make_desk):
    vault = make_desk("worker").vault
    assert is_permitted(vault, Deed.LOOK_AFTER_PEOPLE)
    assert not is_permitted(vault, Deed.DISPOSE)
    slot = vault.add_person(Person(id="p2", name="Plum Anvil", role="admin"), "four quiet copper kettles", CHEAPEST)
    assert roles_here(vault) == {"worker", "admin"}
    assert not is_permitted(vault, Deed.LOOK_AFTER_PEOPLE)
    vault.remove_slot(slot)
    assert is_permitted(vault, Deed.LOOK_AFTER_PEOPLE)


def test_what_only_managers_do_with_a_case_file_only_they_write():
    for form in ("case_restriction", "retention", "disposal", "access_request", "access_decision"):
        assert [role for role in ROLES if may_write(role, forms.ALL[form])] == ["manager"]


def test_nobody_acts_in_the_name_of_another(vault_of):
    @permitted(Deed.READ_CASES)
    def act(store: "Store", person: Person) -> str:
        return f"{person.name} of {len(store.vault.people())}"

    desk = vault_of("worker")
    assert act(desk.store, person=desk.person) == "Slate Kettle of 1"
    with pytest.raises(NotPermitted):
        act(desk.store, Person(id="m", name="Plum Anvil", role="manager"))


def test_an_action_without_vault_and_store_cannot_be_asked():
    with pytest.raises(TypeError, match="no vault"):

        @permitted(Deed.READ_CASES)
        def act(number: int) -> int:  # pyright: ignore[reportUnusedFunction]
            return number


def test_whoever_may_do_something_is_named_in_words():
    assert who_may(Deed.DISPOSE) == "managers"
    assert who_may(Deed.ISSUE_PAPERS) == "social workers and managers"
    assert who_may(Deed.READ_CASES) == "social workers, family engagement workers and managers"
    assert not may("admin", Deed.READ_CASES)
