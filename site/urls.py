"""Every address of the site; each room brings its own, Wagtail's pages come last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import Http404
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

handler500 = "isso.site.errors.failed"

# Wagtail's own two sign-in forms would ask for a password alone: both lead to the one sign-in.
sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)


def no_page(request, **kwargs):
    """Close an address of Wagtail: people are changed on the staff pages alone, one by one."""
    raise Http404


urlpatterns = [
    path("accounts/", include("isso.requests.people.urls")),
    path("admin/login/", sign_in),
    path("_util/login/", sign_in),
    path("admin/bulk/people/<path:rest>", no_page),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("portal/", include("isso.requests.urls")),
    path("", include("isso.requests.notices.urls")),
    path("", include("isso.pages.urls")),
    path("", include("isso.home.urls")),
]

if settings.DEMONSTRATION:
    # In earnest nginx or the bucket hands out page images (deploy/nginx.conf).
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )

# What speaks the language of its address: /ar/… is Arabic, without a prefix the office's own.
urlpatterns += i18n_patterns(
    path("", include("isso.requests.people.spoken_urls")),
    path("", include("isso.pages.spoken_urls")),
    prefix_default_language=False,
)
