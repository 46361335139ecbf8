"""What a person meets on a page, measured: names for screen readers, the way of the Tab key, targets, contrast."""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.tokens import SMALLEST_TARGET, contrast

_ROLE = QAccessible.Role
NAMED = frozenset({
    _ROLE.Button, _ROLE.CheckBox, _ROLE.RadioButton, _ROLE.EditableText, _ROLE.ComboBox, _ROLE.Table, _ROLE.List,
    _ROLE.SpinBox, _ROLE.PageTab, _ROLE.MenuItem, _ROLE.ProgressBar,
})  # fmt: skip
_WHOLE = frozenset({_ROLE.Table, _ROLE.List, _ROLE.ComboBox})  # what is inside is the model's


def nodes(interface: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """Yield what a screen reader can walk through."""
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    yield interface
    if interface.role() not in _WHOLE:
        for place in range(interface.childCount()):
            yield from nodes(interface.child(place))


def is_built(root: QWidget) -> bool:
    """Say whether everything is there that is built as the loop turns."""
    return all(building.is_over() for building in root.findChildren(InTurns))


def spoken(root: QWidget) -> list[str]:
    """Return every name, description and value that a screen reader can say."""
    found: list[str] = []
    for node in nodes(QAccessible.queryAccessibleInterface(root)):
        found += [
            node.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
        ]
    return [text for text in found if text]


def nameless(root: QWidget) -> list[str]:
    """Return what can take the keyboard and has no name, and names that hold mark-up."""
    found: list[str] = []
    for node in nodes(QAccessible.queryAccessibleInterface(root)):
        name = node.text(QAccessible.Text.Name).strip()
        labelled = any(relation & QAccessible.RelationFlag.Label for _, relation in node.relations())
        if node.role() in NAMED and node.state().focusable and not name and not labelled:
            found.append(f"{node.role()} {node.object().metaObject().className()}")
        if "<" in name or "&" in name:
            found.append(f"mark-up: {name!r}")
    return found


def tab_way(root: QWidget, most: int = 200) -> list[QWidget]:
    """Press Tab until the keyboard comes round; return the widgets in their order."""
    seen: list[QWidget] = []
    for _ in range(most):
        now = QApplication.focusWidget()
        if now is None or now in seen:
            break
        seen.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return seen


def reachable(root: QWidget) -> list[QWidget]:
    """Return the widgets that the Tab key has to reach: shown, enabled, and no member of a group that is one stop."""
    tab = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)
    found = [
        w
        for w in root.findChildren(QWidget)
        if w.isVisible()
        and w.isEnabled()
        and w.focusPolicy() in tab
        and not isinstance(w.parent(), QComboBox)  # the line of a list that can be typed into is reached with the list
    ]
    return [
        w
        for w in found
        if not (isinstance(w, QAbstractButton) and w.isCheckable() and _grouped(w) and not w.isChecked())
    ]


def _grouped(button: QAbstractButton) -> bool:
    return button.autoExclusive() or button.group() is not None


def small_targets(root: QWidget, scale: int = 100) -> list[str]:
    """Return the buttons that are smaller than they may be, in logical pixels."""
    least = SMALLEST_TARGET * scale / 100
    buttons = [b for b in root.findChildren(QAbstractButton) if b.isVisible() and b.window() is root.window()]
    return [
        f"{b.text() or b.accessibleName()!r} {b.width()}x{b.height()}"
        for b in buttons
        if min(b.width(), b.height()) < least
    ]


def faint_texts(root: QWidget, least: float = 4.5) -> list[str]:
    """Return the texts whose contrast in the picture itself is too low: commonest colour against the farthest."""
    image = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if (
            isinstance(widget, QLabel | QAbstractButton)
            and widget.isVisible()
            and widget.isEnabled()
            and widget.text().strip()
        ):
            measured = _contrast_seen(image, root, widget)
            if measured is not None and measured < least:
                where = widget.mapTo(root, QPoint(0, 0))
                found.append(f"{widget.text()[:40]!r} {measured:.2f} at {where.x()}, {where.y()}")
    return found


def _contrast_seen(image: QImage, root: QWidget, widget: QLabel | QAbstractButton) -> float | None:
    seen = widget.visibleRegion().boundingRect()
    if seen.height() < 0.9 * widget.height() or seen.width() < 0.5 * widget.width():
        return None
    box = seen.translated(widget.mapTo(root, QPoint(0, 0))) & image.rect()
    part = image.copy(box)  # the bits are the picture's own: it must live as long as they are read
    pixels = memoryview(part.constBits()).cast("I")
    colours = Counter({pixel & 0xFFFFFF: count for pixel, count in Counter(pixels).items()})
    del pixels
    if len(colours) < 2:
        return None
    ground = colours.most_common(1)[0][0]
    often = 3 if len(widget.text()) > 2 else 1  # of a single figure each shade of its edges is there once or twice
    return max(contrast(f"#{c:06X}", f"#{ground:06X}") for c, count in colours.items() if count >= often)
