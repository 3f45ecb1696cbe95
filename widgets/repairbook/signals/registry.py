"""All rules, by name, in the order their answers are told."""

from __future__ import annotations

from repairbook.signals.change_point import ChangePoint
from repairbook.signals.control_chart import ControlChart
from repairbook.signals.cutoff import Cutoff
from repairbook.signals.drop import Drop
from repairbook.signals.reliable_change import ReliableChange
from repairbook.signals.rule import Rule
from repairbook.signals.sudden_drop import SuddenDrop
from repairbook.signals.v_shape import VShape

RULES: dict[str, type[Rule]] = {
    rule.name: rule for rule in (Cutoff, Drop, ReliableChange, ControlChart, VShape, SuddenDrop, ChangePoint)
}


def rules_from(names: list[str], params: list[str]) -> list[Rule]:
    """Make the rules named, or all of them, with parameters given as `key=value` or `rule.key=value`.

    A parameter given without its rule goes to every rule that has it; one given with its rule wins.

    Raises
    ------
    ValueError
        With one sentence for everything that does not fit.
    """
    faults = [
        f"There is no rule {name}; there are {', '.join(RULES)}."
        for name in dict.fromkeys(names)
        if name not in RULES
    ]
    texts: dict[str, dict[str, str]] = {name: {} for name in RULES}
    for given in sorted(params, key=lambda given: "." in given.partition("=")[0]):
        fault = _assign(given, texts)
        if fault:
            faults.append(fault)
    made = []
    for name, rule in RULES.items():
        try:
            read = rule.reading(texts[name])
        except ValueError as reason:
            faults += str(reason).splitlines()
        else:
            made += [read] if name in names or not names else []
    if faults:
        raise ValueError("\n".join(faults))
    return made


def _assign(given: str, texts: dict[str, dict[str, str]]) -> str:
    key, equals, value = given.partition("=")
    owner, _, name = key.strip().rpartition(".")
    takers = [rule for rule in ([owner] if owner else RULES) if rule in RULES and name in RULES[rule].kinds()]
    if not equals:
        return f"The parameter {given} is not of the form key=value or rule.key=value."
    if not takers:
        known = (f"{rule}.{each}" for rule, kind in RULES.items() for each in kind.kinds())
        return f"There is no parameter {key.strip()}; there are {', '.join(known)}."
    for rule in takers:
        texts[rule][name] = value.strip()
    return ""
