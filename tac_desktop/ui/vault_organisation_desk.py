"""What happens behind the organisation's key: it is set, tried with two sheets, and taken away."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from tac_desktop.ui.ask_texts import Asked, AskTexts
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.vault_part import VaultDesk
from tac_desktop.ui.vault_recovery import RecoveryPart
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store


class OrganisationDesk(VaultDesk):
    """Looks after one card of the part of pass-phrase and recovery."""

    def __init__(self, bench: Workbench, part: RecoveryPart, jobs: PartJobs, parent: QObject) -> None:
        """Take the part, which somebody else fills."""
        super().__init__(bench, part, jobs, parent)
        part.follow_wanted.connect(self._follow)
        part.key_wanted.connect(self._ask_key)
        part.try_sheets_wanted.connect(self._ask_sheets)
        part.remove_wanted.connect(self._remove)

    def _follow(self) -> None:
        now = self.bench.moment()

        def following(store: "Store") -> None:
            from tac_desktop.actions.recovery import follow_service

            follow_service(store.vault, store, now=now)

        words = self.tr("From now on two of the three sheets of the service open this vault, too.")
        self.do(following, lambda _: self.say(words))

    def _ask_key(self) -> None:
        title = self.tr("Another key of an organisation")
        words = self.tr("The public part of a key that an organisation keeps offline, as the age program writes it. It "
                        "takes the place of the one before.")  # fmt: skip
        asked = [Asked(self.tr("Public key"), self.tr("It begins with age1."))]
        dialog = AskTexts(self.bench.kit, title, words, asked, self.tr("Use this key"), self.part.window())
        dialog.typed.connect(self._set_key)
        dialog.open()

    def _set_key(self, typed: tuple[str, ...]) -> None:
        dialog, now = cast("AskTexts", self.sender()), self.bench.moment()
        dialog.set_busy(busy=True)

        def setting(store: "Store") -> None:
            from tac_desktop.actions.recovery import set_organisation

            set_organisation(store.vault, store, typed[0], now=now)

        self.do_for(dialog, setting, self.tr("From now on this key opens the vault, too."))

    def _ask_sheets(self) -> None:
        title = self.tr("Try two sheets")
        words = self.tr("The emergency words of two sheets, to see that they open this vault. Nothing is changed.")
        asked = [Asked(self.tr("Words of one sheet"), long=True), Asked(self.tr("Words of another sheet"), long=True)]
        dialog = AskTexts(self.bench.kit, title, words, asked, self.tr("Try it"), self.part.window())
        dialog.typed.connect(self._try_sheets)
        dialog.open()

    def _try_sheets(self, typed: tuple[str, ...]) -> None:
        dialog, now = cast("AskTexts", self.sender()), self.bench.moment()
        dialog.set_busy(busy=True)

        def trying(store: "Store") -> None:
            from tac_desktop.actions.recovery import rehearse_sheets

            rehearse_sheets(store.vault, store, typed, now=now)

        self.do_for(dialog, trying, self.tr("The two sheets hold: they open this vault."))

    def _remove(self) -> None:
        now = self.bench.moment()

        def removing(store: "Store") -> None:
            from tac_desktop.actions.recovery import remove_organisation

            remove_organisation(store.vault, store, now=now)

        words = self.tr("No key of an organisation opens this vault any more. Backups from before still open with it.")
        self.do(removing, lambda _: self.say(words))
