"""Asking the rules about the scores of one case, or of many at once, on one questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from repairbook.caseload.history import CaseHistory
from repairbook.caseload.rule_answer import FLAGGED, RuleAnswer, RuleEpisode, RuleSession, Value
from repairbook.model.instrument import Instrument
from repairbook.model.site import Site

if TYPE_CHECKING:
    import polars as pl

    from repairbook.signals.answer import Answer
    from repairbook.signals.rule import Rule
    from repairbook.signals.terms import Terms

Given = Mapping[str, Mapping[str, Value]]
"""Parameters by rule and name."""

PROSPECTIVE, RETROSPECTIVE = "prospective", "retrospective"
FLAT = {"case", "session", "score", "verdict", "reason", "known_at"}
"""Columns of an answer that are no numbers behind it."""


def terms_for(instrument: Instrument, mode: str = PROSPECTIVE) -> Terms:
    """Say which way is better and where the scale ends, as the instrument has it."""
    from repairbook.signals.terms import Terms

    better = "higher" if instrument.direction == "higher_is_better" else "lower"
    return Terms(mode, better, None, instrument.total_range.low, instrument.total_range.high)


def rules_for(
    instrument: Instrument, site: Site | None = None, given: Given | None = None, names: Iterable[str] = ()
) -> tuple[Rule, ...]:
    """Make the rules for an instrument: its own cut-off, what the site says of it, else the defaults.

    A rule that lacks a number it needs is made nevertheless, and cannot say anything.

    Parameters
    ----------
    given
        Parameters by rule and name, such as `{"drop": {"by": 5}}`; they win over all others.
    names
        The rules wanted; all of them where none is named.

    Raises
    ------
    ValueError
        With one sentence for everything that does not fit.
    """
    from repairbook.signals.registry import RULES

    asked, wanted = given or {}, tuple(names)
    faults = [
        f"There is no rule {name}; there are {', '.join(RULES)}."
        for name in dict.fromkeys((*wanted, *asked))
        if name not in RULES
    ]
    known = {"cutoff": _cutoff(instrument), "reliable-change": _exactness(instrument, site or Site())}
    made = []
    for name, rule in RULES.items():
        try:
            each = _made(rule, {**known.get(name, {}), **asked.get(name, {})})
        except ValueError as reason:
            faults += str(reason).splitlines()
        else:
            made += [each] if name in wanted or not wanted else []
    if faults:
        raise ValueError("\n".join(faults))
    return tuple(made)


def ask(
    history: CaseHistory, instrument: Instrument, rules: Iterable[Rule], mode: str = PROSPECTIVE
) -> tuple[RuleAnswer, ...]:
    """Ask rules about one case, in their order."""
    return ask_all([history], instrument, rules, mode)[history.case_id]


def ask_all(
    histories: Iterable[CaseHistory], instrument: Instrument, rules: Iterable[Rule], mode: str = PROSPECTIVE
) -> dict[str, tuple[RuleAnswer, ...]]:
    """Ask rules about many cases in one go, and give the answers of each by its id."""
    from repairbook.signals.answer import judge
    from repairbook.signals.series import Series

    cases = {history.case_id: history for history in histories}
    terms = terms_for(instrument, mode)
    # A score was held to its scale when it came in; one that a corrected scale leaves out still counts.
    series = Series.of(_table(cases.values(), instrument))
    told: dict[str, list[RuleAnswer]] = {case_id: [] for case_id in cases}
    for rule in rules:
        answer = judge(series, rule, terms)
        for case_id, each in _answers(answer, cases, instrument).items():
            told[case_id].append(each)
    return {case_id: tuple(answers) for case_id, answers in told.items()}


def _made(rule: type[Rule], values: Mapping[str, Value]) -> Rule:
    unknown = [f"There is no parameter {rule.name}.{key}." for key in values if key not in rule.kinds()]
    if unknown:
        raise ValueError("\n".join(unknown))
    kind: type = rule
    made: Rule = kind(**values)
    return made


def _cutoff(instrument: Instrument) -> dict[str, Value]:
    """Take the first cut-off whose harmful side is the rule's."""
    side = "below" if instrument.direction == "higher_is_better" else "above"
    for cutoff in instrument.cutoffs:
        if cutoff.boundary.endswith(side):
            return {"at": cutoff.at, "inclusive": cutoff.boundary.startswith("at_or_")}
    return {}


def _exactness(instrument: Instrument, site: Site) -> dict[str, Value]:
    said = site.reliability_of(instrument.id)
    return {} if said is None else {"sd": said.sd, "reliability": said.reliability}


def _table(histories: Iterable[CaseHistory], instrument: Instrument) -> pl.DataFrame:
    """Give a row for every session, kept or missed; what is missing stays missing."""
    import polars as pl

    cases: list[str] = []
    numbers: list[int] = []
    totals: list[float | None] = []
    for history in histories:
        scored = history.series(instrument.id, instrument.rater)
        for number in dict.fromkeys(row.number for row in history.sessions):
            cases.append(history.case_id)
            numbers.append(number)
            totals.append(scored.get(number))
    columns = {"case": cases, "session": numbers, "score": totals}
    return pl.DataFrame(columns, schema={"case": pl.String, "session": pl.Int64, "score": pl.Float64})


def _answers(
    answer: Answer, cases: Mapping[str, CaseHistory], instrument: Instrument
) -> dict[str, RuleAnswer]:
    sessions, episodes, rule = _sessions(answer, cases), _episodes(answer), answer.rule
    return {
        case_id: RuleAnswer(
            case_id=case_id,
            rule=rule.name,
            citation=rule.citation,
            params=rule.params(),
            instrument=instrument.id,
            rater=instrument.rater,
            mode=answer.terms.mode,
            falls=answer.terms.falls,
            sessions=tuple(sessions[case_id]),
            episodes=tuple(episodes.get(case_id, ())),
        )
        for case_id in cases
    }


def _sessions(answer: Answer, cases: Mapping[str, CaseHistory]) -> dict[str, list[RuleSession]]:
    ids = {(case_id, row.number): row.id for case_id, history in cases.items() for row in history.sessions}
    told: dict[str, list[RuleSession]] = {case_id: [] for case_id in cases}
    for row in answer.frame().iter_rows(named=True):
        # The rules also answer numbers that no session has.
        session_id = ids.get((row["case"], row["session"]))
        if session_id is not None:
            told[row["case"]].append(_session(session_id, row))
    return told


def _session(session_id: str, row: dict[str, Any]) -> RuleSession:
    late = row.get("known_at") if row["verdict"] == FLAGGED else None
    return RuleSession(
        session_id=session_id,
        number=row["session"],
        score=row["score"],
        verdict=row["verdict"],
        reason=row["reason"],
        numbers={name: value for name, value in row.items() if name not in FLAT and value is not None},
        known_at=None if late is None else int(late),
    )


def _episodes(answer: Answer) -> dict[str, list[RuleEpisode]]:
    told: dict[str, list[RuleEpisode]] = {}
    for row in answer.episode_frame().iter_rows(named=True):
        told.setdefault(row.pop("case"), []).append(RuleEpisode(**row))
    return told
