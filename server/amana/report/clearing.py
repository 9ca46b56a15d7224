"""What only a browser can delete of a site: its own cache, and what databases leave on the disk."""

from flask import Response, request

OWN_PAGE = "same-origin"


def clear() -> Response:
    """Everything that this origin keeps in the browser, on the word of its own page

    A page of somebody else's could ask for it as well and delete reports that wait; so the answer
    deletes only where the browser itself says that the page is this origin's. Older browsers do
    not say it: there the page's own erasing has to do.
    """
    response = Response(status=204)
    if request.headers.get("Sec-Fetch-Site") == OWN_PAGE:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
