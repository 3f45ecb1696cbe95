"""Random tables of scores and random parameters, for properties and for the plain rules."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

HIGHEST = 10


def scores(steps=2):
    """Scores from 0 to 10 in steps of a half, a fifth, a tenth ... as exact fractions."""
    return st.integers(0, HIGHEST * steps).map(lambda number: Fraction(number, steps))


@st.composite
def drawn(draw, most):
    """Scores at large, from a few values only, rising or falling, to and fro, or hardly moving."""
    one = scores(draw(st.sampled_from([1, 2, 10])))
    few = st.lists(one, min_size=1, max_size=3).flatmap(st.sampled_from)
    kind = draw(st.sampled_from(["large", "few", "sorted", "to and fro", "hardly"]))
    if kind == "hardly":
        return draw(
            st.lists(st.sampled_from([Fraction(n, 10) for n in (47, 49, 50, 51)]), min_size=9, max_size=most)
        )
    values = draw(st.lists(few if kind == "few" else one, min_size=1, max_size=most))
    if kind == "sorted":
        values = sorted(set(values), reverse=draw(st.booleans())) + values[:3]
    if kind == "to and fro":
        values = [
            min(value, Fraction(5)) if place % 2 else max(value, Fraction(6))
            for place, value in enumerate(values)
        ]
    return values


@st.composite
def series(draw, most=22):
    """One series, with or without gaps."""
    values = draw(drawn(most))
    missing = draw(st.sets(st.integers(0, len(values) - 1), max_size=draw(st.sampled_from([0, 0, 4]))))
    return [None if place in missing else value for place, value in enumerate(values)]


tables = st.lists(st.tuples(st.integers(-3, 40), series()), min_size=1, max_size=6)
"""First session numbers with series."""

share = st.sampled_from([Fraction(1, 4), Fraction(1, 10), Fraction(0), "none"])
some = st.sampled_from([None, Fraction(1, 2), Fraction(1), Fraction(3)])
PARAMS = {
    "cutoff": st.fixed_dictionaries({"at": scores(), "inclusive": st.booleans()}),
    "drop": st.fixed_dictionaries({"by": scores(), "inclusive": st.booleans()}),
    "reliable-change": st.fixed_dictionaries(
        {
            "sd": st.sampled_from([Fraction(1), Fraction(3, 2)]),
            "reliability": st.sampled_from([Fraction(0), Fraction(4, 5), Fraction(1)]),
            "z": st.sampled_from([Fraction("1.96"), Fraction(1)]),
        }
    ),
    "control-chart": st.fixed_dictionaries(
        {
            "rules": st.sampled_from(["limits", "western-electric", "nelson", "nelson"]),
            "baseline": st.sampled_from([None, None, 2, 3, 8]),
            "center": st.sampled_from([None, None, Fraction(5), Fraction("4.1")]),
            "sigma": st.sampled_from([None, None, Fraction(1), Fraction("0.3"), Fraction(0)]),
        }
    ),
    "v-shape": st.fixed_dictionaries(
        {
            "k": st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2)]),
            "lookback": st.integers(1, 4),
            "window": st.integers(1, 6),
            "detrend": st.booleans(),
            "s_inter": some,
        }
    ),
    "sudden-drop": st.fixed_dictionaries(
        {
            "cutoff": some,
            "alpha": st.sampled_from([Fraction("0.05"), Fraction("0.5")]),
            "share": share,
            "share_of": st.sampled_from(["range", "score"]),
        }
    ),
    "change-point": st.fixed_dictionaries(
        {
            "min_segment": st.integers(1, 4),
            "penalty": st.sampled_from([Fraction(2), Fraction(0), Fraction(1, 2)]),
        }
    ),
}
