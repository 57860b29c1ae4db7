"""The commands about documents: ``validate``, ``schema`` and ``openapi``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from globus_typed.cli.output import OutputFormat, escape_unprintable

if TYPE_CHECKING:
    from globus_typed.schema.catalogue import DocumentClass

__all__ = ["commands"]

commands: typer.Typer = typer.Typer()


@commands.command()
def validate(
    files: Annotated[list[str], typer.Argument(help="JSON or JSON lines; - for standard input.", show_default=False)],
    name: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="TYPE",
            help="The class (SERVICE.CLASS where several services have one) or DATA_TYPE of the documents, "
            "whatever they say themselves.",
        ),
    ] = None,
    format: Annotated[
        OutputFormat, typer.Option("--format", help="text: a line for each problem; json: one object, for programs.")
    ] = OutputFormat.text,
) -> None:
    """Check documents, and print their problems by file and line, item and field.

    The DATA_TYPE of a document says what it is. Exits with 0 when there is no problem (warnings are none), with 1 when
    there is one, and with 2 when something cannot be read, is not JSON, or not a document that is known.
    """
    from globus_typed.check.report import check_files

    escape_unprintable("backslashreplace")
    raise typer.Exit(check_files(files, _named(name) if name is not None else (), format.value))


@commands.command()
def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="TYPE", help="A class (SERVICE.CLASS where several services have one) or a DATA_TYPE."),
    ] = None,
    everything: Annotated[
        Path | None, typer.Option("--all", metavar="DIR", file_okay=False, help="Write one file for each document.")
    ] = None,
) -> None:
    """Print the JSON Schema (2020-12) of a document as it is on the wire, with what its fields mean."""
    from globus_typed.schema.catalogue import document_classes
    from globus_typed.schema.json_schema import schema_text

    if (name is None) == (everything is None):
        raise typer.BadParameter("give either TYPE or --all DIR")
    if name is not None:
        found, *others = _named(name)
        typer.echo(schema_text(found), nl=False)
        if others:
            names = {document: each for each, document in document_classes().items()}
            also = ", ".join(names[other] for other in others)
            typer.echo(f"globus-typed: this is {names[found]}; {name} is also {also}", err=True)
    if everything is not None:
        try:
            everything.mkdir(parents=True, exist_ok=True)
            for each, document in document_classes().items():
                (everything / f"{each}.json").write_text(schema_text(document), encoding="utf-8")
        except OSError as error:
            raise typer.BadParameter(f"{error.filename}: {error.strerror}") from None
        typer.echo(f"{len(document_classes())} schemas are in {everything}.")


@commands.command()
def openapi() -> None:
    """Print the OpenAPI 3.1 document of the services that the sandbox plays."""
    import json

    from globus_typed.sandbox.openapi import openapi as described
    from globus_typed.schema.openapi import openapi

    escape_unprintable("backslashreplace")
    typer.echo(json.dumps(openapi(described()), indent=2, ensure_ascii=False))


def _named(name: str) -> "tuple[DocumentClass, ...]":
    """The documents of that name; ends the command where there are none, or where they are of several services."""
    from globus_typed.schema.catalogue import document_classes, full_name, named, nearest, wire_names

    found = named(name)
    services = sorted({full_name(document).partition(".")[0] for document in found})
    if len(services) == 1:
        return found
    if services:
        choices = ", ".join(f"{service}.{name}" for service in services)
        typer.echo(f"globus-typed: several services have a document called {name!r}: say {choices}", err=True)
        raise typer.Exit(2)
    near = nearest(name)
    hint = f" Did you mean {near}?" if near else ""
    typer.echo(f"globus-typed: there is no document called {name!r}.{hint} There are, by DATA_TYPE:", err=True)
    typer.echo(", ".join(wire_names()), err=True)
    typer.echo("and by class:", err=True)
    typer.echo(", ".join(document_classes()), err=True)
    raise typer.Exit(2)
