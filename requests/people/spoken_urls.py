"""What exists once for each language of the site: signing in, an invitation, help, sessions."""

from allauth.account import views as account
from django.urls import path
from django.views.generic import RedirectView

from isso.pages.languages import where_spoken

from .invitation_views import invitation_page, new_invitation
from .session_views import end_session, sessions_page
from .sign_in_help_views import sign_in_help, sign_in_help_sent
from .views import SignIn

# Codes are asked for on the one sign-in page; allauth sends here when one has run out.
to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

DOORS = {
    "login/": (SignIn.as_view(), "account_login"),
    "login/code/": (to_sign_in, "account_request_login_code"),
    "login/code/confirm/": (account.confirm_login_code, "account_confirm_login_code"),
    "invitation/<str:token>/": (invitation_page, "invitation"),
    "invitation/<str:token>/new-link/": (new_invitation, "new_invitation"),
    "help/": (sign_in_help, "sign_in_help"),
    "help/sent/": (sign_in_help_sent, "sign_in_help_sent"),
    "sessions/": (sessions_page, "account_sessions"),
    "sessions/end/": (end_session, "account_end_session"),
}

urlpatterns = [
    path(f"accounts/{route}", where_spoken(view), name=name)
    for route, (view, name) in DOORS.items()
]
