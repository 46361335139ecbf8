"""Reading a database page by page gives what SQLCipher gives; and damage costs what lies in the damaged pages only."""

import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.storage.b_trees import values, varint
from tac_desktop.storage.binding import open_database
from tac_desktop.storage.readable_rows import ReadableRows, shapes_of
from tac_desktop.storage.sealed_pages import PAGE, SealedPages

KEY = bytes(range(32))
ROWS = 90
_WORDS = ("", "Ochre", "Needle " * 40, "Puce anchor " * 900)
_NUMBERS = (0, 1, -1, 127, 128, -40_000, 1 << 20, -(1 << 40), (1 << 63) - 1, -(1 << 63))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables and indexes of every kind that a vault has, and rows of all sizes."""
    path = tmp_path_factory.mktemp("rows") / "rows.db"
    connection = open_database(path, KEY, create=True)
    connection.execute("CREATE TABLE a (n INTEGER PRIMARY KEY, word TEXT NOT NULL, more BLOB) STRICT")
    connection.execute("CREATE TABLE b (word TEXT, n INTEGER, x ANY, PRIMARY KEY (n, word)) STRICT, WITHOUT ROWID")
    connection.execute("CREATE INDEX a_word ON a (word, more)")
    connection.execute("BEGIN")
    for n in range(ROWS):
        word = _WORDS[n % len(_WORDS)]
        connection.execute("INSERT INTO a VALUES (?, ?, ?)", (n * 977 - 5000, f"{n} {word}", os.urandom(n)))
        connection.execute(
            "INSERT INTO b VALUES (?, ?, ?)", (f"{word}{n}", _NUMBERS[n % 10], [n, None, 0.5, b"x"][n % 4])
        )
    connection.execute("COMMIT")
    connection.execute("ALTER TABLE a ADD COLUMN later TEXT NOT NULL DEFAULT 'x'")
    connection.execute("DELETE FROM a WHERE n % 7 = 0")
    connection.close()
    return path


def read(path: Path, shapes) -> ReadableRows:
    pages = Held(path, KEY)
    rows = ReadableRows(pages, shapes)
    for _ in rows.look_through():
        pass
    return rows


class Held(SealedPages):
    """Pages that are held in memory, so that no file stays open."""

    def __init__(self, path: Path, key: bytes) -> None:
        super().__init__(path, key)
        self._all = {number: super(Held, self).page(number) for number in range(1, self.count + 1)}
        self.close()

    def page(self, number: int) -> bytes | None:
        return self._all.get(number)


def test_every_row_of_every_table_and_index_is_read_as_sqlcipher_reads_it(made: Path):
    connection = open_database(made, KEY)
    wanted = {
        "a": connection.execute("SELECT n, word, more FROM a ORDER BY n").fetchall(),
        "b": connection.execute("SELECT n, word, x FROM b ORDER BY n, word").fetchall(),
        "a_word": connection.execute("SELECT word, more, rowid FROM a ORDER BY word, more").fetchall(),
    }
    shapes = shapes_of(connection)
    connection.close()
    rows = read(made, shapes)
    assert rows.damaged == []
    for name, all_of_it in wanted.items():
        assert sorted(rows.rows(name), key=repr) == sorted(all_of_it, key=repr)
        assert rows.is_whole(name)


@pytest.mark.parametrize("zeroed", [False, True], ids=["bit", "zeros"])
def test_each_page_may_be_damaged_and_all_rows_outside_it_are_read(made: Path, tmp_path: Path, zeroed: bool):
    connection = open_database(made, KEY)
    shapes, sound = shapes_of(connection), set(connection.execute("SELECT n, word, more FROM a"))
    connection.close()
    content = made.read_bytes()
    for number in range(0, len(content) // PAGE, 7):
        damaged = bytearray(content)
        at = number * PAGE
        damaged[at : at + PAGE] = bytes(PAGE) if zeroed else damaged[at : at + PAGE]
        damaged[at + 3000] ^= 1
        (tmp_path / "damaged.db").write_bytes(damaged)
        rows = read(tmp_path / "damaged.db", shapes)
        found = set(rows.rows("a"))
        assert found <= sound
        if not zeroed or number:  # with the salt of page 1 the seals cannot be checked any more
            assert rows.damaged == [number + 1]
        assert len(sound) - len(found) <= PAGE // 8


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_a_row_stumble(content: bytes):
    try:
        values(content)
        varint(content, 0)
    except (ValueError, IndexError):
        pass


@pytest.mark.parametrize("seed", range(12))
def test_no_file_makes_looking_through_it_stumble(tmp_path: Path, seed: int):
    noise = Random(seed)
    (tmp_path / "noise.db").write_bytes(noise.randbytes(noise.randrange(PAGE, 8 * PAGE)))
    assert read(tmp_path / "noise.db", {}).lost_pages() == {}
