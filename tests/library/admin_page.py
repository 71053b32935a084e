"""The library's admin forms as a browser sends them."""

from typing import Any

from django.urls import reverse


def change_url(thing: Any) -> str:
    return reverse(f"admin:library_{thing._meta.model_name}_change", args=[thing.pk])


def typed_form(client, url: str) -> dict[str, Any]:
    """What the browser would send back if nothing on the page were touched."""
    response = client.get(url)
    assert response.status_code == 200
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {
        name: "on" if value is True else value
        for name, value in values.items()
        if value is not None and value is not False
    }


def save(client, thing: Any, **typed: Any):
    """Open the thing's page, type these fields (None clears one) and press Save."""
    url = change_url(thing)
    data = {**typed_form(client, url), **typed}
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def assert_saved(response) -> None:
    errors = response.context["errors"] if response.context else []
    assert response.status_code == 302, errors


def state_url(content: Any, act: str) -> str:
    return reverse(f"admin:library_{content._meta.model_name}_state", args=[content.pk, act])


def press(client, content: Any, act: str, **typed: str):
    """As the button does for a person who may not change the words."""
    return client.post(state_url(content, act), typed, follow=True)
