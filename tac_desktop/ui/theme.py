"""The look: Fusion, a palette and one small style sheet, all made from the tokens and a scale of text."""

import re
from dataclasses import dataclass
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from tac_desktop import paths
from tac_desktop.ui import icons, tokens
from tac_desktop.ui.sheet import SHEET

FAMILY = "Inter"
FACES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")


@dataclass(frozen=True)
class Theme:
    """A set of colours and a scale of text in per cent; every length on the screen goes through `px`."""

    colours: tokens.Colours = tokens.LIGHT
    scale: int = 100

    def px(self, length: float) -> int:
        """Return a length given in pixels at 100 % as pixels at this scale, never less than 1."""
        return max(1, round(length * self.scale / 100))

    def colour(self, name: str) -> QColor:
        """Return the colour of a token."""
        return QColor(self.colours.of(name))

    def font(self, kind: str = "body", *, strong: bool = False, figures: bool = False) -> QFont:
        """Return a font of the kinds in `tokens.TYPE`; `figures` makes all digits equally wide, for columns."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(tokens.TYPE[kind]))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if strong or kind not in ("caption", "body"):
            font.setWeight(QFont.Weight.DemiBold)
        if figures:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def pixmap(self, name: str, colour: str = "text_2", size: int = icons.ICON_SIZE) -> QPixmap:
        """Draw an icon in the colour of a token; `size` in pixels at 100 %."""
        return icons.pixmap(name, self.colours.of(colour), self.px(size))

    def icon(self, name: str, colour: str = "text_2", *, checked: str = "", gap: int = icons.GAP) -> QIcon:
        """Return an icon for a button; `checked` names its colour while the button is checked."""
        on = self.colours.of(checked) if checked else ""
        size, air = self.px(icons.ICON_SIZE), self.px(gap) if gap else 0
        off = self.colours.of("input_line")
        return icons.button_icon(name, self.colours.of(colour), size, air, checked=on, disabled=off)

    def palette(self) -> QPalette:
        """Return the palette: what is drawn without the style sheet follows the tokens, too."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("input_line"))
        return palette

    def sheet(self) -> str:
        """Return the style sheet; its lengths are written at 100 % and scaled here."""
        kind = "high" if self.colours is tokens.HIGH_CONTRAST else "light"
        names = {name: str(value) for name, value in vars(self.colours).items()}
        names |= {f"{kind}_size": f"{size}px" for kind, size in tokens.TYPE.items()}
        names["indicators"] = (icons.folder() / "indicators" / kind).as_posix()
        names["control"] = f"{tokens.CONTROL_HEIGHT - 2}px"
        names["framed"] = f"{tokens.CONTROL_HEIGHT - 4}px"  # a thicker frame makes nothing higher
        names["radius"] = f"{tokens.RADIUS}px"
        return re.sub(r"(?<![\w.-])([1-9]\d*)px", self._scaled, Template(SHEET).substitute(names))

    def _scaled(self, length: re.Match[str]) -> str:
        return f"{self.px(int(length[1]))}px"

    def apply(self, app: QApplication) -> None:
        """Give the application this look, with whatever is shown in it, be it in a window of ours or not."""
        self.prepare(app)
        app.setStyleSheet(self.sheet())

    def prepare(self, app: QApplication) -> None:
        """Give the application style, font and colours; `dress` gives a window the rest.

        With a sheet of the application a page is looked through anew at each step of building it, since each step gives
        its parts another parent: a form takes twice as long to open. With a sheet of the window it is once.
        """
        load_fonts()
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(self.font())
        app.setPalette(self.palette())

    def dress(self, window: QWidget) -> None:
        """Give a window the look, and all that is opened over it."""
        window.setStyleSheet(self.sheet())


def load_fonts() -> None:
    """Make the shipped faces of Inter known to Qt, so that no text depends on the machine's fonts."""
    if FAMILY in QFontDatabase.families():
        return
    for face in FACES:
        QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / face))


_ROLE = QPalette.ColorRole
_PALETTE = {
    _ROLE.Window: "canvas",
    _ROLE.WindowText: "text",
    _ROLE.Base: "surface",
    _ROLE.AlternateBase: "canvas",
    _ROLE.Text: "text",
    _ROLE.Button: "surface",
    _ROLE.ButtonText: "text",
    _ROLE.Highlight: "primary",
    _ROLE.HighlightedText: "on_primary",
    _ROLE.ToolTipBase: "text",
    _ROLE.ToolTipText: "surface",
    _ROLE.Link: "primary",
    _ROLE.LinkVisited: "primary",
    _ROLE.PlaceholderText: "text_2",
    _ROLE.Accent: "primary",
    _ROLE.Mid: "line",
    _ROLE.Dark: "input_line",
}
