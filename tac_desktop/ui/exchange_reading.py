"""What 'Send and receive' shows, read at once in the working thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.casework.permissions import Deed
from tac_desktop.ui.exchange_cards import Acquaintance
from tac_desktop.ui.exchange_send import Recipient
from tac_desktop.ui.exchange_words import recipient_words, who_words

if TYPE_CHECKING:
    from tac_desktop.actions.beyond import Beyond
    from tac_desktop.actions.card_sheets import CardShown
    from tac_desktop.actions.cards import Trusted
    from tac_desktop.actions.service import Service
    from tac_desktop.actions.standing import PastBundle, Standing
    from tac_desktop.actions.vaults import Store, Vault


@dataclass(frozen=True, kw_only=True)
class Known:
    """One look at cards, service, colleagues and bundles."""

    card: "CardShown"
    trusted: "list[Trusted]"
    """Whom one may write for."""
    service: "Service | None"
    standing: "list[Standing]"
    history: "list[PastBundle]"
    split: bool
    """Whether this very vault was restored from a backup, or copied."""
    beyond: "list[Beyond]"
    """What lies here of withdrawn members beyond the end of what counts, for who may keep a roster."""


def read_known(vault: "Vault", store: "Store", now: datetime, *, exchanges: bool) -> Known:
    """Read everything; without `exchanges` (an administrator) nothing of bundles."""
    from tac_desktop.actions import card_sheets, cards, service, standing
    from tac_desktop.actions.beyond import beyond_the_end
    from tac_desktop.actions.permitted import is_permitted

    return Known(
        card=card_sheets.card_shown(vault, now=now),
        trusted=cards.trusted_cards(store),
        service=service.service_of(store, now=now),
        standing=standing.standing(vault, store, today=now.date().isoformat()) if exchanges else [],
        history=standing.bundle_history(store) if exchanges else [],
        split=exchanges and any(fork.device == vault.device_id for fork in standing.forks(store)),
        beyond=beyond_the_end(vault, store) if is_permitted(vault, Deed.KEEP_ROSTER) else [],
    )


def recipients(known: Known) -> list[Recipient]:
    """Return whom one can write for, with how it stands with each."""
    standing = {one.device: one for one in known.standing}
    return [
        Recipient(
            trusted.card.device_id.hex(),
            trusted.card.name,
            _who(trusted),
            recipient_words(standing.get(trusted.card.device_id), trusted.role),
        )
        for trusted in known.trusted
        if trusted.status == "active" and trusted.role != "admin"
    ]


def acquaintances(known: Known) -> list[Acquaintance]:
    """Return whose cards are believed here."""
    return [Acquaintance(one.card.name, one.role, _sites(one), one.status) for one in known.trusted]


def _sites(trusted: "Trusted") -> tuple[str, ...]:
    return trusted.sites or ((trusted.card.prison,) if trusted.card.prison else ())


def _who(trusted: "Trusted") -> str:
    return who_words(trusted.card.name, trusted.role, _sites(trusted))
