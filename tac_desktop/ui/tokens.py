"""The design tokens: the only place where a colour, a size or a space is written down."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Colours:
    """One set of colours, each as '#RRGGBB'; every pair that is read together is listed in PAIRS."""

    canvas: str = "#F5F4F0"  # the page behind cards
    surface: str = "#FFFFFF"  # cards, inputs, tables
    sunken: str = "#ECEAE4"  # the sidebar
    line: str = "#DAD7CF"  # decoration only: carries no meaning
    input_line: str = "#6F7782"  # borders of controls
    text: str = "#1B2430"
    text_2: str = "#47515E"
    primary: str = "#0B5563"
    primary_hover: str = "#08434E"
    primary_press: str = "#06343D"
    on_primary: str = "#FFFFFF"
    primary_tint: str = "#E1EEF0"
    focus: str = "#FFC53D"  # the ring, always beside a line in the colour of text
    danger: str = "#9B1C1C"
    danger_tint: str = "#FBEAEA"
    warn: str = "#6B4200"
    warn_tint: str = "#FDF0D5"
    ok: str = "#17553A"
    ok_tint: str = "#E3F1E8"
    info: str = "#1F4A7A"
    info_tint: str = "#E5EDF6"
    neutral: str = "#3C4654"
    neutral_tint: str = "#E8E9EB"
    paper: str = "#FFFFFF"  # a page of a document, on the screen as on paper
    ink: str = "#000000"

    def of(self, name: str) -> str:
        """Return the colour with this token's name; AttributeError for a name that is none."""
        return str(getattr(self, name))


LIGHT = Colours()

HIGH_CONTRAST = replace(
    LIGHT,
    canvas="#000000",
    surface="#000000",
    sunken="#000000",
    line="#FFFFFF",
    input_line="#FFFFFF",
    text="#FFFFFF",
    text_2="#FFFFFF",
    primary="#FFEE32",
    primary_hover="#FFFFFF",
    primary_press="#FFFFFF",
    on_primary="#000000",
    primary_tint="#26240A",
    focus="#00E5FF",
    danger="#FF9A9A",
    danger_tint="#2A0A0A",
    warn="#FFD580",
    warn_tint="#2A2008",
    ok="#9CF0B5",
    ok_tint="#0A2412",
    info="#A9D1FF",
    info_tint="#0A1A2E",
    neutral="#FFFFFF",
    neutral_tint="#1F1F1F",
)

TONES = ("danger", "warn", "ok", "info", "neutral")
"""The tones of badges and messages; each has a colour and a tint of that name."""

TYPE = {"caption": 13, "body": 15, "strong": 15, "h3": 17, "h2": 20, "h1": 26}
"""Heights of letters in pixels at 100 %."""

CONTROL_HEIGHT = 38
ROW_HEIGHT = 44
RADIUS = 6
CARD_RADIUS = 8
SIDEBAR_WIDTH = 204
SIDEBAR_WIDTH_NARROW = 64
PAGE_MARGIN = 28
PAGE_MARGIN_NARROW = 16
READING_WIDTH = 720
"""The widest a column of running text or of form fields becomes."""
NARROW_BELOW = 1000
"""Logical width of the window below which the sidebar shows icons only."""
SMALLEST_TARGET = 24
"""Side in pixels of the smallest thing one may have to hit (WCAG 2.2, 2.5.8)."""

PAIRS = (
    ("text", "surface", 7.0),
    ("text", "canvas", 7.0),
    ("text", "sunken", 7.0),
    ("text", "primary_tint", 7.0),
    ("text_2", "surface", 7.0),
    ("text_2", "canvas", 7.0),
    ("text_2", "sunken", 4.5),
    ("text_2", "primary_tint", 4.5),
    ("on_primary", "primary", 7.0),
    ("on_primary", "primary_hover", 7.0),
    ("on_primary", "primary_press", 7.0),
    ("primary", "surface", 7.0),
    ("primary", "canvas", 7.0),
    ("primary", "primary_tint", 4.5),
    ("primary", "sunken", 4.5),
    ("danger", "surface", 7.0),
    ("danger", "canvas", 4.5),
    ("danger", "primary_tint", 4.5),
    ("warn", "surface", 4.5),
    ("warn", "primary_tint", 4.5),
    ("ok", "surface", 4.5),
    ("info", "surface", 4.5),
    ("danger", "danger_tint", 4.5),
    ("warn", "warn_tint", 4.5),
    ("ok", "ok_tint", 4.5),
    ("info", "info_tint", 4.5),
    ("neutral", "neutral_tint", 4.5),
    ("text", "danger_tint", 7.0),
    ("text", "warn_tint", 7.0),
    ("text", "ok_tint", 7.0),
    ("text", "info_tint", 7.0),
    ("input_line", "surface", 3.0),
    ("input_line", "canvas", 3.0),
    ("ink", "paper", 7.0),
)
"""Foreground, background, and the least contrast they must have (WCAG 2.2: 7 is AAA, 4.5 AA, 3 borders)."""


def _linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Return the relative luminance of '#RRGGBB', 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 (none) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
