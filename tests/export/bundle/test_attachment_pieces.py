"""Attachments in pieces of 8 MiB: over several bundles, each piece once, and whole again at the other end."""

import hashlib
import os
from dataclasses import replace

import pytest

from tac_desktop.errors import AttachmentDamaged, BundleMalformed
from tac_desktop.export.bundle.attachment_pieces import piece_hashes
from tac_desktop.export.bundle.manifest import PIECE
from tac_desktop.export.bundle.reader import BundleReader, Piece
from tac_desktop.export.bundle.writer import Volume, write_bundle

FILM = os.urandom(PIECE) + os.urandom(PIECE) + b"the end"
SET = "01930000-0000-7000-8000-00000000000a"


def pieces(path, reader, *trusted):
    """Return the pieces in a bundle."""
    with BundleReader(path, reader.identity, reader.trusts(*trusted)) as bundle:
        return [part for part in bundle.parts() if isinstance(part, Piece)]


def test_the_pieces_of_a_film_travel_in_several_volumes_and_make_it_again(anna, bea, parcel_of, attachment_of, write):
    film, found = attachment_of(FILM), {}
    for number, here in enumerate([(2,), (0,), (1,)], start=1):
        parcel = parcel_of(anna, bea, attachments=(replace(film, here=here),), volume=Volume(SET, number, 3))
        (piece,) = pieces(write(anna, parcel), bea, anna)
        (place,) = piece.places
        assert (place.attachment, place.size, place.of) == (film.sha256, len(FILM), 3)
        found[place.number] = piece.content
    assert b"".join(found[number] for number in range(3)) == FILM


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1])
def test_whatever_the_size_the_pieces_make_the_whole(anna, bea, parcel_of, attachment_of, write, size):
    content = FILM[:size]
    found = pieces(write(anna, parcel_of(anna, bea, attachments=(attachment_of(content),))), bea, anna)
    assert b"".join(piece.content for piece in found) == content
    assert all(piece.places[0].of == len(found) for piece in found)


def test_the_same_bytes_travel_once_and_have_a_place_in_each_attachment(anna, bea, parcel_of, attachment_of, write):
    both = (attachment_of(FILM[:PIECE] + b"a"), attachment_of(FILM[:PIECE] + b"b"), attachment_of(FILM[:PIECE] * 2))
    found = pieces(write(anna, parcel_of(anna, bea, attachments=both)), bea, anna)
    assert len(found) == 3
    shared = next(piece for piece in found if len(piece.content) == PIECE)
    assert [place.number for place in shared.places] == [0, 0, 0, 1]


def test_pieces_that_are_known_are_not_looked_for_again(anna, bea, parcel_of, attachment_of, write):
    film, asked = attachment_of(FILM), []
    known = replace(film, pieces=piece_hashes(film), here=(2,))
    watched = replace(known, chunks=lambda number: asked.append(number) or film.chunks(number))
    write(anna, parcel_of(anna, bea, attachments=(watched,)))
    assert asked == [2]


@pytest.mark.parametrize(
    "wrong",
    [{"sha256": "0" * 64}, {"size": len(FILM) + 1}, {"pieces": ("a" * 64, "b" * 64, "c" * 64)},
     {"chunks": lambda _: [b"other"]}],
    ids=["name", "size", "pieces", "bytes"],
)  # fmt: skip
def test_a_damaged_film_leaves_no_file(anna, bea, parcel_of, attachment_of, tmp_path, wrong):
    film = replace(attachment_of(FILM), **wrong)
    with pytest.raises(AttachmentDamaged, match="attachment"):
        list(write_bundle(tmp_path / "a", anna.identity, parcel_of(anna, bea, attachments=(film,))))
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_change_between_looking_and_writing_are_noticed(anna, bea, parcel_of, attachment_of, tmp_path):
    film, looks = attachment_of(FILM), []

    def changing(number):
        looks.append(number)
        return film.chunks(number) if len(looks) <= 3 else [bytes(film.piece_size(number))]

    with pytest.raises(AttachmentDamaged):
        list(write_bundle(
            tmp_path / "a", anna.identity, parcel_of(anna, bea, attachments=(replace(film, chunks=changing),))
        ))  # fmt: skip
    assert looks == [0, 1, 2, 0]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["receipt", "roster"])
def test_a_bundle_that_is_not_for_entries_holds_none(anna, bea, history_of, parcel_of, attachment_of, write, kind):
    write(anna, parcel_of(anna, bea, kind=kind))
    for parcel in (parcel_of(anna, bea, history_of(anna, 1)), parcel_of(anna, bea, attachments=(attachment_of(b"x"),))):
        with pytest.raises(BundleMalformed):
            write(anna, replace(parcel, kind=kind))


def test_the_hash_that_names_a_piece_is_that_of_its_bytes(attachment_of):
    film = attachment_of(FILM)
    assert piece_hashes(film) == tuple(
        hashlib.sha256(FILM[start : start + PIECE]).hexdigest() for start in range(0, len(FILM), PIECE)
    )
