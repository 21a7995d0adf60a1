"""Reports of crashes to Sentry, where SENTRY_DSN asks for them: the place, never the person."""


def switch_on(dsn):
    """Start reporting, unless no address is given."""
    if not dsn:
        return
    import sentry_sdk  # noqa: PLC0415 (a second of start-up for those who report nothing)

    sentry_sdk.init(
        dsn=dsn,
        before_send=without_people,
        include_local_variables=False,
        send_default_pii=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
    )


def without_people(event, _hint):
    """Keep where it happened and drop what could name a person: address, text, headers."""
    event.pop("user", None)
    event["request"] = {"method": event.get("request", {}).get("method")}
    for exception in event.get("exception", {}).get("values", []):
        exception["value"] = ""
    return event
