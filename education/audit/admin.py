"""What the records' pages in the admin share."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class RefusesPlainly(admin.ModelAdmin):
    """Answers 403 to a role that may not see the record, on its history page too.

    The stock page looks the record up first: where the rows are narrowed to what a person may
    see, it would send a wrong role elsewhere as if the record did not exist.
    """

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)
