"""All codebooks at hand: the shipped ones, and what a site adds to them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from repairbook.model.codebook import Codebook, parse_addition, parse_codebook
from repairbook.model.faults import DataFault, Fault
from repairbook.model.toml_file import read_toml

FOLDER = "codebooks"


class Library:
    """Give codebooks by their id; each file is read once, when it is first asked for.

    Parameters
    ----------
    shipped_dir
        Folder whose `codebooks/` holds the shipped files, which are never edited in place.
    site_dir
        Folder whose `codebooks/` holds a site's own: additions to shipped ones, or new ones.
    """

    def __init__(self, shipped_dir: Path, site_dir: Path | None = None) -> None:
        self._shipped_dir = shipped_dir
        self._site_dir = site_dir
        self._read: dict[str, Codebook] = {}

    def ids(self) -> tuple[str, ...]:
        """Give the ids of all codebooks, in the order of the alphabet."""
        return tuple(sorted(self._shipped.keys() | self._own.keys()))

    def codebook(self, book_id: str) -> Codebook:
        """Give one codebook with the site's entries after the shipped ones.

        Raises
        ------
        DataFault
            If there is no such codebook, or its file is faulty.
        """
        if book_id not in self._read:
            self._read[book_id] = self._load(book_id)
        return self._read[book_id]

    def all(self) -> tuple[Codebook, ...]:
        """Give every codebook, or refuse with the faults of all the files at once."""
        books: list[Codebook] = []
        faults: list[Fault] = []
        for book_id in self.ids():
            try:
                books.append(self.codebook(book_id))
            except DataFault as refused:
                faults.extend(refused.faults)
        if faults:
            raise DataFault(faults)
        return tuple(books)

    @cached_property
    def _shipped(self) -> dict[str, Path]:
        return _files(self._shipped_dir)

    @cached_property
    def _own(self) -> dict[str, Path]:
        return {} if self._site_dir is None else _files(self._site_dir)

    def _load(self, book_id: str) -> Codebook:
        # Only ids that name a listed file are looked up, so an id can never lead out of the folder.
        shipped, own = self._shipped.get(book_id), self._own.get(book_id)
        whole = shipped or own
        if whole is None:
            raise DataFault([Fault("codebooks", "the id", "names no codebook", "an id of the library")])
        book = parse_codebook(read_toml(whole), whole.name)
        if shipped is None or own is None:
            return book
        return parse_addition(read_toml(own), own.name, book)


def _files(folder: Path) -> dict[str, Path]:
    found = (folder / FOLDER).glob("*.toml")
    return {path.stem: path for path in found if not path.name.startswith(".")}
