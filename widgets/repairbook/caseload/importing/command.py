"""The command that brings a file in: understood, looked through, kept, and told in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from repairbook.caseload.importing.bad_rows import write_bad_rows
from repairbook.caseload.importing.choices import Choices, understand
from repairbook.caseload.importing.instrument_names import InstrumentNames
from repairbook.caseload.importing.plan import Desk, Plan, Progress, bring_in, make_plan
from repairbook.caseload.importing.reading import Source, read_table
from repairbook.caseload.importing.refusal import CannotImport, Why
from repairbook.caseload.importing.remembered import Remembered
from repairbook.caseload.importing.summary import reasons, told
from repairbook.caseload.opening import Opened, open_home
from repairbook.home import Home, shipped
from repairbook.model.faults import DataFault
from repairbook.model.instruments import Instruments
from repairbook.model.words import Words
from repairbook.store import Refused, StoreError

ALL_IN, SOME_ASIDE, REFUSED = 0, 1, 2
Say = Callable[[str], None]


def asked_columns(said: Sequence[str]) -> dict[str, str]:
    """Read ``column=field`` pairs.

    Raises
    ------
    CannotImport
        If one has no equals sign.
    """
    pairs = [each.rpartition("=") for each in said]
    if any(not sign or not column for column, sign, _ in pairs):
        raise CannotImport(Why.MAP_FORM)
    return {column.strip(): field.strip() for column, _, field in pairs}


def bring_file(
    home: Home,
    path: Path,
    maps: Sequence[str] = (),
    *,
    instrument: str = "",
    rater: str = "",
    dates: str = "",
    dry: bool = False,
    demo: bool = False,
    say: Say = print,
    complain: Say = print,
) -> int:
    """Bring a file in and give the exit code: 0 all in, 1 some rows kept aside, 2 refused as a whole.

    Parameters
    ----------
    maps
        What the person said about columns, each as ``column=field``.
    dry
        Only say what would change.
    """
    try:
        opened = open_home(home, demo=demo)
    except (StoreError, DataFault) as reason:
        complain(str(reason))
        return REFUSED
    try:
        said = Choices(instrument, rater, asked_columns(maps), dates)
        return _brought(opened, path, said, dry, say)
    except CannotImport as refused:
        hint = opened.words.maybe(f"import.command.{refused.why}")
        complain(f"{refused.sentence(opened.words)} {hint}".strip())
    except Refused:
        complain(CannotImport(Why.CHANGED).sentence(opened.words))
    except (StoreError, DataFault) as reason:
        complain(str(reason))
    finally:
        opened.store.close()
    return REFUSED


def desk_of(opened: Opened) -> Desk:
    """Give what files are understood by, for one open home."""
    instruments = Instruments(shipped() / "data", opened.home.site).all()
    return Desk(opened.store, opened.actor, opened.words, opened.library, InstrumentNames(instruments))


def _brought(opened: Opened, path: Path, said: Choices, dry: bool, say: Say) -> int:
    desk, words, remembered = desk_of(opened), opened.words, Remembered(opened.home)
    table = read_table(Source(path.name, path))
    columns = understand(table, desk.names, remembered, said)
    with _shown(words) as progress:
        plan = make_plan(desk, table, columns, progress)
        landed = plan.would if dry else bring_in(desk, plan, progress)
    if not dry:
        remembered.keep(table.headers, columns)
    for sentence in told(plan, landed, words, done=not dry):
        say(sentence)
    for sentence in reasons(plan, words):
        say(sentence)
    if dry:
        say(words("import.said.dry"))
    else:
        _tell_aside(plan, path, words, say)
    return SOME_ASIDE if plan.bad else ALL_IN


def _tell_aside(plan: Plan, path: Path, words: Words, say: Say) -> None:
    try:
        written = write_bad_rows(plan, path)
    except OSError:
        say(words("import.said.aside_not_written"))
        return
    if written is not None:
        one = "_one" if len(plan.bad) == 1 else ""
        say(words(f"import.said.aside_in{one}", name=written.name))


@contextmanager
def _shown(words: Words) -> Iterator[Progress]:
    """Show how far it is, on a terminal only."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks = {
            step: bars.add_task(said, visible=False) for step, said in words.under("import.step").items()
        }

        def progress(step: str, done: int, count: int) -> None:
            bars.update(tasks[step], completed=done, total=count, visible=done < count)

        yield progress
