"""The pages of allauth that work a little differently here."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import LoginView
from django.conf import settings
from django.utils.decorators import method_decorator

from isso.home.models.news import portal_news

from . import campus
from .campus_ways import ends_on_campus, set_out

MOST_NEWS = 3


@method_decorator(ends_on_campus, name="dispatch")
class SignIn(LoginView):
    """Sign in; who is signed in already goes to the own first page."""

    def get_authenticated_redirect_url(self):
        """Ignore ``next``: a page that may not be entered sends here, and back were a circle."""
        return get_adapter().get_login_redirect_url(self.request)

    def _redirect_to_pending_stage(self, request, stage):
        """Begin anew after a mistyped address; the second factor alone is asked for again."""
        if request.method != "POST" and stage.key != LoginByCodeStage.key:
            return super()._redirect_to_pending_stage(request, stage)
        if request.method == "POST":
            clear_login(request)
        return None

    def form_valid(self, form):
        """Lead people with a campus address to their campus sign-in."""
        if form.leads_to_campus:
            email = form.cleaned_data["login"]
            return set_out(self.request, next_url=self.get_next_url() or "", email=email)
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        """Add the campus button and what is new for people of the portal."""
        return super().get_context_data(**kwargs) | {
            "campus_name": settings.OIDC_NAME if campus.is_on() else "",
            "news": portal_news()[:MOST_NEWS],
        }
