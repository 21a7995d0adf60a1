"""The US agencies and international organizations SEVIS knows as sponsors of exchange visitors.

Codes are those of its lists; who is on neither is OTHER, with a name.
"""

from django.utils.translation import gettext_lazy as _

OTHER = "OTHER"
US_AGENCIES = (
    ("ACT", "ACTION, with the Peace Corps"),
    ("AID", "Agency for International Development"),
    ("BBG", "Broadcasting Board of Governors"),
    ("DOC", "Department of Commerce"),
    ("DOD", "Department of Defense"),
    ("DOED", "Department of Education"),
    ("DOE", "Department of Energy"),
    ("HHS", "Department of Health and Human Services"),
    ("HUD", "Department of Housing and Urban Development"),
    ("DOI", "Department of the Interior"),
    ("DOJ", "Department of Justice"),
    ("DOL", "Department of Labor"),
    ("DOS", "Department of State"),
    ("DOT", "Department of Transportation"),
    ("TREAS", "Department of the Treasury"),
    ("EPA", "Environmental Protection Agency"),
    ("EXIM", "Export-Import Bank of the United States"),
    ("GAO", "General Accounting Office"),
    ("HMC", "Holocaust Memorial Council"),
    ("LOC", "Library of Congress"),
    ("NASA", "National Aeronautics and Space Administration"),
    ("NEA", "National Endowment for the Arts"),
    ("NDH", "National Endowment for the Humanities"),
    ("NSF", "National Science Foundation"),
    ("SI", "Smithsonian Institution"),
    ("USDA", "Department of Agriculture"),
    ("USIP", "US Institute of Peace"),
    ("VA", "Veterans Administration"),
    (OTHER, _("Another agency")),
)
INTERNATIONAL_ORGANIZATIONS = (
    ("ECA", "UN Economic Commission for Africa"),
    ("ECE", "UN Economic Commission for Europe"),
    ("ECLA", "UN Economic Commission for Latin America"),
    ("ECOSOC", "UN Economic and Social Council"),
    ("EEC", "European Economic Community"),
    ("ESCAP", "UN Economic Commission for Asia and the Far East"),
    ("FAO", "Food and Agriculture Organization"),
    ("IAEA", "International Atomic Energy Agency"),
    ("ICAO", "International Civil Aviation Organization"),
    ("ILO", "International Labour Organization"),
    ("IMF", "International Monetary Fund"),
    ("IMO", "International Maritime Organization"),
    ("ITU", "International Telecommunication Union"),
    ("NATO", "North Atlantic Treaty Organization"),
    ("OAS", "Organization of American States"),
    ("OAU", "Organization of African Unity"),
    ("OECD", "Organisation for Economic Co-operation and Development"),
    ("PAHO", "Pan American Health Organization"),
    ("UN", "United Nations"),
    ("UNCTAD", "UN Conference on Trade and Development"),
    ("UNDP", "UN Development Programme"),
    ("UNESCO", "UNESCO"),
    ("UNICEF", "UNICEF"),
    ("UNIDO", "UN Industrial Development Organization"),
    ("WB", "World Bank"),
    ("WHO", "World Health Organization"),
    ("WMO", "World Meteorological Organization"),
    (OTHER, _("Another organization")),
)


def name_of(code, other_name, sponsors):
    """Return who a sponsor is: the name of its code, or the name typed for another one."""
    return other_name if code == OTHER else str(dict(sponsors).get(code, ""))
