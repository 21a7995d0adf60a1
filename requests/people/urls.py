"""Signing in and out: of allauth's pages only those the office uses, under allauth's names.

What speaks the language of its address stands in spoken_urls.py.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp.views import DeactivateTOTPView
from django.urls import path, reverse_lazy
from django.views.decorators.cache import never_cache

from .campus_binding import confirm_binding, connect, invitation_to_campus
from .campus_views import callback, start
from .department_access_views import (
    confirm_department_access,
    department_access,
    department_access_sent,
)
from .personal_email_views import personal_email, personal_email_code
from .second_factor import RecoveryCodesPage, SetUpSecondFactor
from .session_views import session_status

urlpatterns = [
    path("logout/", never_cache(account.logout), name="account_logout"),
    path("invitation/<str:token>/campus/", invitation_to_campus, name="invitation_to_campus"),
    path("personal-email/", personal_email, name="personal_email"),
    path("personal-email/code/", personal_email_code, name="personal_email_code"),
    path("department-access/", department_access, name="department_access"),
    path("department-access/sent/", department_access_sent, name="department_access_sent"),
    path(
        "department-access/<str:token>/",
        confirm_department_access,
        name="department_access_confirm",
    ),
    path("session/", session_status, name="account_session"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", never_cache(account.reauthenticate), name="account_reauthenticate"),
    path("campus/", start, name="campus_start"),
    path("campus/callback/", callback, name="campus_callback"),
    path("campus/connect/", connect, name="campus_connect"),
    path("campus/confirm/", confirm_binding, name="campus_confirm"),
    path("2fa/", never_cache(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", never_cache(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", never_cache(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", never_cache(SetUpSecondFactor.as_view()), name="mfa_activate_totp"),
    path(
        "2fa/totp/deactivate/",
        never_cache(DeactivateTOTPView.as_view(success_url=reverse_lazy("mfa_activate_totp"))),
        name="mfa_deactivate_totp",
    ),
    path(
        "2fa/recovery-codes/",
        never_cache(RecoveryCodesPage.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/generate/",
        never_cache(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
