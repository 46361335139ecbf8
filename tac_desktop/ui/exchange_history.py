"""Every bundle that was written or taken in, in a table: to look something up, to find what was not acknowledged."""

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QModelIndex

from tac_desktop.ui.exchange_words import kind_words, moment_words, size_words, state_words
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.part import Part
from tac_desktop.ui.rows import Column, LazyRows
from tac_desktop.ui.search_box import SearchBox
from tac_desktop.ui.table import Table
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.standing import PastBundle

_ROWS_SEEN = 6


class HistoryPart(Part):
    """A filter, a search by name, the table, and below it the chosen bundle with everything that is known of it."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self._all: Sequence[PastBundle] = ()
        self._rows = LazyRows(_columns(), self._page, self)
        self.table = Table(kit, self._rows, self.tr("Bundles, the latest first"))
        self.table.setMinimumHeight(kit.px(44 * _ROWS_SEEN))
        self._filter = kit.combo(self.tr("Which bundles"), list(_filters().items()))
        self.search = SearchBox(kit, self.tr("Search by name"), self.tr("Search by name"))
        self.search.setFixedWidth(kit.px(300))
        self._count = kit.label("", "hint", wrap=True)
        self._about = kit.label("", wrap=True)
        _, column = self.titled(self.tr("History of bundles"))
        column.addLayout(kit.flow(self._filter, self.search))
        column.addWidget(self._count)
        column.addWidget(self.table)
        column.addWidget(kit.rule())
        column.addWidget(self._about)
        self._filter.activated.connect(self._filtered)
        self.search.textChanged.connect(self._filtered)
        self.search.list_wanted.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)

    def show_history(self, bundles: "Sequence[PastBundle]") -> None:
        """Show what was written and taken in."""
        self._all = sorted(bundles, key=lambda bundle: bundle.at, reverse=True)
        self._filtered()

    def arrive(self) -> None:
        """Begin in the table, or in the filter where it is empty."""
        (self.table if self._rows.rowCount() else self._filter).setFocus()

    def _filtered(self) -> None:
        which, typed = str(self._filter.currentData()), self.search.text().strip().casefold()
        shown = [
            place
            for place, bundle in enumerate(self._all)
            if _passes(bundle, which) and typed in bundle.peer_name.casefold()
        ]
        self._rows.show(array("q", shown))
        count = counted(len(shown), self.tr("1 bundle"), self.tr("{n} bundles"))
        hidden = len(self._all) - len(shown)
        more = self.tr(", {n} others are hidden by filter or search").format(n=f"{hidden:,}") if hidden else ""
        self._count.setText(count + more if self._all else self.tr("No bundle has been written or taken in yet."))
        if shown:
            self.table.selectRow(0)
        else:
            self._about.setText("")

    def _page(self, numbers: Sequence[int]) -> "Sequence[PastBundle | None]":
        return [self._all[number] for number in numbers]

    def _chosen(self, now: QModelIndex) -> None:
        bundle = self._rows.row(now.row()) if now.isValid() else None
        self._about.setText("" if bundle is None else about_bundle(bundle))


def about_bundle(bundle: "PastBundle") -> str:
    """Return everything that is known of a bundle, in lines: a narrow table cannot show it all."""
    to = _tr("Sent to {name}") if bundle.direction == "out" else _tr("Received from {name}")
    number = _tr("no. {n}").format(n=bundle.number)
    lines = [
        f"{to.format(name=bundle.peer_name)}, {moment_words(bundle.at)}",
        f"{kind_words(bundle)}, {number}: {_entries(bundle)}, {size_words(bundle.size)}",
        state_words(bundle)[0],
        _tr("Bundle id: {id}").format(id=bundle.id),
    ]
    return "\n".join(lines)


def _tr(text: str) -> str:
    return QCoreApplication.translate("exchange_history", text)


def _entries(bundle: "PastBundle") -> str:
    return counted(bundle.entries, _tr("1 entry"), _tr("{n} entries"))


def _filters() -> dict[str, str]:
    return {
        "all": _tr("All bundles"),
        "out": _tr("Sent"),
        "in": _tr("Received"),
        "open": _tr("Sent and not acknowledged"),
        "left_out": _tr("With entries left out"),
    }


def _passes(bundle: "PastBundle", which: str) -> bool:
    match which:
        case "out" | "in":
            return bundle.direction == which
        case "open":
            return bundle.direction == "out" and not bundle.acknowledged
        case "left_out":
            return bundle.left_out > 0
        case _:
            return True


def _direction(bundle: "PastBundle") -> str:
    return _tr("Sent") if bundle.direction == "out" else _tr("Received")


def _columns() -> "tuple[Column[PastBundle], ...]":
    return (
        Column(_tr("When"), lambda b: moment_words(b.at), "00 Mmm 0000, 00:00"),
        Column(_tr("Way"), _direction, "Received", "badge",
               lambda b: "info" if b.direction == "out" else "neutral", gives_way=1),
        Column(_tr("With"), lambda b: b.peer_name, "Longish Name-Example", "name"),
        Column(_tr("No."), lambda b: str(b.number or ""), "0000", "number", gives_way=5),
        Column(_tr("What"), kind_words, "Hand-over, file 2 of 3", "quiet", gives_way=4),
        Column(_tr("Entries"), lambda b: f"{b.entries:,}", "000,000", "number", gives_way=3),
        Column(_tr("Size"), lambda b: size_words(b.size), "000.0 MB", "number", gives_way=6),
        Column(_tr("State"), lambda b: state_words(b)[0], "Not acknowledged", "badge",
               lambda b: state_words(b)[1], gives_way=2),
    )  # fmt: skip
