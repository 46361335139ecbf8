"""Asks before an action whether the role of the person at work includes it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from tac_desktop.actions.audit import note_event
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.form import Form
from tac_desktop.casework.people import Person, Role
from tac_desktop.casework.permissions import STOOD_IN_FOR, Deed, may, reading, who_may, writing
from tac_desktop.errors import NotPermitted, TacError

if TYPE_CHECKING:
    from tac_desktop.storage.vault import Vault

Asked = ParamSpec("Asked")
Given = TypeVar("Given")
_KEEPERS: Final = frozenset({"Vault", "Store"})
"""By whichever of them comes first among its arguments an action knows who is at work."""


def permitted(deed: Deed) -> Callable[[Callable[Asked, Given]], Callable[Asked, Given]]:
    """Return a decorator for an action that only those may do whose role includes a deed.

    The person is asked for before anything else happens, of a generator at its call. An action that is told who is at
    work is refused where that is not the person who has unlocked the vault. It carries its deed as `deed`. What a role
    did not include is noted in the audit.

    Args:
        deed: What the action does.
    """

    def guard(action: Callable[Asked, Given]) -> Callable[Asked, Given]:
        keeper, person = _argument(action, _KEEPERS), _argument(action, frozenset({"Person"}))
        if keeper is None:
            raise TypeError(f"{action.__qualname__} is given no vault and no store")

        @wraps(action)
        def guarded(*args: Asked.args, **kwargs: Asked.kwargs) -> Given:
            held: Any = _given(keeper, args, kwargs)
            vault: Vault = getattr(held, "vault", held)
            if not is_permitted(vault, deed):
                _note_refused(held, deed)
            refuse_unpermitted(vault, deed)
            if person is not None and _given(person, args, kwargs) != vault.person:
                raise NotPermitted
            return action(*args, **kwargs)

        vars(guarded)["deed"] = deed
        return guarded

    return guard


def _note_refused(held: Any, deed: Deed) -> None:  # noqa: ANN401 - a Vault, a Store or the Drafts
    """Note in the audit what somebody's role did not let her do, where there is a store to note it in."""
    if hasattr(held, "audit"):
        with suppress(TacError):  # she is refused whether it can be noted or not
            now, facts = datetime.now().astimezone(), Facts(deed=deed.name.lower())
            note_event(held, held.vault.person, Event.REFUSED, now=now, facts=facts)


def refuse_unpermitted(vault: "Vault", deed: Deed) -> None:
    """Raise NotPermitted if the role of the person at work does not include a deed."""
    if not is_permitted(vault, deed):
        raise NotPermitted(deed.value, who_may(deed))


def refuse_unreadable(person: Person, form: Form) -> None:
    """Raise NotPermitted if a person may not read records of a form."""
    _refuse(person, reading(form))


def refuse_unwritable(person: Person, form: Form) -> None:
    """Raise NotPermitted if a person may not write records of a form."""
    _refuse(person, writing(form))


def _refuse(person: Person, deed: Deed) -> None:
    if not may(person.role, deed):
        raise NotPermitted(deed.value, who_may(deed))


def is_permitted(vault: "Vault", deed: Deed) -> bool:
    """Say whether the person at work may do something: what her role includes, and what nobody else here could do.

    Where the roles of a vault were lost, nobody knows who could: only who came in by the recovery code or by the
    organisation's key stands in then, and gives everybody her role again.
    """
    role = vault.person.role
    if may(role, deed) or deed not in STOOD_IN_FOR:
        return may(role, deed)
    return may(role, deed, roles_here(vault)) and (vault.came_in_by != "passphrase" or not vault.lost_roles)


def roles_here(vault: "Vault") -> set[Role]:
    """Return the roles of everybody who can unlock the vault."""
    with_slots = {slot.person for slot in vault.key_file().slots}
    return {person.role for person in vault.people() if person.id in with_slots}


def _argument(action: Callable[..., object], kinds: frozenset[str]) -> tuple[int, str] | None:
    """Return the place and the name of the first argument of one of these kinds; None if there is none."""
    for place, (name, kind) in enumerate(action.__annotations__.items()):
        if name != "return" and getattr(kind, "__name__", kind) in kinds:
            return place, name
    return None


def _given(argument: tuple[int, str], args: tuple[object, ...], kwargs: dict[str, object]) -> object:
    place, name = argument
    return args[place] if len(args) > place else kwargs[name]
