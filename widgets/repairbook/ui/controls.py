"""One control for one field: built from what is known about the field, the same everywhere."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ipywidgets as W

from repairbook.model.answer import most_of
from repairbook.model.draft import FIELDS
from repairbook.model.field import Field, Kind
from repairbook.model.library import Library
from repairbook.model.words import Words
from repairbook.ui import look
from repairbook.ui.affect_grid import AffectGrid
from repairbook.ui.chips import Chips
from repairbook.ui.marker_picker import MarkerPicker
from repairbook.ui.panel import box
from repairbook.ui.rating_scale import RatingScale
from repairbook.ui.session_timeline import SessionTimeline
from repairbook.ui.shape import NO, YES
from repairbook.ui.widget import InputWidget

Edit = Callable[[str, Any], None]

FIRST_CHIPS = {"feelings": 8, "urge": 5}
FAMILY_BY_MOVEMENT = {"withdrawal": "withdrawal", "confrontation": "confrontation", "mixed": "withdrawal"}


@dataclass(frozen=True)
class Kit:
    """What controls are built with."""

    words: Words
    library: Library
    options: dict[str, Any]

    def title(self, key: str) -> str:
        """What the field is called on the page."""
        return self.words(f"fields.{key}.title")

    def hint(self, key: str) -> str:
        """The quiet sentence under the title, if there is one."""
        return self.words.maybe(f"fields.{key}.hint")


class Control:
    """A field's widget, with a place under it for a sentence when something does not fit.

    Parameters
    ----------
    key
        The field.
    widget
        What the person answers with.
    """

    def __init__(self, key: str, widget: W.DOMWidget) -> None:
        self.key = key
        self.widget = widget
        self.box = box([widget], "rb-field")
        self._told = ""
        self._place: W.HTML | None = None
        self._shown: dict[str, Any] = {}

    def show(self, value: Any) -> None:
        """Show an answer."""
        self._set("value", value)

    def heard(self, edit: Edit) -> None:
        """Hand every answer the person gives to `edit`; what is only shown is no answer."""
        self._hear("value", self.key, edit, _as_it_is)

    def _set(self, trait: str, value: Any) -> None:
        self._shown[trait] = value
        if getattr(self.widget, trait) != value:
            setattr(self.widget, trait, value)

    def _hear(self, trait: str, key: str, edit: Edit, plain: Callable[[Any], Any]) -> None:
        def hear(change: Any) -> None:
            if change.new != self._shown.get(trait):
                edit(key, plain(change.new))

        self.widget.observe(hear, trait)

    def tell(self, sentence: str, *, gently: bool = False) -> None:
        """Put a sentence under the control; an empty one takes it away."""
        if sentence == self._told:
            return
        self._told = sentence
        if self._place is None:
            self._place = W.HTML()
            self.box.children = (self.widget, self._place)
        kind, role = ("rb-hint", "note") if gently else ("rb-fault", "alert")
        said = f'<span class="{kind}" role="{role}">{html.escape(sentence)}</span>'
        self._place.value = said if sentence else ""


class TypedControl(Control):
    """A box for words; what is typed reaches Python with every pause of the fingers."""

    def __init__(self, key: str, kit: Kit) -> None:
        kind = FIELDS[key].kind
        make = W.Textarea if kind is Kind.TEXT else W.Text
        widget = make(
            description=_label(kit, key),
            description_allow_html=True,
            placeholder=kit.words.maybe(f"fields.{key}.place"),
            continuous_update=True,
            layout=look.layout(),
        )
        widget.add_class(f"rb-key-{key}")
        if kind is Kind.TIME:
            widget.add_class("rb-time")
        super().__init__(key, widget)


class DateControl(Control):
    """A day picked or typed."""

    def __init__(self, key: str, kit: Kit) -> None:
        widget = W.DatePicker(description=kit.title(key))
        widget.add_class(f"rb-key-{key}")
        super().__init__(key, widget)

    def show(self, value: Any) -> None:
        """Show a day written as 2026-11-17; nothing when it is empty or no day."""
        self._set("value", _day(value))

    def heard(self, edit: Edit) -> None:
        """Hand the day over as text."""
        self._hear("value", self.key, edit, lambda day: day.isoformat() if day else "")


class ChipsControl(Control):
    """Chips, with an own word where the field allows one."""

    def show_own(self, text: str) -> None:
        """Show the own word."""
        self._set("own", text)

    def heard(self, edit: Edit) -> None:
        """Hand over codes, and the own word under its own key."""
        super().heard(edit)
        if self.widget.own_key:
            self._hear("own", self.widget.own_key, edit, _as_it_is)


def build(key: str, kit: Kit) -> Control:
    """Build the control a field asks for."""
    field = FIELDS[key]
    if field.kind in {Kind.TEXT, Kind.LINE, Kind.TIME}:
        return TypedControl(key, kit)
    if field.kind is Kind.DATE:
        return DateControl(key, kit)
    if field.kind in {Kind.CODE, Kind.CODES, Kind.YES_NO}:
        return ChipsControl(key, _chips(key, field, kit))
    return Control(key, _BUILDERS[field.kind](key, field, kit))


def chip_words(words: Words) -> dict[str, str]:
    """The words every set of chips says."""
    return {"more": words("walk.more"), "own": words("walk.own_word")}


def yes_no(words: Words) -> list[dict[str, str]]:
    """The two chips of a yes-or-no question."""
    return [
        {"code": YES, "label": words("walk.yes"), "line": ""},
        {"code": NO, "label": words("walk.no"), "line": ""},
    ]


def _chips(key: str, field: Field, kit: Kit) -> Chips:
    book = kit.options.get(key, field.book)
    entries = kit.library.codebook(book).entries if book else ()
    options = yes_no(kit.words) if field.kind is Kind.YES_NO else entries
    own_key = "feelings_word" if key == "feelings" else ""
    return Chips(
        key=key,
        label=kit.title(key),
        hint=kit.hint(key),
        heading=True,
        options=list(options),
        multiple=field.kind is Kind.CODES,
        limit=field.limit,
        first=FIRST_CHIPS.get(key, 0),
        own_key=own_key,
        words=chip_words(kit.words),
    )


def _rating(key: str, field: Field, kit: Kit) -> InputWidget:
    return RatingScale(
        key=key,
        label=kit.title(key),
        hint=kit.hint(key),
        heading=True,
        low=field.low,
        high=field.high,
        low_label=kit.words.maybe(f"fields.{key}.low"),
        high_label=kit.words.maybe(f"fields.{key}.high"),
    )


def _grid(key: str, field: Field, kit: Kit) -> InputWidget:
    return AffectGrid(key=key, label=kit.title(key), hint=kit.hint(key), heading=True)


def _marks(key: str, field: Field, kit: Kit) -> InputWidget:
    entries: list[Any] = list(kit.library.codebook(field.book).entries)
    families = {entry.family: kit.words.maybe(f"families.{entry.family}") for entry in entries}
    first = FAMILY_BY_MOVEMENT.get(kit.options.get("movement", ""), "")
    if key != "markers":
        # One short list needs no folding.
        entries = [{"code": e.code, "label": e.label, "line": e.line, "family": "all"} for e in entries]
        families, first = {"all": ""}, "all"
    return MarkerPicker(
        key=key,
        label=kit.title(key),
        hint=kit.hint(key),
        heading=True,
        entries=entries,
        families=families,
        first=first,
        note=kit.words.maybe(f"fields.{key}.note"),
        words={"low": kit.words(f"fields.{key}.low"), "high": kit.words(f"fields.{key}.high")},
    )


def _timeline(key: str, field: Field, kit: Kit) -> InputWidget:
    return SessionTimeline(
        key=key,
        label=kit.title(key),
        hint=kit.hint(key),
        heading=True,
        events=list(kit.library.codebook("timeline_event").entries),
        moves=list(kit.library.codebook("moves").entries),
    )


def too_long(words: Words, key: str) -> str:
    """The sentence for a text that a field cannot hold."""
    return words("faults.string_too_long", most=most_of(key))


def _label(kit: Kit, key: str) -> str:
    # Title and hint are one label, so both are heard with the box; the words are ours, escaped all the same.
    hint = kit.hint(key)
    said = f"<span class='rb-label-hint'>{html.escape(hint)}</span>" if hint else ""
    return f"<span class='rb-label-title'>{html.escape(kit.title(key))}</span> {said}"


def _as_it_is(value: Any) -> Any:
    return value


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        return None


_BUILDERS: dict[Kind, Callable[[str, Field, Kit], W.DOMWidget]] = {
    Kind.RATE: _rating,
    Kind.GRID: _grid,
    Kind.RATES: _marks,
    Kind.ROWS: _timeline,
}
