"""What the records' pages in the admin share."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from .actions import record_view


class RefusesPlainly(admin.ModelAdmin):
    """Answers 403 to a role that may not see the record, on its history page too.

    The stock page looks the record up first: where the rows are narrowed to what a person may
    see, it would send a wrong role elsewhere as if the record did not exist.

    And filters a list only by what the list offers: the stock one also answers
    ``?staff_notes__contains=a`` and ``?password__startswith=a``, letter by letter, to people whose
    page does not show the field. ``links_to`` names what links from other pages filter by.

    ``records_views``: who opens the history of a record is written down, as for its page.
    """

    links_to: Collection[str] = ()
    records_views = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        offered = {*self.links_to, self.date_hierarchy}
        for item in self.get_list_filter(request):
            offered.add(item if isinstance(item, str) else getattr(item, "parameter_name", None))
        return lookup.split("__")[0] in offered and super().lookup_allowed(lookup, value, request)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        record = self.get_object(request, object_id) if self.records_views else None
        if record is not None:
            record_view(record=record, by=request.user)
        return super().history_view(request, object_id, extra_context)
