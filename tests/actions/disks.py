"""Real disks for tests: one that is soon full, and a stick that is pulled out. They need leave to mount."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _try(*words: object) -> None:
    """Run a tool that makes or mounts disks; the test is skipped where it is not there or not allowed."""
    tool = shutil.which(str(words[0]))
    if not tool or subprocess.run([tool, *map(str, words[1:])], check=False, capture_output=True).returncode:
        pytest.skip(f"{words[0]} is not possible here")


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Give a folder on a disk of its own with room for so many bytes."""
    folder.mkdir()
    _try("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


class Stick:
    """A stick in its slot."""

    def __init__(self, image: Path, path: Path) -> None:
        self._image = image
        self.path = path

    def pull_out(self, keep: int = 0) -> None:
        """Let every read behind the first bytes fail, as after pulling it out; nothing of it is remembered."""
        subprocess.run(["umount", self.path], check=True)
        _try("mount", "-o", "loop,ro", self._image, self.path)
        os.truncate(self._image, keep)


@contextmanager
def stick(folder: Path, size: int) -> Iterator[Stick]:
    """Give a stick that holds so many bytes."""
    image, path = folder / "stick.img", folder / "stick"
    image.touch()
    os.truncate(image, size)
    path.mkdir()
    _try("mke2fs", "-q", "-F", image)
    _try("mount", "-o", "loop", image, path)
    try:
        yield Stick(image, path)
    finally:
        subprocess.run(["umount", "-l", path], check=True)
