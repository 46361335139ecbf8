"""What happens behind pass-phrase and recovery: changed and tried in the lane, a sheet only ever on paper."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject

from tac_desktop.casework.codelists import label
from tac_desktop.errors import TacError
from tac_desktop.ui.ask_texts import Asked, AskTexts
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.passphrase_dialog import PassphraseDialog, Wanted
from tac_desktop.ui.sheet_paper import SheetPaper
from tac_desktop.ui.vault_organisation_desk import OrganisationDesk
from tac_desktop.ui.vault_part import VaultDesk
from tac_desktop.ui.vault_recovery import RecoveryPart
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.recovery import PreparedCode, WaysBack
    from tac_desktop.actions.vaults import Store


class RecoveryDesk(VaultDesk):
    """Owns the part."""

    def __init__(self, bench: Workbench, part: RecoveryPart, jobs: PartJobs, parent: QObject) -> None:
        """Take the part; `read` fills it."""
        super().__init__(bench, part, jobs, parent)
        self._part = part
        self.organisation = OrganisationDesk(bench, part, jobs, self)
        self.organisation.changed.connect(self.changed)
        self._prepared: PreparedCode | None = None
        self._paper = SheetPaper(bench.kit, bench.lane, bench.messages, self)
        self._paper.ready.connect(self.paper_ready)
        self._paper.left.connect(self.paper_left)
        part.change_wanted.connect(self._ask_passphrase)
        part.code_wanted.connect(self._make_code)
        part.code_typed.connect(self._keep_code)
        part.print_wanted.connect(self._draw)
        part.try_code_wanted.connect(self._ask_code)

    def read(self) -> None:
        """Read again which ways back there are."""

        def reading(store: "Store") -> object:
            from tac_desktop.actions.permitted import is_permitted
            from tac_desktop.actions.recovery import ways_back
            from tac_desktop.casework.permissions import Deed

            return ways_back(store.vault, store), is_permitted(store.vault, Deed.LOOK_AFTER_PEOPLE)

        self.do(reading, self._was_read)

    def _was_read(self, found: object) -> None:
        ways, may_look_after = cast("tuple[WaysBack, bool]", found)
        self._part.show_ways(ways, may_look_after=may_look_after)

    # --- one's own pass-phrase ---

    def _ask_passphrase(self) -> None:
        bench, person = self.bench, self.bench.person
        prison = label("prison", person.prison) if person.prison else ""
        wanted = Wanted(
            self.tr("Change my pass-phrase"),
            self.tr("The old one opens nothing any more from then on, but for backups that were made before."),
            self.tr("Change it"),
            (person.name, prison, bench.vault.folder.name),
            asks_old=True,
        )
        dialog = PassphraseDialog(bench.kit, bench.lane, wanted, self._part.window())
        dialog.typed.connect(self._change)
        dialog.open()

    def _change(self, old: str, new: str) -> None:
        dialog, now, cost = cast("PassphraseDialog", self.sender()), self.bench.moment(), self.bench.cost()

        def changing(store: "Store") -> None:
            from tac_desktop.actions.people import change_passphrase

            change_passphrase(store.vault, store, old, new, now=now, profile=cost)

        self.do_for(dialog, changing, self.tr("Your pass-phrase is changed."))

    # --- the code ---

    def _make_code(self) -> None:
        cost = self.bench.cost()

        def making(store: "Store") -> object:
            from tac_desktop.actions.recovery import prepare_code

            return prepare_code(store.vault, profile=cost)

        self.do(making, self._made)

    def _made(self, prepared: object) -> None:
        self._prepared = cast("PreparedCode", prepared)
        self._part.show_code(self._prepared.code)

    def _keep_code(self, typed: str) -> None:
        prepared, now = self._prepared, self.bench.moment()
        if prepared is None:
            return

        def keeping(store: "Store") -> None:
            from tac_desktop.actions.recovery import keep_code

            keep_code(store.vault, store, prepared, typed, now=now)

        self.do(keeping, self._kept, self._not_kept)

    def _kept(self, _nothing: object) -> None:
        self._prepared = None
        self._part.leave_code()
        self.say(self.tr("The new recovery code holds: it has opened the vault. Destroy the old sheet."))

    def _not_kept(self, error: object) -> None:
        self._part.refuse_code(str(error) if isinstance(error, TacError) else "")
        if not isinstance(error, TacError):
            self.bench.messages.trouble(error)

    def _draw(self, code: str) -> None:
        now = self.bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            from tac_desktop.actions.recovery import sheet_paper

            return sheet_paper(store.vault, store, code, now=now)

        self._paper.draw(self.bench.with_store(action))

    def _ask_code(self) -> None:
        title = self.tr("Try the recovery code")
        words = self.tr("From the sheet, to see that it can be read and still opens this vault. Nothing is changed.")
        asked = [Asked(self.tr("Recovery code"))]
        dialog = AskTexts(self.bench.kit, title, words, asked, self.tr("Try it"), self._part.window())
        dialog.typed.connect(self._try_code)
        dialog.open()

    def _try_code(self, typed: tuple[str, ...]) -> None:
        dialog, now = cast("AskTexts", self.sender()), self.bench.moment()
        dialog.set_busy(busy=True)

        def trying(store: "Store") -> None:
            from tac_desktop.actions.recovery import rehearse_code

            rehearse_code(store.vault, store, typed[0], now=now)

        self.do_for(dialog, trying, self.tr("The recovery code holds: it opens this vault."))
