"""Asks before an action whether the role of the person at work includes it."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from tac_desktop.casework.people import Role
from tac_desktop.casework.permissions import STOOD_IN_FOR, Deed, Refusal, may
from tac_desktop.errors import NotPermitted

if TYPE_CHECKING:
    from tac_desktop.storage.vault import Vault

Asked = ParamSpec("Asked")
Given = TypeVar("Given")
_KEEPERS: Final = frozenset({"Vault", "Store", "Drafts"})
"""By whichever of them comes first among its arguments an action knows who is at work."""


def permitted(deed: Deed) -> Callable[[Callable[Asked, Given]], Callable[Asked, Given]]:
    """Return a decorator for an action that only those may do whose role includes a deed.

    The person is asked for before anything else happens, of a generator at its call. The action carries the deed as
    `deed`, for whoever offers it.

    Args:
        deed: What the action does.
    """

    def guard(action: Callable[Asked, Given]) -> Callable[Asked, Given]:
        place, name = _keeper(action)

        @wraps(action)
        def guarded(*args: Asked.args, **kwargs: Asked.kwargs) -> Given:
            keeper: Any = args[place] if len(args) > place else kwargs[name]
            refuse_unpermitted(getattr(keeper, "vault", keeper), deed)
            return action(*args, **kwargs)

        vars(guarded)["deed"] = deed
        return guarded

    return guard


def refuse_unpermitted(vault: "Vault", deed: Deed) -> None:
    """Raise NotPermitted if the role of the person at work does not include a deed."""
    if not is_permitted(vault, deed):
        raise NotPermitted(deed.value, Refusal(deed).who)


def is_permitted(vault: "Vault", deed: Deed) -> bool:
    """Say whether the person at work may do something: what her role includes, and what nobody else here could do."""
    role = vault.person.role
    if may(role, deed):
        return True
    return deed in STOOD_IN_FOR and may(role, deed, roles_here(vault))


def roles_here(vault: "Vault") -> set[Role]:
    """Return the roles of everybody who can unlock the vault."""
    with_slots = {slot.person for slot in vault.key_file().slots}
    return {person.role for person in vault.people() if person.id in with_slots}


def _keeper(action: Callable[..., object]) -> tuple[int, str]:
    """Return the place and the name of the first argument by which an action knows who is at work."""
    for place, (name, kind) in enumerate(action.__annotations__.items()):
        if getattr(kind, "__name__", kind) in _KEEPERS:
            return place, name
    raise TypeError(f"{action.__qualname__} is given no vault and no store")
