"""Icons: Lucide's drawings in the colours of the theme, and the marks inside check boxes and lists."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tac_desktop import paths
from tac_desktop.ui.tokens import Colours

ICON_SIZE = 18
GAP = 6
"""Pixels at the right of an icon in a button: a style sheet has no property for the space between icon and text."""


def folder() -> Path:
    """Return the folder of the icons; `indicators/<light|high>` in it holds the marks of `indicator_drawings`."""
    return paths.resources() / "icons"


def _density() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio()


@lru_cache(maxsize=256)
def _drawn(name: str, colour: str, size: int, gap: int, density: float) -> QPixmap:
    drawing = (folder() / f"{name}.svg").read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    pixmap = QPixmap(round((size + gap) * density), round(size * density))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixmap.height(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(density)
    return pixmap


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """Draw the icon `name` in '#RRGGBB', `size` pixels square, as dense as the screen; OSError for an unknown name."""
    return _drawn(name, colour, size, 0, _density())


def button_icon(name: str, colour: str, size: int, gap: int, *, disabled: str, checked: str = "") -> QIcon:
    """Return an icon with `gap` pixels of air at its right; `checked` and `disabled` are its colours then."""
    icon = QIcon(_drawn(name, colour, size, gap, _density()))
    icon.addPixmap(_drawn(name, disabled, size, gap, _density()), QIcon.Mode.Disabled, QIcon.State.Off)
    if checked:
        icon.addPixmap(_drawn(name, checked, size, gap, _density()), QIcon.Mode.Normal, QIcon.State.On)
    return icon


def indicator_drawings(colours: Colours) -> dict[str, str]:
    """Return the marks of check boxes, radio buttons and lists as SVG by file name.

    A style sheet takes images only from files, and the program's folder is read-only: so they are drawn once by
    `python -m tac_desktop.ui.icons` and shipped; a test compares them with the tokens.
    """
    c = colours
    dot = f'<circle cx="12" cy="12" r="5" fill="{c.primary}"/>'
    tick = _line("M18 7.5 10 16l-4-4", c.on_primary)
    return {
        "radio.svg": _svg(_ring(c.input_line, c.surface)),
        "radio-hover.svg": _svg(_ring(c.text, c.surface)),
        "radio-on.svg": _svg(_ring(c.primary, c.surface) + dot),
        "radio-off.svg": _svg(_ring(c.line, c.canvas)),
        "box.svg": _svg(_box(c.input_line, c.surface)),
        "box-hover.svg": _svg(_box(c.text, c.surface)),
        "box-on.svg": _svg(_box(c.primary, c.primary) + tick),
        "box-off.svg": _svg(_box(c.line, c.canvas)),
        "open.svg": _svg(_line("M6 9l6 6 6-6", c.text_2)),
        "up.svg": _svg(_line("M6 15l6-6 6 6", c.text)),
        "down.svg": _svg(_line("M6 9l6 6 6-6", c.text)),
    }


def _svg(body: str) -> str:
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none">'
    return f"{head}{body}</svg>\n"


def _ring(line: str, fill: str) -> str:
    return f'<circle cx="12" cy="12" r="10" fill="{fill}" stroke="{line}" stroke-width="2"/>'


def _box(line: str, fill: str) -> str:
    return f'<rect x="2" y="2" width="20" height="20" rx="4" fill="{fill}" stroke="{line}" stroke-width="2"/>'


def _line(path: str, colour: str) -> str:
    return f'<path d="{path}" stroke="{colour}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>'


def _write_indicators() -> None:
    from tac_desktop.ui.tokens import HIGH_CONTRAST, LIGHT

    for name, colours in (("light", LIGHT), ("high", HIGH_CONTRAST)):
        place = folder() / "indicators" / name
        place.mkdir(parents=True, exist_ok=True)
        for file, drawing in indicator_drawings(colours).items():
            (place / file).write_text(drawing, encoding="utf-8")


if __name__ == "__main__":
    _write_indicators()
