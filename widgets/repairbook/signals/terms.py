"""The terms a question is asked on: what was known, which way is better, where the scale ends."""

from __future__ import annotations

import math
from dataclasses import dataclass

from repairbook.signals.arrays import Floats

MODES = ("prospective", "retrospective")
BETTER = ("higher", "lower")
HARM = ("up", "down")


@dataclass(frozen=True)
class Terms:
    """How the rules are to look at scores.

    Parameters
    ----------
    mode
        `prospective` uses what was known at each session, `retrospective` uses the whole series.
    better
        Whether `higher` or `lower` scores are better.
    harm
        The way that counts as harm, `up` or `down`; the opposite of better where it is left out.
    lower, upper
        The ends of the scale, where they are known.

    Raises
    ------
    ValueError
        With one sentence for everything that does not fit.
    """

    mode: str = "prospective"
    better: str = "higher"
    harm: str | None = None
    lower: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        faults = [
            f"The {name} is one of {', '.join(known)}."
            for name, value, known in (
                ("mode", self.mode, MODES),
                ("better side", self.better, BETTER),
                ("harm", self.harm or "up", HARM),
            )
            if value not in known
        ]
        ends = [end for end in (self.lower, self.upper) if end is not None]
        if not all(math.isfinite(end) for end in ends):
            faults.append("The ends of the scale are ordinary numbers.")
        elif self.lower is not None and self.upper is not None and self.lower >= self.upper:
            faults.append("The lower end of the scale lies below the upper end.")
        if faults:
            raise ValueError("\n".join(faults))

    @property
    def prospective(self) -> bool:
        """Whether each session is judged by what was known at it."""
        return self.mode == "prospective"

    @property
    def falls(self) -> bool:
        """Whether harm is a fall of the score."""
        return (self.harm or ("down" if self.better == "higher" else "up")) == "down"

    @property
    def worst(self) -> float | None:
        """The end of the scale on the side of harm, turned as `turned` turns scores."""
        if self.falls:
            return self.lower
        return None if self.upper is None else -self.upper

    def turned(self, scores: Floats) -> Floats:
        """Turn scores so that harm is always down."""
        return scores if self.falls else -scores

    def settled(self, running: Floats) -> Floats:
        """Give what each session may use of a running reckoning: so far, or where it ended."""
        if self.prospective:
            return running
        whole = running.copy()
        whole[:] = running[-1]
        return whole
