import re
from pathlib import Path

import pytest

from tac_desktop import paths
from tac_desktop.ui import icons, tokens
from tac_desktop.ui.tokens import HIGH_CONTRAST, LIGHT, PAIRS, Colours, contrast

UI = Path(icons.__file__).parent


@pytest.mark.parametrize("colours", [LIGHT, HIGH_CONTRAST], ids=["light", "high"])
@pytest.mark.parametrize(("fore", "back", "least"), PAIRS)
def test_every_pair_that_is_read_together_has_the_contrast_it_needs(colours, fore, back, least):
    assert contrast(colours.of(fore), colours.of(back)) >= least


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_no_colour_is_written_down_outside_the_tokens():
    written = [
        (file.name, found)
        for file in UI.glob("*.py")
        if file.name != "tokens.py"
        for found in re.findall(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b|QColor\(\s*\d", file.read_text(encoding="utf-8"))
    ]
    assert written == []


@pytest.mark.parametrize(("name", "colours"), [("light", LIGHT), ("high", HIGH_CONTRAST)])
def test_the_shipped_marks_are_those_of_the_tokens(name: str, colours: Colours):
    place = icons.folder() / "indicators" / name
    assert {file.name: file.read_text(encoding="utf-8") for file in place.iterdir()} == icons.indicator_drawings(
        colours
    )


def test_every_tone_has_a_colour_and_a_tint():
    for tone in tokens.TONES:
        assert LIGHT.of(tone).startswith("#")
        assert LIGHT.of(f"{tone}_tint").startswith("#")


def test_every_icon_that_is_shipped_is_used_and_every_one_used_is_shipped():
    code = "\n".join(file.read_text(encoding="utf-8") for file in UI.glob("*.py"))
    shipped = {file.stem for file in icons.folder().glob("*.svg")}
    unused = {name for name in shipped if f'"{name}"' not in code}
    assert unused == set()
    asked = set(re.findall(r'(?:picture|icon|pixmap|button)\([^)]*?"([a-z]+(?:-[a-z]+)+)"', code))
    assert asked <= shipped


def test_the_font_is_shipped_with_its_licence():
    folder = paths.resources() / "fonts"
    assert "SIL Open Font License" in (folder / "Inter-LICENSE.txt").read_text(encoding="utf-8")
    assert "ISC License" in (icons.folder() / "LICENSE.txt").read_text(encoding="utf-8")
