"""Whether a ZIP code and a state can belong together, by the code's first digit."""

# The postal service gives the first digit out by region, from the north-east to the west.
STATES_BY_FIRST_DIGIT = {
    "0": "CT MA ME NH NJ PR RI VI VT",
    "1": "DE NY PA",
    "2": "DC MD NC SC VA WV",
    "3": "AL FL GA MS TN",
    "4": "IN KY MI OH",
    "5": "IA MN MT ND SD WI",
    "6": "IL KS MO NE",
    "7": "AR LA OK TX",
    "8": "AZ CO ID NM NV UT WY",
    "9": "AK AS CA FM GU HI MH MP OR PW WA",
}


def zip_fits_state(postal_code, state):
    """Return whether a ZIP code begins like those of the state; a few villages are exceptions."""
    return not (postal_code and state) or state in STATES_BY_FIRST_DIGIT.get(postal_code[0], "")
