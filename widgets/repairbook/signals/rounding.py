"""Comparing as a person would: 4.1 to 3.6 is a fall of 0.5, whatever a computer's last digit says."""

from __future__ import annotations

import numpy as np

from repairbook.signals.arrays import Bools, Floats

# Far above what rounding adds to a handful of sums, far below any step of a questionnaire.
SLACK = 1e-12

Operand = Floats | float


def reaches(value: Operand, bar: Operand, size: Operand) -> Bools:
    """Whether a value is at a bar or above it; `size` is how large the numbers it was made of are."""
    return np.greater_equal(value, bar - SLACK * np.abs(size))


def exceeds(value: Operand, bar: Operand, size: Operand) -> Bools:
    """Whether a value is truly above a bar; `size` is how large the numbers it was made of are."""
    return np.greater(value, bar + SLACK * np.abs(size))
