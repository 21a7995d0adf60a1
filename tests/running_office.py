"""A demonstration office of its own for programs that look at it from outside."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
SECONDS_TO_LOAD = 600


@contextlib.contextmanager
def running_office():
    """Start an office on a free port with a new data folder, yield its address, and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PORT": str(port), "DATA_DIR": folder, "DEBUG": "0"}
        office = subprocess.Popen(
            [sys.executable, "manage.py", "run_demonstration"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            office.terminate()
            office.wait(timeout=20)


def _wait_for(address):
    for _second in range(SECONDS_TO_LOAD):
        try:
            with urllib.request.urlopen(address):  # noqa: S310 (our own office)
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(1)
    raise SystemExit("The demonstration office did not start.")
