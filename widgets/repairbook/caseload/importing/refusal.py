"""Why a file or a row is not taken: sentences looked up by a code, and nothing of what is in the file."""

from __future__ import annotations

from enum import StrEnum

from repairbook.model.words import Words


class Why(StrEnum):
    """Why a whole file is refused."""

    BINARY = "binary"
    COLUMNS = "columns"
    EMPTY = "empty"
    HUGE_CELL = "huge_cell"
    LETTERS = "letters"
    NO_CASE = "no_case"
    NO_COLUMN = "no_column"
    NO_EXCEL = "no_excel"
    NO_FIELD = "no_field"
    NO_HEADERS = "no_headers"
    NO_INSTRUMENT = "no_instrument"
    NO_ROWS = "no_rows"
    NO_SCORE = "no_score"
    NO_SESSION = "no_session"
    NO_TABLE = "no_table"
    NOT_OPENED = "not_opened"
    TWICE = "twice"
    UNPACKED = "unpacked"
    CHANGED = "changed"
    TOO_LARGE = "too_large"
    MAP_FORM = "map_form"
    UNKNOWN_ORDER = "unknown_order"
    UNKNOWN_RATER = "unknown_rater"
    UNKNOWN_INSTRUMENT = "unknown_instrument"


class Fault(StrEnum):
    """Why one row is kept aside."""

    AMBIGUOUS_DATE = "ambiguous_date"
    ATTENDANCE = "attendance"
    ATTENDANCE_DIFFERS = "attendance_differs"
    CONTRADICTS = "contradicts"
    DATE_DATE = "date_date"
    DATE_DIFFERS = "date_differs"
    ITEMS_TOTAL = "items_total"
    LONG_CELL = "long_cell"
    MISSED_SCORE = "missed_score"
    NO_CASE = "no_case"
    NO_FREE_NUMBER = "no_free_number"
    NO_INSTRUMENT = "no_instrument"
    NO_SESSION = "no_session"
    NUMBER = "number"
    ORDER_DATE = "order_date"
    OTHER_ATTENDANCE = "other_attendance"
    OTHER_DATE = "other_date"
    OTHER_NUMBER = "other_number"
    SEEN_BY = "seen_by"
    SESSION_NUMBER = "session_number"
    SUPERVISION = "supervision"
    TOO_MANY_CELLS = "too_many_cells"
    TWICE = "twice"
    TWO_CASES = "two_cases"
    TWO_SESSIONS = "two_sessions"
    UNKNOWN_CASE = "unknown_case"
    UNKNOWN_INSTRUMENT = "unknown_instrument"
    UNKNOWN_RATER = "unknown_rater"
    WHICH_INSTRUMENT = "which_instrument"
    WRONG_RATER = "wrong_rater"
    YES_NO = "yes_no"


class CannotImport(Exception):
    """A file, or what was said about it, that cannot be used as a whole.

    Parameters
    ----------
    why
        Names the sentence below `import.refused` in the words.
    values
        What the sentence names: columns, sizes, never a cell.
    """

    def __init__(self, why: Why, **values: object) -> None:
        super().__init__(why)
        self.why = why
        self.values = values

    def sentence(self, words: Words) -> str:
        """Say it to the person."""
        return words(f"import.refused.{self.why}", **self.values)


class Faulty(Exception):
    """An entry that does not fit; its arguments are the reasons, in sentences."""
