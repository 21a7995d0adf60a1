"""`make run`: web server and worker come up together and go down together."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings

ACCOUNTS = 14


def start(folder, port):
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_demonstration"],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONUNBUFFERED": "1",
            "DATA_DIR": str(folder),
            "PORT": str(port),
            "DEBUG": "0",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port():
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One data folder for all starts: the second finds what the first has made."""
    return tmp_path_factory.mktemp("office")


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_both_programs_start_and_stop(folder, ended_by):
    port = free_port()
    with start(folder, port) as office:
        lines = []
        for line in office.stdout:
            lines.append(line.strip())
            if line.startswith("Ctrl-C"):
                break
        office.send_signal(ended_by)
        ending = office.stdout.read()  # ends when the last of the programs has ended
    assert f"The office is open: http://127.0.0.1:{port}/" in lines
    assert len([line for line in lines if "@demo.example" in line]) == ACCOUNTS
    assert (ending, office.returncode) == ("\nStopping ...\nStopped. All data is kept.\n", 0)


def test_used_port_gets_a_sentence(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        with start(tmp_path, port) as office:
            said = office.stdout.read()
    assert (office.returncode, said) == (
        1,
        f"CommandError: Port {port} cannot be used (Address already in use); "
        "choose another one: PORT=8123 make run\n",
    )
