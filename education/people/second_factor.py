"""Whether a log-in was proven twice."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session showed an app's code, a recovery code or a key.

    Having set one up is not enough: a session counts from the moment it has used one.
    """
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)
