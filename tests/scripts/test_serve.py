"""Starting the servers: ports and the Procfile."""

from __future__ import annotations

import socket

import pytest

from scripts import serve, stack
from scripts.project import Problem


def test_a_taken_port_is_named_with_the_cure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem) as raised:
            serve.require_port("RASA_PORT", port)
    assert str(raised.value) == (
        f"port {port} is taken by another program, and the Rasa server needs it. Stop that program ('lsof -i :{port}' "
        f"names it), or choose another port: 'RASA_PORT={port + 100} make run'."
    )


def test_a_free_port_is_no_problem() -> None:
    serve.require_port("WEB_PORT", stack.free_ports(1)[0])


def test_the_procfile_starts_the_three_servers() -> None:
    assert list(stack.commands()) == ["web", "rasa", "actions"]


def test_nothing_listens_to_the_network() -> None:
    listening = {name: command for name, command in stack.commands().items() if "0.0.0.0" in command}  # noqa: S104
    assert listening == {}
