"""The campus sign-in's wire: where a person is sent, and who the provider says came back.

OpenID Connect's code flow with PKCE, state and nonce. allauth's own client knows no nonce, and a
provider that is away or answers oddly becomes an error of ours; so the few steps stand here.
Nothing here knows our people. https://openid.net/specs/openid-connect-core-1_0.html
"""

import logging
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import quote_plus, urlencode, urlsplit

import jwt
import requests
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import constant_time_compare

logger = logging.getLogger(__name__)

WELL_KNOWN = "/.well-known/openid-configuration"
# Seconds to connect and to wait for bytes: who signs in another way must not wait for this.
PATIENCE = (2, 4)
# While it is away, nobody tries for so many seconds: waiting would hold every web process.
PAUSE, AWAY = 10, "campus-sign-in-away"
# Only signatures that need the provider's own secret key; ours would make tokens, too, with HS256.
SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
# Seconds by which the provider's clock may differ from ours.
CLOCKS_DIFFER = 60
LONGEST_SUBJECT = 191


class ProviderAway(Exception):
    """The campus sign-in does not answer, or not as it should: nobody can sign in there now."""


class AnswerRefused(Exception):
    """What came back proves nothing: somebody else's, used before, or incomplete."""


def secret_word():
    """Return a word that nobody can guess: for the state, the nonce and the PKCE verifier."""
    return secrets.token_urlsafe(32)


def metadata() -> dict:
    """Ask the provider where its pages are; raises ProviderAway."""
    if cache.get(AWAY):
        raise ProviderAway
    found = _ask("GET", settings.OIDC_ISSUER.rstrip("/") + WELL_KNOWN)
    pages = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != settings.OIDC_ISSUER or not all(map(found.get, pages)):
        logger.error("The campus sign-in describes itself as another issuer than OIDC_ISSUER.")
        raise ProviderAway
    return found


def address_to_go(provider, *, state, nonce, verifier, callback, email="") -> str:
    """Return the address that asks the provider to sign somebody in."""
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=")
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": callback,
        "scope": "openid email",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    } | ({"login_hint": email} if email else {})
    address = provider["authorization_endpoint"]
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def claims_of(code, *, nonce, verifier, callback) -> dict:
    """Change the code for what the provider claims; raises ProviderAway or AnswerRefused."""
    provider = metadata()
    token = _token(provider, code, verifier, callback)
    claims = _verified(token, _ask("GET", provider["jwks_uri"]))
    if not constant_time_compare(str(claims["nonce"]), nonce):
        raise AnswerRefused("The nonce is not ours.")
    if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise AnswerRefused("The token is meant for another site.")
    if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise AnswerRefused("The subject cannot be kept.")
    return claims


def email_in(claims) -> str:
    """Return the address a person has there, to show it to him: it proves nothing to us."""
    email = claims.get("email")
    return email if isinstance(email, str) else ""


def _token(provider, code, verifier, callback):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback,
        "code_verifier": verifier,
    }
    # Discovery's default, where the provider says nothing of it, is "basic".
    ways = provider.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    known = (settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    if "client_secret_basic" in ways:
        basic = {"auth": tuple(map(quote_plus, known))}
    else:
        basic = {}
        form |= dict(zip(("client_id", "client_secret"), known, strict=True))
    token = _ask("POST", provider["token_endpoint"], data=form, **basic).get("id_token")
    if not isinstance(token, str):
        raise AnswerRefused("There is no ID token.")
    return token


def _verified(token, keys):
    """Return the claims of a token that the provider signed for us and that is still good."""
    try:
        # A provider with a single key need not name it.
        key_id = jwt.get_unverified_header(token).get("kid")
        known = jwt.PyJWKSet.from_dict(keys).keys
        found = [key for key in known if key_id in (None, key.key_id)]
        if len(found) != 1:
            raise AnswerRefused("The token is signed with an unknown key.")
        return jwt.decode(
            token,
            found[0].key,
            algorithms=SIGNATURES,
            issuer=settings.OIDC_ISSUER,
            audience=settings.OIDC_CLIENT_ID,
            leeway=CLOCKS_DIFFER,
            options={"require": ["iss", "aud", "sub", "exp", "iat", "nonce"]},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise AnswerRefused(type(error).__name__) from error


def _ask(method, address, **what):
    """Return the JSON object that an address of the provider answers with."""
    try:
        answer = requests.request(method, address, timeout=PATIENCE, allow_redirects=False, **what)
    except requests.RequestException as error:
        cache.set(AWAY, True, PAUSE)
        raise ProviderAway(type(error).__name__) from error
    try:
        content = answer.json()
    except ValueError:
        content = None
    if method == "POST" and isinstance(content, dict):
        # What was wrong with the code; anything else, like a wrong client secret, is our setting.
        if content.get("error") == "invalid_grant":
            raise AnswerRefused("The provider refused the code.")
        if "error" in content:
            logger.error("The campus sign-in refuses this site: look at OIDC_CLIENT_….")
    if answer.status_code != requests.codes.ok or not isinstance(content, dict):
        raise ProviderAway(f"status {answer.status_code}")
    return content
