"""How SEVIS wants a value written, for advisors who copy it."""


def sevis_day(day):
    """Write a date as the screens of SEVIS take it: 05/15/2027; "" for none."""
    return day.strftime("%m/%d/%Y") if day else ""
