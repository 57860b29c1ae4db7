# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of the sandbox's HTTPS servers. Checked, never run: every ignored line must be an error."""

from pathlib import Path

from typing_extensions import assert_type

from globus_typed.sandbox import FileRequest, HTTPSWeather, Sandbox


def the_https_servers(sandbox: Sandbox) -> None:
    assert_type(sandbox.https, HTTPSWeather)
    assert_type(sandbox.https.requests, list[FileRequest])
    assert_type(sandbox.https.requests[0].status, int | None)
    assert_type(sandbox.ca_file, Path)
    assert_type(sandbox.source.https_server, str | None)
    assert_type(sandbox.source.https_scope, str)
    sandbox.add_collection("Laptop", personal=True)
    sandbox.https.fail_next(503, times=2, route="GET /a.csv", collection=sandbox.source, retry_after=1)
    sandbox.https.fail_next("503")  # type: ignore[arg-type]  # no number
    sandbox.https.false_404(times=None, every=3, sticky=True)
    sandbox.https.false_404(evry=3)  # type: ignore[call-arg]  # misspelt
    sandbox.https.drop_next(carried_out=True)
    sandbox.https.drop_next(True)  # type: ignore[call-arg]  # it has a name
    sandbox.https.cut_next(100, told=True)
    sandbox.https.cut_next()  # type: ignore[call-arg]  # after how many bytes
    sandbox.https.ignore_ranges(times=1)
    sandbox.https.ignore_ranges(share=0.5)  # type: ignore[call-arg]  # all of them
    sandbox.https.meanwhile(lambda: None, after=10)
    sandbox.https.meanwhile(after=10)  # type: ignore[call-arg]  # what
    sandbox.https.slow(0.5, collection=sandbox.source)
    sandbox.https.slow(0.5, collection=sandbox.source.id)  # type: ignore[arg-type]  # the collection itself
