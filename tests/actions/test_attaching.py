"""Files are kept as they are, pictures without what the camera wrote into them."""

from pathlib import Path

import pytest

from tac_desktop.actions.attaching import keep_file
from tac_desktop.errors import MediumUnreadable, PhotoNotReadable
from tests.actions.conftest import Desk
from tests.export.pictures import a_camera_photo, a_pdf


def kept(desk: Desk, path: Path) -> bytes:
    work = keep_file(desk.store, path)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return b"".join(desk.store.attachment(end.value))


@pytest.mark.parametrize("name", ["visit.jpg", "VISIT.JPEG"])
def test_a_picture_is_kept_without_its_place(worker: Desk, tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(a_camera_photo())
    content = kept(worker, tmp_path / name)
    assert content.startswith(b"\xff\xd8")
    assert b"Exif" not in content


def test_any_other_file_is_kept_byte_for_byte(worker: Desk, tmp_path: Path):
    (tmp_path / "report.pdf").write_bytes(a_pdf())
    assert kept(worker, tmp_path / "report.pdf") == a_pdf()


@pytest.mark.parametrize(("content", "trouble"), [(b"no picture", PhotoNotReadable), (None, MediumUnreadable)])
def test_what_cannot_be_read_is_told(worker: Desk, tmp_path: Path, content: bytes | None, trouble: type[Exception]):
    if content is not None:
        (tmp_path / "visit.jpg").write_bytes(content)
    with pytest.raises(trouble):
        kept(worker, tmp_path / "visit.jpg")
