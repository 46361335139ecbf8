"""Draws the pictures and papers of the sample story anew: `python tests/reference/draw_sample_papers.py`.

Nobody is photographed, nothing is copied: every line is drawn here. The files lie in resources/sample/.
"""

import math
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SAMPLE = RESOURCES / "sample"
PAPER = (250, 247, 240)

Point = tuple[float, float]


class Brush:
    """A brush held by a child: no line is quite straight, no colour quite even."""

    def __init__(self, size: tuple[int, int], ground: tuple[int, int, int], seed: int) -> None:
        self.picture = Image.new("RGB", size, ground)
        self.draw = ImageDraw.Draw(self.picture, "RGBA")
        self.chance = random.Random(seed)

    def shade(self, colour: str, alpha: int = 190) -> tuple[int, int, int, int]:
        rgb = [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
        moved = [min(255, max(0, value + self.chance.randint(-14, 14))) for value in rgb]
        return moved[0], moved[1], moved[2], alpha

    def stroke(self, start: Point, end: Point, colour: str, width: float) -> None:
        steps = max(2, int(math.dist(start, end) / 18))
        points: list[Point] = []
        for step in range(steps + 1):
            along = step / steps
            x = start[0] + (end[0] - start[0]) * along + self.chance.gauss(0, width / 9)
            y = start[1] + (end[1] - start[1]) * along + self.chance.gauss(0, width / 9)
            points.append((x, y))
        self.draw.line(points, fill=self.shade(colour), width=int(width), joint="curve")
        for x, y in (points[0], points[-1]):
            half = width / 2
            self.draw.ellipse((x - half, y - half, x + half, y + half), fill=self.shade(colour))

    def wash(self, box: tuple[int, int, int, int], colours: Sequence[str]) -> None:
        left, top, right, bottom = box
        rows = (bottom - top) // 26
        for row in range(rows):
            colour = colours[min(len(colours) - 1, row * len(colours) // rows)]
            y = top + row * 26
            for _ in range(2):
                start = left + self.chance.randint(-60, 120)
                self.stroke(
                    (start, y), (right + self.chance.randint(-120, 60), y + self.chance.randint(-12, 12)), colour, 40
                )

    def round(self, middle: Point, radius: float, colour: str) -> None:
        for _ in range(3):
            x, y = middle[0] + self.chance.gauss(0, 2), middle[1] + self.chance.gauss(0, 2)
            wide, high = radius * self.chance.uniform(0.95, 1.04), radius * self.chance.uniform(0.95, 1.04)
            self.draw.ellipse((x - wide, y - high, x + wide, y + high), fill=self.shade(colour, 150))


def figure(brush: Brush, foot: Point, height: float, dress: str, hair: str, *, plaits: bool = False) -> None:
    """Paint somebody who stands, arms held out, with a dress like a bell."""
    x, y = foot
    head = height * 0.16
    neck = y - height + 2 * head
    for side in (-1, 1):
        brush.stroke(
            (x + side * height * 0.07, y - height * 0.28), (x + side * height * 0.08, y), "3d3a4a", height * 0.05
        )
        brush.stroke((x, neck + height * 0.12), (x + side * height * 0.34, neck + height * 0.22), dress, height * 0.08)
        brush.round((x + side * height * 0.36, neck + height * 0.22), height * 0.045, "e8b996")
    for line in range(9):
        spread = (line - 4) / 4
        brush.stroke(
            (x + spread * height * 0.05, neck), (x + spread * height * 0.22, y - height * 0.22), dress, height * 0.07
        )
    brush.round((x, neck - head * 0.7), head, "efc4a2")
    for lock in range(-5, 6):
        angle = math.radians(-90 + lock * 17)
        tip = (x + math.cos(angle) * head * 1.1, neck - head * 0.7 + math.sin(angle) * head * 1.1)
        brush.stroke((x + lock * head * 0.12, neck - head * 1.4), tip, hair, head * 0.32)
    if plaits:
        for side in (-1, 1):
            brush.stroke(
                (x + side * head, neck - head * 0.5), (x + side * head * 1.3, neck + head * 1.1), hair, head * 0.36
            )
            brush.round((x + side * head * 1.32, neck + head * 1.2), head * 0.16, "d4543f")
    for side in (-1, 1):
        brush.round((x + side * head * 0.36, neck - head * 0.75), head * 0.09, "2c2b36")
    brush.draw.arc(
        (x - head * 0.5, neck - head * 0.9, x + head * 0.5, neck - head * 0.1),
        20,
        160,
        fill=(178, 64, 58, 230),
        width=6,
    )


def painting() -> Image.Image:
    """Three children and their mother under a lantern, on a green hill."""
    brush = Brush((1600, 1130), PAPER, seed=7)
    brush.wash((60, 60, 1540, 760), ("9cc4de", "aed2e4", "c5dfe8", "e9e3cf"))
    for ray in range(24):
        angle = math.radians(ray * 15)
        near, far = 120, 165 + (ray % 2) * 40
        start = (800 + math.cos(angle) * near, 210 + math.sin(angle) * near)
        brush.stroke(start, (800 + math.cos(angle) * far, 210 + math.sin(angle) * far), "f2c14b", 15)
    for line in range(10):
        brush.stroke((735 + line * 14, 140), (735 + line * 14, 285), "f7d774", 22)
    for start, end in (
        ((725, 130), (875, 130)),
        ((725, 292), (875, 292)),
        ((725, 130), (725, 292)),
        ((875, 130), (875, 292)),
    ):
        brush.stroke(start, end, "4b4a7a", 16)
    brush.stroke((800, 126), (800, 62), "4b4a7a", 12)
    for column in range(60, 1545, 16):
        top = 800 - 130 * math.sin(math.pi * (column - 60) / 1480)
        brush.stroke(
            (column, top),
            (column + brush.chance.randint(-20, 20), 1065),
            ("6fa35a", "5d9450", "82b364")[column % 3],
            26,
        )
    figure(brush, (800, 985), 470, "4a4a9c", "4a3226")
    figure(brush, (545, 990), 330, "e6a234", "7a4a24", plaits=True)
    figure(brush, (1040, 990), 265, "2a9d97", "5a3a26")
    figure(brush, (1215, 1000), 175, "b98b5e", "a0713f")
    for _ in range(26):
        x, y = brush.chance.randint(90, 1510), brush.chance.randint(960, 1050)
        for petal in range(5):
            angle = math.radians(petal * 72)
            brush.round(
                (x + math.cos(angle) * 9, y + math.sin(angle) * 9),
                6,
                brush.chance.choice(("e0697a", "f3e9f0", "f2c14b")),
            )
        brush.round((x, y), 4, "d98a2b")
    return brush.picture.filter(ImageFilter.SMOOTH)


def chairs() -> Image.Image:
    """A drawing in crayon of a room with four chairs, one of them very small."""
    brush = Brush((1400, 900), PAPER, seed=11)
    for line in range(3):
        brush.stroke((80, 760 + line * 6), (1320, 750 + line * 8), "8a7f70", 8)
    for x, high, colour in ((230, 300, "4a4a9c"), (540, 240, "e6a234"), (830, 210, "2a9d97"), (1110, 130, "b98b5e")):
        for _ in range(3):
            brush.stroke((x - high * 0.35, 750), (x - high * 0.35, 750 - high * 0.5), colour, 13)
            brush.stroke((x + high * 0.35, 750), (x + high * 0.35, 750 - high), colour, 13)
            brush.stroke((x - high * 0.35, 750 - high * 0.5), (x + high * 0.35, 750 - high * 0.5), colour, 16)
            brush.stroke((x + high * 0.2, 750 - high), (x + high * 0.38, 750 - high), colour, 13)
    brush.round((1230, 180), 80, "f2c14b")
    for ray in range(12):
        angle = math.radians(ray * 30)
        start = (1230 + math.cos(angle) * 100, 180 + math.sin(angle) * 100)
        brush.stroke(start, (1230 + math.cos(angle) * 150, 180 + math.sin(angle) * 150), "f2c14b", 12)
    return brush.picture.filter(ImageFilter.SMOOTH)


def style(size: float, leading: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle("p", fontName=str(more.pop("font", "Sans")), fontSize=size, leading=leading, **more)


def certificate(path: Path) -> None:
    def frame(canvas, _) -> None:
        canvas.setStrokeColor(HexColor("#2a9d97"))
        canvas.setLineWidth(2)
        canvas.rect(15 * mm, 15 * mm, A4[0] - 30 * mm, A4[1] - 30 * mm)
        canvas.setLineWidth(0.5)
        canvas.rect(18 * mm, 18 * mm, A4[0] - 36 * mm, A4[1] - 36 * mm)

    middle = {"alignment": TA_CENTER}
    words = [
        Spacer(1, 45 * mm),
        Paragraph("Certificate", style(34, 42, font="Sans-Bold", **middle)),
        Spacer(1, 16 * mm),
        Paragraph("This is to certify that", style(13, 20, **middle)),
        Spacer(1, 4 * mm),
        Paragraph("Indigo Lantern", style(24, 32, font="Sans-Bold", **middle)),
        Spacer(1, 4 * mm),
        Paragraph("has taken part in all ten sessions of", style(13, 20, **middle)),
        Spacer(1, 4 * mm),
        Paragraph("Being a parent from a distance", style(19, 26, font="Sans-Bold", **middle)),
        Spacer(1, 4 * mm),
        Paragraph("23 March to 29 May 2026", style(13, 20, **middle)),
        Spacer(1, 16 * mm),
        Paragraph(
            "She planned and carried out weekly calls with her children, kept a diary of what they asked, "
            "and presented to the group how she prepares a visit.",
            style(12, 19, **middle),
        ),
        Spacer(1, 35 * mm),
        Paragraph("Mauve Ribbon, tutor<br/>Education department, HMP Eastwood Park", style(12, 18, **middle)),
    ]
    _paper(path, "Certificate: Being a parent from a distance", margin=30 * mm).build(words, onFirstPage=frame)


def school_report(path: Path) -> None:
    heading, text = style(12.5, 18, font="Sans-Bold", spaceBefore=9, keepWithNext=1), style(11, 16.5, spaceAfter=5)
    cells = [[Paragraph(cell, text) for cell in row] for row in (
        ("<b>Subject</b>", "<b>Where Amber is</b>", "<b>Effort</b>"),
        ("Language, literacy and communication", "Beyond what is expected at her age", "Excellent"),
        ("Mathematics and numeracy", "At what is expected at her age", "Good"),
        ("Science and technology", "At what is expected at her age", "Very good"),
        ("Expressive arts", "Beyond what is expected at her age", "Excellent"),
        ("Health and well-being", "Needs some support, and gets it", "Very good"),
        ("Humanities", "At what is expected at her age", "Good"),
    )]  # fmt: skip
    table = Table(cells, colWidths=[62 * mm, 70 * mm, 30 * mm], hAlign="LEFT", repeatRows=1)
    table.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#9aa5b1")), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    words = [
        Paragraph("Ysgol Bryn Lliwgar", style(19, 26, font="Sans-Bold")),
        Paragraph("Adroddiad diwedd blwyddyn · End of year report, summer term 2026", style(12, 20)),
        Spacer(1, 5 * mm),
        Paragraph("<b>Pupil:</b> Amber Lantern &nbsp;&nbsp; <b>Class:</b> Blwyddyn 3 (Year 3)", text),
        Paragraph("<b>Class teacher:</b> Olive Easel &nbsp;&nbsp; <b>Date:</b> 17 July 2026", text),
        Paragraph("<b>Attendance:</b> 97.1 % &nbsp;&nbsp; <b>Late:</b> once", text),
        Spacer(1, 4 * mm),
        table,
        Paragraph("From the class teacher", heading),
        Paragraph(
            "Amber came to us in January, in the middle of the year and in the middle of a week. On the first day she "
            "asked where the fire exits are. By half-term she was the one who showed new children round.",
            text,
        ),
        Paragraph(
            "She reads for pleasure in two languages, and reads to the little ones on Fridays. Her story ‘Y llusern’ "
            "(‘The lantern’) was chosen for the school’s magazine. In mathematics she understands more than she "
            "believes; she rubs out right answers.",
            text,
        ),
        Paragraph(
            "Amber takes great care of other children. We are helping her to be looked after, too: she has a card that "
            "she can put on my desk, without a word, when she needs ten minutes in the library.",
            text,
        ),
        Paragraph("Friendships and well-being", heading),
        Paragraph(
            "She has two close friends. In June a remark was made in the playground about her mother. Amber told an "
            "adult, which we count as a strength. We spoke with the class about the many kinds of families there are. "
            "It has not happened again.",
            text,
        ),
        Paragraph("Contact with home", heading),
        Paragraph(
            "Mr and Mrs Harbour come to everything. Amber’s mother writes to the class each half-term and answers our "
            "notes within the week. Amber brings her mother’s letters to school in her reading folder, and once read "
            "us a paragraph about a robin. We would like the mother to receive this report, and the reading list for "
            "the autumn, so that the two of them can read the same book.",
            text,
        ),
        Paragraph("What Amber says", heading),
        Paragraph(
            "“I like the library and I like being the oldest on Fridays. I would like to be better at sums. I want my "
            "mam to see my story.”",
            text,
        ),
        Paragraph("Next steps", heading),
        Paragraph("1. Leave right answers as they are.", text),
        Paragraph("2. Use the card before it becomes too much, not after.", text),
        Paragraph("3. Join the choir, as she has wished since March.", text),
        Spacer(1, 8 * mm),
        Paragraph("Olive Easel, class teacher", text),
        Paragraph("Auburn Ladle, head teacher: <i>A pleasure to have in the school. Da iawn, Amber.</i>", text),
    ]
    _paper(path, "School report for Amber Lantern, summer term 2026", margin=22 * mm).build(words)


def _paper(path: Path, title: str, margin: float) -> SimpleDocTemplate:
    sides = {"leftMargin": margin, "rightMargin": margin, "topMargin": 22 * mm, "bottomMargin": 22 * mm}
    return SimpleDocTemplate(str(path), pagesize=A4, title=title, author="Sample", lang="en-GB", **sides)


def main() -> None:
    rl_config.invariant = 1
    for name, file in (("Sans", "Regular"), ("Sans-Bold", "Bold"), ("Sans-Italic", "Italic")):
        pdfmetrics.registerFont(TTFont(name, RESOURCES / "fonts" / f"LiberationSans-{file}.ttf"))
    pdfmetrics.registerFontFamily("Sans", normal="Sans", bold="Sans-Bold", italic="Sans-Italic", boldItalic="Sans-Bold")
    painting().save(SAMPLE / "family-day.jpg", quality=82, optimize=True)
    chairs().quantize(96).save(SAMPLE / "chairs.png", optimize=True)
    certificate(SAMPLE / "course-certificate.pdf")
    school_report(SAMPLE / "school-report.pdf")


if __name__ == "__main__":
    main()
