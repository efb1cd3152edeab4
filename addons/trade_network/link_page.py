"""What all pages behind signed links have in common."""

_HEADERS = {
    # the address is the key: it goes to no other site, no search engine, no cache
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}


def guarded(response):
    """A response whose address nobody else is to learn.

    :param response: of a controller
    :return: the same response
    """
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response
