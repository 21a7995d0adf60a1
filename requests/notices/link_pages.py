"""What every page behind a mailed link keeps to."""


def private(response):
    """Keep an answer out of search engines, and its address out of every Referer.

    ("no-referrer" would also hide the origin that the CSRF check looks at.)
    """
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "strict-origin"
    return response
