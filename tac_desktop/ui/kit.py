"""The kit: every small part the screens are made of, in the look of one theme."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tac_desktop.ui import icons, tokens
from tac_desktop.ui.flow import Flow
from tac_desktop.ui.theme import Theme

_ICON_COLOURS = {"primary": "on_primary", "ghost": "primary", "link": "primary"}


class Button(QPushButton):
    """A button that Return presses, too, wherever it stands; Qt's own takes it in a dialog only."""

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Press on Return and Enter (Qt)."""
        if arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(arg__1)


class Words(QLabel):
    """A text that wraps, and remembers how high it is at which width: the layouts around ask for it dozens of times."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        super().__init__(text)
        self._heights: dict[int, int] = {}
        self.setWordWrap(True)

    def heightForWidth(self, arg__1: int) -> int:
        """Return the height at a width (Qt)."""
        height = self._heights.get(arg__1)
        if height is None:
            height = self._heights[arg__1] = super().heightForWidth(arg__1)
        return height

    def setText(self, arg__1: str) -> None:
        """Show another text (Qt)."""
        self._heights.clear()
        super().setText(arg__1)

    def changeEvent(self, arg__1: QEvent) -> None:
        """Forget the heights, whatever has changed: most likely the font (Qt)."""
        self._heights.clear()
        super().changeEvent(arg__1)


class Kit:
    """Makes labels, buttons, cards and fields that look, speak and behave alike; a screen is handed one."""

    def __init__(self, theme: Theme) -> None:
        """Take the theme whose colours and lengths everything gets."""
        self.theme = theme
        self.px = theme.px

    def label(self, text: str, role: str = "body", *, wrap: bool = False) -> QLabel:
        """Make a text in one of the sheet's roles: h1, h2, h3, label, hint, caption, error, number, body."""
        label = Words(text) if wrap else QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)  # what a person typed must never be read as mark-up
        label.setProperty("role", role)
        return label

    def badge(self, text: str, tone: str = "neutral") -> QLabel:
        """Make a small coloured word; the word says everything, the tone only underlines it."""
        label = self.label(text, "badge")
        label.setProperty("tone", tone)
        label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        return label

    def picture(self, icon: str, colour: str = "text_2", size: int = icons.ICON_SIZE, *, name: str = "") -> QLabel:
        """Make an icon that is no button; without a name it is decoration and says nothing to a screen reader."""
        label = QLabel()
        label.setPixmap(self.theme.pixmap(icon, colour, size))
        label.setAccessibleName(name)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return label

    def button(self, text: str, icon: str = "", *, kind: str = "", name: str = "") -> QPushButton:
        """Make a button: kind '' (plain), primary, ghost, link, nav, section, chip, choice or icon.

        `name` is what a screen reader says, where the text alone does not tell.
        """
        button = Button(text)
        button.setProperty("kind", kind)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAutoDefault(False)
        if name:
            button.setAccessibleName(name)
        if icon:
            gap = icons.GAP if text else 0
            checked = "primary" if kind in ("nav", "section", "chip") else ""
            button.setIcon(self.theme.icon(icon, _ICON_COLOURS.get(kind, "text"), checked=checked, gap=gap))
            button.setIconSize(QSize(self.px(icons.ICON_SIZE) + (self.px(gap) if gap else 0), self.px(icons.ICON_SIZE)))
        if kind == "icon":
            button.setToolTip(name)
        if kind == "link":
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        return button

    def entry(self, name: str, *, placeholder: str = "", secret: bool = False) -> QLineEdit:
        """Make a one-line text box with its spoken name; `secret` shows dots."""
        entry = QLineEdit()
        entry.setAccessibleName(name)
        entry.setPlaceholderText(placeholder)
        if secret:
            entry.setEchoMode(QLineEdit.EchoMode.Password)
        return entry

    def combo(self, name: str, choices: Sequence[tuple[str, str]] = ()) -> QComboBox:
        """Make a drop-down list of (code, text) with its spoken name; `currentData()` is the code."""
        combo = QComboBox()
        combo.setView(QListView())  # the default view ignores the sheet's height of rows
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(12)
        combo.setMaxVisibleItems(12)
        for code, text in choices:
            combo.addItem(text, code)
        return combo

    def check(self, text: str, toggled: Callable[[bool], object] | None = None) -> QCheckBox:
        """Make a check box."""
        box = QCheckBox(text)
        if toggled is not None:
            box.toggled.connect(toggled)
        return box

    def progress(self, name: str) -> QProgressBar:
        """Make a bar of progress; the words beside it are the screen's own."""
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setAccessibleName(name)
        bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return bar

    def rule(self) -> QFrame:
        """Make a thin line between things."""
        frame = QFrame()
        frame.setProperty("role", "rule")
        return frame

    def frame(self, role: str, layout: QBoxLayout, margins: tuple[int, int, int, int], gap: int) -> QFrame:
        """Make a frame of a role (card, header, side, foot, errors, code, message) that holds `layout`.

        Margins (left, top, right, bottom) and gap in pixels at 100 %.
        """
        frame = QFrame()
        frame.setProperty("role", role)
        layout.setContentsMargins(*(self.px(margin) if margin else 0 for margin in margins))
        layout.setSpacing(self.px(gap) if gap else 0)
        frame.setLayout(layout)
        return frame

    def card(self, margin: int = 20, gap: int = 12) -> tuple[QFrame, QVBoxLayout]:
        """Make a white card and the column inside it."""
        column = QVBoxLayout()
        return self.frame("card", column, (margin, margin, margin, margin), gap), column

    def row(self, *parts: QWidget | QLayout | None, gap: int = 8) -> QHBoxLayout:
        """Put parts side by side; None is a space that stretches."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.px(gap))
        for part in parts:
            put(row, part)
        return row

    def flow(self, *parts: QWidget | QLayout, gap: int = 8, row_gap: int | None = None, top: bool = False) -> Flow:
        """Put parts side by side, wrapping where there is no room; `top` lines them up at the top."""
        flow = Flow(gap=self.px(gap), row_gap=None if row_gap is None else self.px(row_gap), top=top)
        for part in parts:
            if isinstance(part, QWidget):
                flow.addWidget(part)
            else:
                flow.add_layout(part)
        return flow

    def column(self, *parts: QWidget | QLayout | None, gap: int = 8) -> QVBoxLayout:
        """Put parts below one another; None is a space that stretches."""
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.px(gap))
        for part in parts:
            put(column, part)
        return column

    def narrow(self, layout: QLayout) -> QHBoxLayout:
        """Return a row that holds a layout no wider than one reads with ease.

        In a row Qt reckons the height of texts with that width. A widget that is narrower than the column in which it
        stands gets a height for the width of the column, and its last lines are cut off.
        """
        inside = QFrame()
        inside.setLayout(layout)
        inside.setMaximumWidth(self.px(tokens.READING_WIDTH + 50))
        row = self.row(inside, None, gap=0)
        row.setStretch(0, 100)
        return row

    def field(self, label: str, editor: QWidget, hint: str = "") -> QVBoxLayout:
        """Put a label (and a hint) above an editor and tie them together for screen readers."""
        heading = self.label(label, "label", wrap=True)
        heading.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        column = self.column(heading, gap=4)
        if hint:
            column.addWidget(self.label(hint, "hint", wrap=True))
            editor.setAccessibleDescription(hint)
        column.addWidget(editor)
        return column

    def scroll(self, inside: QWidget) -> QScrollArea:
        """Let a widget scroll up and down, never sideways; Tab brings what it reaches into view."""
        area = QScrollArea()
        inside.setAttribute(Qt.WidgetAttribute.WA_Resized)  # else all of it is laid out before it has a place
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def margin(self, width: int) -> int:
        """Return the page margin in real pixels for a page that is `width` real pixels wide."""
        narrow = width < self.px(tokens.NARROW_BELOW - tokens.SIDEBAR_WIDTH)
        return self.px(tokens.PAGE_MARGIN_NARROW if narrow else tokens.PAGE_MARGIN)


def put(layout: QBoxLayout, part: QWidget | QLayout | None) -> None:
    """Add a widget, a layout or (None) a stretch to a box layout."""
    if part is None:
        layout.addStretch(1)
    elif isinstance(part, QWidget):
        layout.addWidget(part)
    else:
        layout.addLayout(part)


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties that the style sheet looks at, and let the widget take on the new look."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def dress_like(popup: QWidget, widget: QWidget) -> None:
    """Give what opens over a window, and has no parent in it, the sheet of a widget; a dialog has its parent's."""
    while not widget.styleSheet() and (above := widget.parentWidget()) is not None:  # pyright: ignore[reportUnnecessaryComparison] - None at the top
        widget = above
    if popup.styleSheet() != (sheet := widget.styleSheet()):
        popup.setStyleSheet(sheet)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    for widget in take_out(layout):
        widget.hide()
        widget.deleteLater()


def take_out(layout: QLayout) -> list[QWidget]:
    """Take everything out of a layout, and out of those in it; return the widgets, which stay.

    Qt is asked to remove them, not for its items: docs/decisions/0072-items-of-a-layout.md.
    """
    inside = Qt.FindChildOption.FindDirectChildrenOnly
    around = layout.parentWidget()
    beside = around.findChildren(QWidget, options=inside) if around is not None else []  # pyright: ignore[reportUnnecessaryComparison] - None before it is set
    out = [widget for widget in beside if layout.indexOf(widget) >= 0]
    for widget in out:
        layout.removeWidget(widget)
    for inner in layout.findChildren(QLayout, options=inside):
        out += take_out(inner)
        layout.removeItem(inner)
    while (item := layout.takeAt(0)) is not None:  # pyright: ignore[reportUnnecessaryComparison] - None at the end
        out += filter(None, [item.widget()])  # a space, or a widget where the layout stands in none yet
    return out
