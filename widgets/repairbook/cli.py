"""The command line: argument parsing only."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from repairbook.home import Home, default_home

app = typer.Typer(
    help="Repairbook: a supervision workbook for alliance ruptures.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Port = Annotated[int | None, typer.Option(help="Port to listen on; the next free one if left out.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")]
Token = Annotated[str | None, typer.Option(help="The key in the address; made anew if left out.")]


@app.command()
def serve(port: Port = None, browser: Browser = True, token: Token = None) -> None:
    """Open the workbooks as a web app for the person at this computer."""
    from repairbook.serve.web import CannotServe
    from repairbook.serve.web import serve as start

    try:
        start(_home(), port, browser, token)
    except CannotServe as reason:
        _stop(str(reason))


@app.command()
def lab(port: Port = None, browser: Browser = True, token: Token = None) -> None:
    """Open the workbooks in JupyterLab, for supervision at one computer."""
    from repairbook.serve.lab import lab as start
    from repairbook.serve.web import CannotServe

    try:
        start(_home(), port, browser, token)
    except CannotServe as reason:
        _stop(str(reason))


@app.command()
def doctor() -> None:
    """Look whether everything is in place, and say what to do where it is not."""
    from repairbook.serve.doctor import tell

    raise typer.Exit(tell(_home(), typer.echo))


@app.command()
def schema(
    record: Annotated[
        str, typer.Argument(help="reflection, follow-up, case, session, assignment or score")
    ] = "reflection",
) -> None:
    """Print the JSON Schema of what is kept: kinds, writers, reach and codebooks of every field."""
    from repairbook.model.shapes import SHAPES, schema_of

    if record not in SHAPES:
        _stop(f"There is no record called {record}; there are {', '.join(SHAPES)}.")
    typer.echo(json.dumps(schema_of(record), indent=2, ensure_ascii=False))


@app.command()
def export(
    record_id: Annotated[str, typer.Argument(help="The reflection's id, as its address shows it.")],
    to: Annotated[Path, typer.Option(help="File to write: .html or .json.")],
    demo: Annotated[bool, typer.Option(help="Look in the demo's home.")] = False,
) -> None:
    """Write one of your own reflections to a file, as a page (HTML) or as data (JSON)."""
    from repairbook.model.faults import DataFault
    from repairbook.report.copy import CannotExport, write_copy
    from repairbook.store.errors import StoreError

    try:
        typer.echo(f"Written: {write_copy(_home(), record_id, to, demo=demo).name}")
    except (CannotExport, DataFault, OSError, StoreError) as reason:
        _stop(str(reason) if not isinstance(reason, OSError) else f"{to.name} could not be written.")


@app.command()
def signals(
    file: Annotated[Path, typer.Argument(help="CSV with the columns case, session, score.")],
    rule: Annotated[list[str] | None, typer.Option(help="A rule by name; all of them if left out.")] = None,
    param: Annotated[list[str] | None, typer.Option(help="name=value, or rule.name=value.")] = None,
    mode: Annotated[str, typer.Option(help="prospective or retrospective.")] = "prospective",
    better: Annotated[str, typer.Option(help="higher or lower.")] = "higher",
    harm: Annotated[str | None, typer.Option(help="up or down, where it is not the worse side.")] = None,
    lower: Annotated[float | None, typer.Option(help="Lowest score of the scale.")] = None,
    upper: Annotated[float | None, typer.Option(help="Highest score of the scale.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line (always so).")] = True,
) -> None:
    """Say what each rule makes of a file of scores, session by session, with reasons and numbers."""
    from repairbook.signals.command import run

    raise typer.Exit(
        run(file, rule or [], param or [], mode, better, harm, lower, upper, sys.stdout, sys.stderr)
    )


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="The table: CSV, or Excel where its extra is installed.")],
    instrument: Annotated[str, typer.Option(help="The questionnaire of rows that name none.")] = "",
    rater: Annotated[str, typer.Option(help="Whose rating: client, therapist or supervisor.")] = "",
    map_: Annotated[list[str] | None, typer.Option("--map", help="What a column is: column=field.")] = None,
    dates: Annotated[str, typer.Option(help="How dates are written: dmy, mdy or ymd.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    demo: Annotated[bool, typer.Option(help="Bring them into the demo's home.")] = False,
) -> None:
    """Bring in scores from a file. Rows that do not fit are kept in a file beside it, with the reasons."""
    from repairbook.caseload.importing.command import bring_file

    code = bring_file(
        _home(),
        file,
        map_ or (),
        instrument=instrument,
        rater=rater,
        dates=dates,
        dry=dry_run,
        demo=demo,
        say=typer.echo,
        complain=lambda sentence: typer.echo(sentence, err=True),
    )
    raise typer.Exit(code)


def main() -> None:
    """Run the command line."""
    app()


def _home() -> Home:
    return default_home()


def _stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
