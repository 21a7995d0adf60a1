"""Writes what a request says about a visiting scholar: the appointment, the places, the stays.

``occasion`` is the one of ``recording.py``: which request writes, in whose name.
"""

from isso.requests.records.models import ExchangeStay, ScholarDetails, SiteOfActivity


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
    if effect.site is not None:
        site = sites.get(pk=effect.site)
    else:
        # A request that is approved again finds the place there is.
        same = {name: effect.fields.get(name, "") for name in ("name", "line1", "line2")}
        site = sites.filter(ended_on=None, **same).first()
    if effect.fields.get("is_primary"):
        others = sites.exclude(pk=site.pk) if site else sites
        for former in others.filter(is_primary=True, ended_on=None):
            occasion.change(former, {"is_primary": False})
    if site is None:
        occasion.add(SiteOfActivity, effect.fields)
    else:
        occasion.change(site, effect.fields)


def note_stay(effect, occasion):
    """Add a stay, once: a request that is approved again finds the one there is."""
    told_apart = {name: effect.fields[name] for name in ("category", "visa_class", "start")}
    stay = ExchangeStay.objects.filter(record=occasion.record, **told_apart).first()
    if stay is None:
        occasion.add(ExchangeStay, effect.fields)
    else:
        occasion.change(stay, effect.fields)
