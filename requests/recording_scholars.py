"""Writes what a request says about a visiting scholar: the appointment and the places of work.

``occasion`` is the one of ``recording.py``: which request writes, in whose name.
"""

from isso.requests.records.models import ScholarDetails, SiteOfActivity


def note_scholar(effect, occasion):
    """Set columns of the details; the first request of a scholar makes them."""
    details = ScholarDetails.objects.filter(record=occasion.record).first()
    if details is None:
        occasion.add(ScholarDetails, effect.changes)
    else:
        occasion.change(details, effect.changes)


def note_site(effect, occasion):
    """Add or change a site; another's is never found, and one alone is the primary one."""
    sites = SiteOfActivity.objects.filter(record=occasion.record)
    if effect.fields.get("is_primary"):
        for former in sites.filter(is_primary=True, ended_on=None).exclude(pk=effect.site):
            occasion.change(former, {"is_primary": False})
    if effect.site is None:
        occasion.add(SiteOfActivity, effect.fields)
    else:
        occasion.change(sites.get(pk=effect.site), effect.fields)
