"""How many messages an hour reach the clinic's mailbox.

A message above a limit is kept all the same: only the alert mail about it waits. The count lives
in the cache that all workers share. When the cache fails, nothing is held: a mail too many is
better than a message nobody hears of.
"""

import ipaddress
import logging

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from education.people.models import Patient

logger = logging.getLogger(__name__)

WINDOW = 60 * 60  # seconds
PER_SENDER = 5  # messages of one patient, or from one address, in the window
ALL_VISITORS = 30  # messages of all visitors together: a flood comes from many addresses


def is_over_limit(request: HttpRequest, patient: Patient | None) -> bool:
    """Count one message of this sender; true when the alert mail has to wait."""
    try:
        if not _take_place(_sender(request, patient), PER_SENDER):
            return True
        return patient is None and not _take_place("visitors", ALL_VISITORS)
    except Exception as error:  # the message matters, the count does not
        logger.warning("message not counted: %s", type(error).__name__)
        return False


def _take_place(who: str, places: int) -> bool:
    """Take one of ``places`` for a window; false when all are taken.

    Adding a key is atomic in every cache backend, so two workers never take the same place.
    """
    return any(cache.add(f"contact:{who}:{n}", 1, timeout=WINDOW) for n in range(places))


def _sender(request: HttpRequest, patient: Patient | None) -> str:
    """A patient's number, else a keyed hash of the address: the cache keeps no address."""
    if patient is not None:
        return f"patient:{patient.pk}"
    # allauth's adapter knows how many proxies in front of the site may be believed.
    address = _network(get_adapter().get_client_ip(request))
    return f"address:{salted_hmac('contact', address).hexdigest()}"


def _network(address: str) -> str:
    """An IPv4 address as it is; of IPv6 the /64 that one household or phone owns."""
    if ":" not in address:
        return address
    return str(ipaddress.IPv6Network(f"{address}/64", strict=False).network_address)
