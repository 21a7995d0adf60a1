"""The demonstration's mailbox and, where a provider reports deliveries, its webhook."""

from django.conf import settings
from django.urls import include, path

from .views import demo_mail

urlpatterns = [path("demo-mail/", demo_mail, name="demo_mail")]

if getattr(settings, "ANYMAIL", {}).get("WEBHOOK_SECRET"):
    urlpatterns.append(path("mail-reports/", include("anymail.urls")))
