"""Asks ClamAV about a file, over its own socket; what is not said to be clean is not clean."""

import socket
import struct

from django.conf import settings

CHUNK = 64 * 1024
TIMEOUT_SECONDS = 60


class ScannerAway(Exception):
    """Nobody answered: the file stays where it is and is asked about again."""


class ScanFailed(Exception):
    """The scanner answered, but with neither clean nor infected."""


def is_clean(file, socket_path: str) -> bool:
    """Tell whether ClamAV finds nothing in an open file, sent to it in pieces.

    Raises ScannerAway where nobody answers, ScanFailed where the answer is anything else.
    """
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(TIMEOUT_SECONDS)
            connection.connect(socket_path)
            _send(connection, file)
            answer = _answer(connection)
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error
    if answer == "stream: OK":
        return True
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return False
    raise ScanFailed(answer[:200])


def may_be_opened(file) -> bool:
    """Tell of an open file that nobody has scanned yet whether somebody may have it now.

    Where the office has a scanner, nothing else counts than that it says clean.
    """
    if not settings.CLAMD_SOCKET:
        return True
    try:
        return is_clean(file, settings.CLAMD_SOCKET)
    except (ScannerAway, ScanFailed):
        return False
    finally:
        file.seek(0)


def _send(connection, file):
    connection.sendall(b"zINSTREAM\0")
    try:
        while piece := file.read(CHUNK):
            connection.sendall(struct.pack("!I", len(piece)) + piece)
        connection.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # It has heard enough, say more than its limit; its answer tells.


def _answer(connection):
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < CHUNK:
        piece = connection.recv(CHUNK)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode(errors="replace")
