"""The clinic's own row in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from ..models import Clinic, ClosedDay
from ..models.clinic import MONDAY_TO_FRIDAY


class WeekdaysField(forms.TypedMultipleChoiceField):
    """Boxes for weekdays, kept as one number with a bit per day, Monday first."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any):
        super().__init__(choices=WEEKDAYS.items(), coerce=int, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return [day for day in WEEKDAYS if value & (1 << day)]
        return value

    def clean(self, value: Any) -> int:
        return sum(1 << day for day in super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


PAIN = (0, 10)
RANGES = {
    "reply_days": (1, 10),
    "review_grace_days": (0, 90),
    "pain_fine_max": PAIN,
    "pain_fine_rise": PAIN,
    "pain_stop": PAIN,
    "pain_stop_rise": PAIN,
}


class ClinicForm(forms.ModelForm):
    """What the database holds to is said here beside its field, before it would refuse."""

    open_weekdays = WeekdaysField(label=_("Open on"), initial=MONDAY_TO_FRIDAY)

    class Meta:
        model = Clinic
        fields = "__all__"  # noqa: DJ007  the admin's fieldsets choose

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for name, (low, high) in RANGES.items():
            if typed.get(name) is not None and not low <= typed[name] <= high:
                message = _("Type a number from %(low)d to %(high)d.")
                self.add_error(name, message % {"low": low, "high": high})
        self._check_order("opens_at", "closes_at", _("Choose a time after the clinic opens."))
        self._check_order(
            "pain_fine_max", "pain_stop", _("Type a number above the pain that is fine.")
        )
        self._check_order(
            "pain_fine_rise", "pain_stop_rise", _("Type a number above the rise that is fine.")
        )
        return typed

    def _check_order(self, lower: str, higher: str, message: Any) -> None:
        low, high = self.cleaned_data.get(lower), self.cleaned_data.get(higher)
        if low is not None and high is not None and high <= low:
            self.add_error(higher, message)


class ClosedDayForm(forms.ModelForm):
    class Meta:
        model = ClosedDay
        fields = ["day", "name"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # the table's heading is no label to a screen reader
            field.widget.attrs["aria-label"] = field.label


class ClosedDayInline(admin.TabularInline):
    model = ClosedDay
    form = ClosedDayForm
    extra = 1


@admin.register(Clinic)
class ClinicAdmin(TranslationAdmin):
    """One row: the list leads to it."""

    form = ClinicForm
    inlines = [ClosedDayInline]
    fieldsets = [
        (None, {"fields": ["name", "phone", "address"]}),
        (
            _("Hours"),
            {"fields": ["hours_text", "open_weekdays", ("opens_at", "closes_at"), "time_zone"]},
        ),
        (_("Messages"), {"fields": ["reply_days", "alert_email"]}),
        (_("Plans"), {"fields": ["week_start", "review_grace_days", "paper"]}),
        (
            _("Pain rule"),
            {"fields": [("pain_fine_max", "pain_fine_rise"), ("pain_stop", "pain_stop_rise")]},
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Clinic.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        clinic = Clinic.objects.first()
        if clinic is None and self.has_add_permission(request):
            return redirect("admin:people_clinic_add")
        if clinic is None or not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect("admin:people_clinic_change", clinic.pk)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Clinic, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)
