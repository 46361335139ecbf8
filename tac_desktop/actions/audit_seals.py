"""Seals under the audit: whoever unlocks or locks the vault signs where its history ends, and a check holds it to that.

The history of a vault is one chain over all its entries. Nobody can change what lies before somebody else's seal
without breaking it, for each seal key is wrapped under its owner's own pass-phrase.
"""

from typing import TYPE_CHECKING

from tac_desktop.actions.known_seals import Signer, as_documents, ever_known
from tac_desktop.casework.audit import Facts, end_text
from tac_desktop.casework.journal import b64, unb64
from tac_desktop.errors import NoSealKey

if TYPE_CHECKING:
    from tac_desktop.storage.device_checks import EndCheck
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


def sealed_end(vault: "Vault", store: "Store") -> Facts:
    """Return the end of the vault's history under the seal of the person at work, as facts for the audit.

    Nothing for a vault without an entry, and for who came in without a pass-phrase of her own.
    """
    from tac_desktop.export import sshsig

    end = store.audit.end()
    try:
        seed, key = vault.seal_seed(), vault.seal_key
    except NoSealKey:
        return {}
    if not end:
        return {}
    document = as_documents([(key, Signer(vault.person.id, vault.person.name))])
    if not all(store.trust_documents.read(name) == content for name, content in document.items()):
        store.trust_documents.keep(document)  # her key may be another one when the seal is checked
    return {"end": end, "signature": b64(sshsig.sign(seed, end_text(end), sshsig.AUDIT))}


def end_check(store: "Store") -> "EndCheck":
    """Return what says whether a person's signature under an end of the vault's history is hers."""
    from tac_desktop.export import sshsig

    keys: dict[str, list[bytes]] = {}
    for key, signer in ever_known(store).items():
        keys.setdefault(signer.person, []).append(key)
    for person, key in store.trust_documents.seal_keys().items():
        keys.setdefault(person, []).append(key)

    def holds(person: str, end: str, signature: str) -> bool:
        return any(_fits(key, end, signature) for key in keys.get(person, ()))

    def _fits(key: bytes, end: str, signature: str) -> bool:
        try:
            sshsig.verify(key, unb64(signature), end_text(end), sshsig.AUDIT)
        except ValueError:
            return False
        return True

    return holds
