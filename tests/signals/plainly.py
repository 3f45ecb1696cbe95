"""The rules once more, slowly and plainly: one series at a time, in exact fractions, prefix by prefix.

Written from the interface page alone and sharing nothing with the package, so that the two check each
other. A series is a list of fractions or None, one for every session number from the first to the last.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import pairwise

from scipy.stats import t as student

D2, RANGE_LIMIT = Fraction("1.128"), Fraction("3.267")


@dataclass
class Told:
    verdict: str
    values: dict = field(default_factory=dict)
    hits: set = field(default_factory=set)
    known_at: int | None = None
    quantities: dict = field(default_factory=dict)


def mean(xs):
    return sum(xs) / len(xs)


def squares(xs):
    middle = mean(xs)
    return sum((x - middle) ** 2 for x in xs)


def at_least_root(x, square):
    """Whether x is at least the square root of a number that is not negative."""
    return x >= 0 and x * x >= square


def moving_ranges(xs):
    pairs = zip([None, *xs], xs, strict=False)
    return [None if a is None or b is None else abs(b - a) for a, b in pairs]


def cutoff(xs, p, falls, ends):
    def verdict(x):
        if x is None or p["at"] is None:
            return "cannot-say"
        beyond = x < p["at"] if falls else x > p["at"]
        return "flagged" if beyond or (p["inclusive"] and x == p["at"]) else "clear"

    return [Told(verdict(x)) for x in xs], {}


def _changes(xs):
    pairs = zip([None, *xs], xs, strict=False)
    return [None if a is None or b is None else b - a for a, b in pairs]


def drop(xs, p, falls, ends):
    told = []
    for change in _changes(xs):
        if change is None or p["by"] is None:
            told.append(Told("cannot-say", {"change": change, "rci": None}))
            continue
        fall = -change if falls else change
        hit = fall > p["by"] or (p["inclusive"] and fall == p["by"])
        told.append(Told("flagged" if hit else "clear", {"change": change, "rci": None}))
    return told, {}


def reliable_change(xs, p, falls, ends):
    told = []
    lacking = p["sd"] is None or p["reliability"] is None
    variance = None if lacking else 2 * p["sd"] ** 2 * (1 - p["reliability"])
    for change in _changes(xs):
        if change is None or lacking:
            told.append(Told("cannot-say", {"change": change, "rci": None}))
            continue
        fall = -change if falls else change
        hit = fall > 0 and fall * fall > p["z"] ** 2 * variance
        rci = change / math.sqrt(variance) if variance else None
        told.append(Told("flagged" if hit else "clear", {"change": change, "rci": rci}))
    if lacking:
        return told, {"sem": None, "sdiff": None, "threshold": None}
    sdiff = math.sqrt(variance)
    return told, {"sem": math.sqrt(variance / 2), "sdiff": sdiff, "threshold": float(p["z"]) * sdiff}


def _usual(xs, baseline=None):
    ranges = moving_ranges(xs)
    counted, seen = [], 0
    for place, x in enumerate(xs):
        seen += x is not None
        if x is not None and (baseline is None or seen <= baseline):
            counted.append(place)
    used = [ranges[place] for place in counted if ranges[place] is not None]
    center = mean([xs[place] for place in counted]) if counted else None
    return center, mean(used) if len(used) >= 2 else None


def control_chart(xs, p, falls, ends):
    ranges = moving_ranges(xs)
    center, mr_mean = _usual(xs, p["baseline"])
    sigma = p["sigma"] if p["sigma"] is not None else (None if mr_mean is None else mr_mean / D2)
    center = p["center"] if p["center"] is not None else center
    known = sigma is not None and center is not None
    told = []
    for place, x in enumerate(xs):
        if x is None or not known:
            told.append(Told("cannot-say", {"mr": ranges[place]}))
            continue
        hits = _run_hits(xs[: place + 1], center, sigma, p["rules"])
        harmful = any(side == ("lower" if falls else "upper") for _, side in hits)
        told.append(Told("flagged" if harmful else "clear", {"mr": ranges[place]}, hits))
    shown = center if known or p["center"] is not None else None
    return told, {
        "center": shown,
        "sigma": sigma,
        "lower": center - 3 * sigma if known else None,
        "upper": center + 3 * sigma if known else None,
        "mr_mean": mr_mean,
        "mr_upper": None if mr_mean is None else RANGE_LIMIT * mr_mean,
    }


def _run_hits(xs, center, sigma, rules):
    """Name the run rules that the last point completes, with the side of each."""

    def last(n):
        tail = xs[-n:]
        return tail if len(tail) == n and None not in tail else None

    def sided(n, test):
        tail = last(n)
        if tail is None:
            return None
        z = [x - center for x in tail]
        return "lower" if test([-each for each in z]) else ("upper" if test(z) else None)

    def some(points, n, sigmas):
        return sided(n, lambda z: z[-1] > sigmas * sigma and sum(e > sigmas * sigma for e in z) >= points)

    def steps(n):
        tail = last(n)
        return None if tail is None else [b - a for a, b in pairwise(tail)]

    def trend(n):
        moves = steps(n)
        if moves is None:
            return None
        return "upper" if all(m > 0 for m in moves) else ("lower" if all(m < 0 for m in moves) else None)

    def alternates(n):
        moves = steps(n)
        return moves is not None and all(a * b < 0 for a, b in pairwise(moves))

    def hugs(n):
        tail = last(n)
        return tail is not None and all(abs(x - center) <= sigma for x in tail)

    def avoids(n):
        tail = last(n)
        far = tail is not None and all(abs(x - center) > sigma for x in tail)
        return far and min(tail) < center < max(tail)

    found = {1: sided(1, lambda z: z[0] > 3 * sigma)}
    if rules == "western-electric":
        found |= {2: some(2, 3, 2), 3: some(4, 5, 1), 4: sided(8, lambda z: min(z) > 0)}
    if rules == "nelson":
        found |= {2: sided(9, lambda z: min(z) > 0), 3: trend(6), 5: some(2, 3, 2), 6: some(4, 5, 1)}
    hits = {(n, side) for n, side in found.items() if side}
    if rules == "nelson":
        hits |= {(n, None) for n, holds in ((4, alternates(14)), (7, hugs(15)), (8, avoids(8))) if holds}
    return hits


def v_shape(xs, p, falls, ends):
    ys = [x if x is None or falls else -x for x in xs]
    there = [(place, y) for place, y in enumerate(ys) if y is not None]
    variance = _variance(there, p["detrend"]) if len(there) >= 4 else None
    s2 = None if variance is None else max(variance, (p["s_inter"] or 0) ** 2)
    told = []
    for place, y in enumerate(ys):
        before = []
        for back in range(1, p["lookback"] + 1):
            if place - back < 0 or ys[place - back] is None:
                break
            before.append((ys[place - back], -back))
        fall = max(before)[0] - y if before and y is not None else None
        if s2 is None or fall is None:
            told.append(Told("cannot-say", {"drop": fall}))
            continue
        hit = fall > 0 and at_least_root(fall, p["k"] ** 2 * s2)
        told.append(Told("flagged" if hit else "clear", {"drop": fall}))
        told[-1].reference = place + max(before)[1]
    root = {"s_intra": variance, "s": s2}
    return told, {name: None if square is None else math.sqrt(square) for name, square in root.items()}


def _variance(there, detrend):
    xs, ys = [Fraction(x) for x, _ in there], [y for _, y in there]
    left = squares(ys)
    if detrend:
        crossed = sum((x - mean(xs)) * (y - mean(ys)) for x, y in there)
        left -= crossed**2 / squares(xs)
    return left / (len(ys) - 1)


@cache
def _critical(alpha, freedom):
    return Fraction(abs(float(student.ppf(float(alpha) / 2, freedom))))


def sudden_drop(xs, p, falls, ends):
    ys = [x if x is None or falls else -x for x in xs]
    told = [Told("cannot-say", {"interval": None, "criteria": None}) for _ in xs]
    for n in range(len(xs) - 1):
        told[n + 1].values["interval"] = [n, n + 1]
        if n == 0 or n == len(xs) - 2:
            continue
        criteria = _criteria(ys, xs, n, p, falls, ends)
        told[n + 1].values["criteria"] = criteria
        if xs[n + 1] is not None and None not in criteria:
            told[n + 1].verdict = "clear" if False in criteria else "flagged"
    return told, {}


def _criteria(ys, xs, n, p, falls, ends):
    known = ys[n] is not None and ys[n + 1] is not None
    fall = ys[n] - ys[n + 1] if known else None
    first = "off" if p["cutoff"] is None else (fall >= p["cutoff"] if known else None)
    if p["share"] == "none":
        second = "off"
    elif p["share_of"] == "score":
        second = fall >= p["share"] * xs[n] if known else None
    else:
        worst = ends[0] if falls else (None if ends[1] is None else -ends[1])
        second = None if not known or worst is None else fall >= p["share"] * (ys[n] - worst)
    before = [y for y in ys[max(n - 2, 0) : n + 1] if y is not None]
    after = [y for y in ys[n + 1 : n + 4] if y is not None]
    third = None
    if known and len(before) >= 2 and len(after) >= 2:
        freedom = len(before) + len(after) - 2
        bar = _critical(p["alpha"], freedom) ** 2 * (squares(before) + squares(after)) / freedom
        shift = mean(before) - mean(after)
        third = shift > 0 and shift * shift > bar
    return [first, second, third]


def change_point(xs, p, falls, ends):
    there = [(place, x) for place, x in enumerate(xs) if x is not None]
    values, m = [x for _, x in there], p["min_segment"]
    _, mr_mean = _usual(xs)
    told = [Told("cannot-say") for _ in xs]
    splits = range(m, len(values) - m + 1)
    if not splits:
        return told, {"after": None, "means": None, "sse": None}
    left = {k: squares(values[:k]) + squares(values[k:]) for k in splits}
    k = min(splits, key=lambda each: (left[each], each))
    means = [mean(values[:k]), mean(values[k:])]
    quantities = {"after": there[k - 1][0], "means": means, "sse": [squares(values), left[k]]}
    if mr_mean is None:
        return told, quantities
    for each in splits:
        told[there[each][0]].verdict = "clear"
    bar = p["penalty"] * (mr_mean / D2) ** 2 * Fraction(math.log(len(values)))
    worse = means[1] < means[0] if falls else means[1] > means[0]
    if worse and squares(values) - left[k] > bar:
        told[there[k][0]].verdict = "flagged"
    return told, quantities


RULES = {
    "cutoff": cutoff,
    "drop": drop,
    "reliable-change": reliable_change,
    "control-chart": control_chart,
    "v-shape": v_shape,
    "sudden-drop": sudden_drop,
    "change-point": change_point,
}


def judge(rule, xs, params, *, falls=True, ends=(None, None), prospective=True):
    """Judge one series: by every prefix's last session, or as a whole."""

    def whole(upto):
        return RULES[rule](xs[:upto], params, falls, ends)

    if prospective:
        told = []
        for upto in range(1, len(xs) + 1):
            sessions, quantities = whole(upto)
            sessions[-1].quantities = quantities
            told.append(sessions[-1])
        return told, told[-1].quantities
    told, quantities = whole(len(xs))
    for place, session in enumerate(told):
        if rule in ("sudden-drop", "change-point") and session.verdict == "flagged":
            upto = next(n for n in range(place + 1, len(xs) + 1) if whole(n)[0][place].verdict == "flagged")
            session.known_at = upto - 1
    return told, quantities


def episodes(told, xs, *, falls=True, window=5):
    ys = [x if x is None or falls else -x for x in xs]
    found, place = [], 0
    while place < len(told):
        if told[place].verdict != "flagged":
            place += 1
            continue
        onset = place
        while place < len(told) and told[place].verdict == "flagged":
            place += 1
        found.append(_episode(told[onset], ys, onset, place, window))
    return found


def _episode(opening, ys, onset, end, window):
    lowest = min(range(onset, end), key=lambda each: (ys[each], each))
    earlier = [place for place in range(onset) if ys[place] is not None]
    reference = getattr(opening, "reference", earlier[-1] if earlier else None)
    half = full = None
    if reference is not None:
        later = [u for u in range(lowest + 1, min(lowest + window, len(ys) - 1) + 1) if ys[u] is not None]
        fall = ys[reference] - ys[lowest]
        half = next((u for u in later if ys[u] - ys[lowest] >= fall / 2), None)
        full = next((u for u in later if ys[u] - ys[lowest] >= fall), None)
    followed = len(ys) - 1 - lowest
    open_ = "censored" if reference is None or followed < window else "unrepaired"
    status = "full" if full is not None else ("half" if half is not None else open_)
    pattern = "unrepaired" if status == "unrepaired" else None
    if status == "full":
        slow_fall, slow_repair = lowest - reference > 1, full - lowest > 1
        pattern = {
            (False, False): "V",
            (True, False): "slow_fall_fast_repair",
            (False, True): "fast_fall_slow_repair",
            (True, True): "slow_slow",
        }[slow_fall, slow_repair]
    return {
        "onset": onset,
        "lowest": lowest,
        "half": half,
        "full": full,
        "status": status,
        "pattern": pattern,
    }
