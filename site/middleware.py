"""What belongs to the whole site and to no room."""

from csp.constants import SELF, UNSAFE_INLINE


class AdminContentPolicy:
    """Loosen the content policy for Wagtail's admin alone, whose own templates hold inline code."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = {
                "script-src": [UNSAFE_INLINE],
                "style-src": [UNSAFE_INLINE],
                "img-src": ["blob:"],
                "frame-src": [SELF],
            }
        return response
