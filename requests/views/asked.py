"""What the office asks about a request in a clarification, each with its place."""

from ..autosaving import open_items
from .journey import address_of


def questions_asked(student_request):
    """Return what the office asks, each with the place where it is answered."""
    request_type = student_request.type
    return [
        {
            "label": request_type.label_of(item.name),
            "sentence": item.sentence,
            "href": f"{address_of(student_request, request_type.page_of(item.name))}"
            f"#id_{item.name}",
        }
        for item in open_items(student_request)
    ]
