"""Photos are upright, small, and tell nothing but what they show."""

import io

import pytest
from PIL import Image

from tac_desktop.errors import PhotoNotReadable
from tac_desktop.export.photo import LONGEST_SIDE, fit_for_paper, prepare_photo
from tests.export.pictures import a_camera_photo


def test_a_photo_loses_place_camera_and_comment():
    photo = prepare_photo(a_camera_photo())
    for marker in (b"Exif", b"Puce Camera", b"taken at home", b"ICC_PROFILE", b"http://ns.adobe.com"):
        assert marker not in photo.jpeg
    with Image.open(io.BytesIO(photo.jpeg)) as picture:
        assert not picture.getexif()
        assert picture.size == (photo.width, photo.height)


@pytest.mark.parametrize(("orientation", "red_at"), [
    (1, (0.1, 0.5)), (2, (0.9, 0.5)), (3, (0.9, 0.5)), (4, (0.1, 0.5)),
    (5, (0.5, 0.1)), (6, (0.5, 0.1)), (7, (0.5, 0.9)), (8, (0.5, 0.9)),
])  # fmt: skip
def test_a_photo_is_turned_upright(orientation: int, red_at: tuple[float, float]):
    photo = prepare_photo(a_camera_photo(400, 300, orientation))
    assert (photo.width < photo.height) == (orientation >= 5)
    with Image.open(io.BytesIO(photo.jpeg)) as picture:
        red, green, _ = picture.getpixel((int(red_at[0] * photo.width), int(red_at[1] * photo.height)))
        assert (red > 150, green < 90) == (True, True)


def test_a_large_photo_is_made_small_and_a_small_one_is_not_enlarged():
    large, small = prepare_photo(a_camera_photo(4000, 3000, 1)), prepare_photo(a_camera_photo(300, 200, 1))
    assert (large.width, large.height) == (LONGEST_SIDE, 1241)
    assert (small.width, small.height) == (300, 200)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK", "1", "I;16"])
def test_every_kind_of_picture_becomes_plain_colour_on_white(mode: str):
    out = io.BytesIO()
    picture = Image.new(mode, (40, 30))
    picture.save(out, "TIFF" if mode in ("CMYK", "I;16") else "PNG")
    photo = prepare_photo(out.getvalue())
    with Image.open(io.BytesIO(photo.jpeg)) as made:
        assert made.mode == "RGB"
        if mode in ("RGBA", "LA"):
            assert made.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"no picture", b"GIF89a" + bytes(50), a_camera_photo()[:2000], b"%PDF-1.4"])
def test_what_is_no_sound_picture_is_refused(content: bytes):
    with pytest.raises(PhotoNotReadable):
        prepare_photo(content)


def test_a_picture_of_too_many_points_is_refused():
    out = io.BytesIO()
    Image.new("1", (10_000, 9_001)).save(out, "PNG")
    with pytest.raises(PhotoNotReadable):
        prepare_photo(out.getvalue())


def test_a_prepared_photo_stays_as_it_is_and_any_other_is_prepared():
    photo = prepare_photo(a_camera_photo())
    assert fit_for_paper(photo.jpeg) == photo
    assert b"Puce Camera" not in fit_for_paper(a_camera_photo()).jpeg
    grey = io.BytesIO()
    Image.new("L", (30, 30)).save(grey, "JPEG")
    assert Image.open(io.BytesIO(fit_for_paper(grey.getvalue()).jpeg)).mode == "RGB"
