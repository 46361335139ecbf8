"""What happens behind a subject access request: gathered in the lane, decided answer by answer, written as a pack."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.subject_access import Decision, Item
from tac_desktop.casework.wording import child_name
from tac_desktop.errors import TacError
from tac_desktop.ui.access_screen import AccessScreen
from tac_desktop.ui.ask_file import ask_folder
from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.subject_access import Gathered
    from tac_desktop.actions.vaults import Store


class AccessDesk(QObject):
    """Owns the screen of one request."""

    ready = Signal(object)
    """The Page that shows it."""
    left = Signal()

    def __init__(self, bench: Workbench, request_id: str) -> None:
        """Take the request; `gather` reads."""
        super().__init__()
        self._bench, self._request = bench, request_id
        self._gathered: Gathered | None = None
        self._place = 0
        self._all = False
        self.screen = AccessScreen(bench.kit)
        self.screen.moved.connect(self._move)
        self.screen.listed.connect(self._list)
        self.screen.written.connect(self._ask_where)
        self.screen.left.connect(self.left)

    def gather(self) -> None:
        """Read everything that is kept; the screen is ready then."""
        request = self._request

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            from tac_desktop.actions.subject_access import gather

            return at_once(lambda: gather(store, request))()

        self._bench.messages.say(self.tr("What is kept is being gathered."), "info")
        self._bench.run(self._bench.with_store(action), self._was_gathered)

    def write(self, folder: str) -> None:
        """Write the pack into a new folder inside this one."""
        bench, request, now = self._bench, self._request, self._bench.moment()
        person, path = bench.person, _free(Path(folder), f"subject-access-{bench.today()}")

        def action(store: "Store") -> Any:  # noqa: ANN401 - see gather
            from tac_desktop.actions.subject_access import write_pack

            return write_pack(store, person, request, path, now=now)

        job = bench.run(bench.with_store(action), lambda _: self._was_written(path))
        self.screen.panel.follow(job, self.tr("The pack is being written."))

    def _was_written(self, path: Path) -> None:
        told = self.tr("Written to the folder {name}. Hand it over, and enter in the request when it was answered.")
        self._bench.messages.say(told.format(name=path.name))

    def _was_gathered(self, found: object) -> None:
        self._gathered = cast("Gathered", found)
        self._bench.messages.dismiss()
        self._show()
        self.ready.emit(self.screen)
        self.screen.arrive()

    # --- what is shown ---

    def _rows(self) -> list[Item]:
        gathered = self._gathered
        if gathered is None:
            return []
        # no mark finds everything: whoever looks has to be able to leave out what no mark is on
        return sorted(gathered.items, key=lambda one: not one.waits) if self._all else list(gathered.waiting)

    def _show(self) -> None:
        gathered, rows = self._gathered, self._rows()
        if gathered is None:
            return
        subject = gathered.subject
        name = child_name(subject) if subject.form == "child" else subject.text("name")
        self.screen.tell(name, len(gathered.items), len(gathered.waiting))
        if not rows:
            self.screen.show_none()
            return
        self._place = max(0, min(self._place, len(rows) - 1))
        item = rows[self._place]
        decision = gathered.decisions.get(item.decision_id(self._request))
        view = self.screen.show_item(item, decision, len(self._alike(item)), self._place, len(rows))
        view.decided.connect(self._decide)

    def _alike(self, item: Item) -> list[Item]:
        """Return the other answers that wait for the same reasons; a file is looked at by itself."""
        gathered = self._gathered
        if gathered is None or item.kept.file:
            return []
        return [one for one in gathered.waiting if one.marks == item.marks and one.names == item.names and one != item]

    def _move(self, step: int) -> None:
        self._place += step
        self._show()
        self.screen.arrive()

    def _list(self, everything: bool) -> None:
        self._all, self._place = everything, 0
        self._show()

    # --- deciding ---

    def _decide(self, decision: str) -> None:
        from tac_desktop.actions.subject_access import decide

        view, gathered, bench = self.screen.view, self._gathered, self._bench
        if view is None or gathered is None:
            return
        several = [view.item, *(self._alike(view.item) if view.alike and decision != "blank" else ())]
        try:
            made = decide(
                bench.store, bench.person, gathered.request, several, cast("Decision", decision), now=bench.moment(),
                blanked=view.parts if decision == "blank" else (), reason="" if decision == "disclose" else view.reason,
            )  # fmt: skip
        except TacError as trouble:
            bench.messages.trouble(trouble)
            return
        self._gathered = gathered.with_decisions(made)
        if self._all:
            self._place += 1
        self._show()
        self.screen.arrive()

    def _ask_where(self) -> None:
        ask_folder(self.screen, self.tr("Where shall the pack lie?"), self.write)


def _free(parent: Path, name: str) -> Path:
    """Return a path inside a folder that nothing has yet."""
    path, number = parent / name, 2
    while path.exists():
        path, number = parent / f"{name}-{number}", number + 1
    return path
