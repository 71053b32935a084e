"""Names the person behind a request in the audit log, without asking for them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .actor import acting


class ActorMiddleware:
    """Looks the user up only when a change is logged: other pages pay nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(lambda: request.user):
            return self.get_response(request)
