"""Two campus sign-ins on this computer: an honest OpenID Connect provider, and a forger.

The honest one is oidc-provider-mock in a process of its own. The forger signs what a test tells it
to, or answers with nonsense; both speak HTTP over the loopback.
"""

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit, urlunsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "isso-tests"
SECONDS_TO_START = 30


def free_port():
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def switch_on(settings, issuer):
    """Have a campus sign-in, as the environment would name it."""
    settings.OIDC_ISSUER = issuer
    settings.OIDC_CLIENT_ID = CLIENT_ID
    settings.OIDC_CLIENT_SECRET = "a secret: with +/=%"
    settings.OIDC_NAME = "Campus sign-in"
    settings.OIDC_EMAIL_DOMAINS = ["school.example"]


class CampusProvider:
    """The honest provider, as a test and a person in front of it see it."""

    def __init__(self, port):
        self.issuer = f"http://127.0.0.1:{port}"

    def knows(self, subject, **claims):
        """Have a person there, with these claims."""
        put = requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5)
        put.raise_for_status()

    def sign_in(self, address, subject):
        """Sign in on the page at this address; return the way back: path and query."""
        return self._answer(address, {"sub": subject})

    def refuse(self, address):
        """Press the other button; this provider forgets the state that the standard asks for."""
        back = self._answer(address, {"action": "deny"})
        return f"{back}&state={question(address)['state']}"

    def _answer(self, address, form):
        answer = requests.post(address, data=form, allow_redirects=False, timeout=5)
        parts = urlsplit(answer.headers["Location"])
        return urlunsplit(("", "", parts.path, parts.query, ""))


@contextlib.contextmanager
def honest_provider():
    """Start the process, yield it when it answers, and stop it."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    provider = CampusProvider(port)
    try:
        _wait_for(provider.issuer)
        yield provider
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(address):
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            return requests.get(address, timeout=1)
        except requests.RequestException:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def question(address):
    """Return what an address asks the provider, as name → value."""
    return {name: value for name, [value] in parse_qs(urlsplit(address).query).items()}


class Forger:
    """A provider whose every answer a test may choose: path → (status, content)."""

    def __init__(self, port):
        self.issuer = f"http://127.0.0.1:{port}"
        self.key = rsa.generate_private_key(65537, 2048)
        self.other_key = rsa.generate_private_key(65537, 2048)
        self.asked = []
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        self.answers = {
            "/.well-known/openid-configuration": (
                200,
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                },
            ),
            "/keys": (200, {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}),
        }

    def sign(self, claims, key=None, algorithm="RS256", kid="one"):
        """Answer for a code with a token of these claims."""
        key = self.key if key is None else key
        token = jwt.encode(claims, key, algorithm, headers={"kid": kid})
        self.answers["/token"] = (200, {"access_token": "x", "id_token": token})


@contextlib.contextmanager
def forger():
    """Run a forger in a thread."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self):
            length = int(self.headers.get("Content-Length") or 0)
            forged.asked.append((self.path, self.rfile.read(length).decode()))
            status, content = forged.answers.get(urlsplit(self.path).path, (404, {}))
            body = content if isinstance(content, str) else json.dumps(content)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_POST = _answer

        def log_message(self, *args):
            pass

    port = free_port()
    forged = Forger(port)
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield forged
    finally:
        server.shutdown()
        server.server_close()
