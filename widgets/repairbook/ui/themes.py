"""The six themes of "look closer": which fields, in which small steps, and which wait for another answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from repairbook.model.draft import FIELDS
from repairbook.model.reflection import Reflection

MOST_AT_ONCE = 4

Asks = Callable[[Reflection], bool]


@dataclass(frozen=True)
class Theme:
    """A theme: its name and its steps, each at most four controls."""

    name: str
    steps: tuple[tuple[str, ...], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every field of the theme, in order."""
        return tuple(key for step in self.steps for key in step)


THEMES: tuple[Theme, ...] = (
    Theme(
        "rupture",
        (
            ("markers",),
            ("domains", "who_noticed", "client_impact"),
            ("timeline",),
            ("boundary_event", "boundary_line"),
            ("power_in_play", "power_whose", "power_toward", "power_named"),
            ("movements_2022",),
            ("recording_label", "recording_from", "recording_to", "recording_purge"),
        ),
    ),
    Theme(
        "rule",
        (
            ("must_report", "to_whom", "when_told", "how_said"),
            ("dread_before", "report_sent", "client_told_first", "client_saw_text"),
            ("client_took_it", "role_felt_like", "power_talked_about"),
        ),
    ),
    Theme(
        "felt",
        (
            ("body", "meaning"),
            ("before", "peak", "after"),
            ("wished_to", "not_said_to_client", "own_movement", "defensiveness"),
            ("lens", "lens_codes"),
            ("own_history",),
        ),
    ),
    Theme(
        "repair",
        (
            ("strategies", "pathways", "acceptance_first"),
            ("techniques_used", "techniques_wished"),
            ("client_voiced", "works", "does_not"),
            ("resolution", "pattern_link_now"),
            ("psq_tension", "psq_intensity", "psq_addressed", "psq_resolved"),
            ("client_psq_tension", "client_psq_intensity", "client_psq_addressed", "client_psq_resolved"),
        ),
    ),
    Theme(
        "ground",
        (
            ("client_ready", "therapist_able", "safe_place"),
            ("frame", "good_relationship"),
            ("heard", "supported", "connected"),
            ("aspects",),
        ),
    ),
    Theme(
        "forward",
        (
            ("played_whom", "rehearsal_line", "rehearsal_aloud", "rehearsal_felt"),
            ("consult_or_refer", "boundary_plan"),
            ("contact_attempted", "contact_on", "contact_answer"),
            ("recognise", "tolerate", "negotiate"),
            ("ending_reason", "ending_mutual", "ending_readiness"),
        ),
    ),
)

ASKED_WHEN: dict[str, Asks] = {
    "boundary_line": lambda said: bool(said.boundary_event),
    "power_whose": lambda said: said.power_in_play is True,
    "power_toward": lambda said: said.power_in_play is True,
    "power_named": lambda said: said.power_in_play is True,
    "lens_codes": lambda said: bool(said.lens),
    "acceptance_first": lambda said: "P3" in said.pathways,
    "psq_intensity": lambda said: said.psq_tension is True,
    "psq_addressed": lambda said: said.psq_tension is True,
    "psq_resolved": lambda said: said.psq_tension is True,
    "client_psq_intensity": lambda said: said.client_psq_tension is True,
    "client_psq_addressed": lambda said: said.client_psq_tension is True,
    "client_psq_resolved": lambda said: said.client_psq_tension is True,
    "contact_on": lambda said: said.contact_attempted is True,
    "contact_answer": lambda said: said.contact_attempted is True,
    "ending_mutual": lambda said: bool(said.ending_reason),
    "ending_readiness": lambda said: bool(said.ending_reason),
}
"""Fields that wait until another answer makes them worth asking; an answer already given always shows."""


def is_asked(key: str, said: Reflection) -> bool:
    """Whether a field is worth asking now."""
    asks = ASKED_WHEN.get(key)
    return asks is None or asks(said) or key in said.filled()


def answered_count(theme: Theme, said: Reflection) -> int:
    """How many fields of a theme have an answer."""
    filled = said.filled()
    return sum(key in filled for key in theme.keys if FIELDS[key].theme == theme.name)
