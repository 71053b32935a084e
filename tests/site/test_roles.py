"""Who may view, add, change and delete what in the admin: role by model, written down."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

ROLES = ("clinician", "front_desk", "editor", "administrator")

# v view, a add, c change, d delete; - none of them
TABLE = """
model                             | clinician front_desk editor    administrator
auth.Group                        | -         -         -         -
auditlog.LogEntry                 | -         -         -         v
django_tasks_database.DBTaskResult | -         -         -         -
library.Article                   | v         -         vac       vac
library.Exercise                  | v         -         vac       vac
library.ExerciseFamily            | v         -         vac       vac
library.GlossaryTerm              | v         -         vac       vac
library.StopIf                    | vac       -         v         v
library.CareLevel                 | vac       -         v         v
library.RedFlag                   | vac       -         v         v
library.SearchSynonym             | v         -         vac       vac
people.Clinic                     | -         -         -         vac
people.OutgoingMail               | v         v         -         v
people.Invitation                 | v         v         -         v
people.Patient                    | vac       vac       -         vac
people.User                       | -         -         -         vac
plans.Plan                        | vac       -         -         vac
plans.PlanTemplate                | vac       -         -         vac
contact.ContactRequest            | vc        vc        -         vc
diary.Alert                       | vc        -         -         v
"""


def written_table() -> dict[str, list[str]]:
    rows = [line for line in TABLE.strip().splitlines()[1:] if line]
    return {name.strip(): marks.split() for name, marks in (row.split("|") for row in rows)}


def marks(model_admin: admin.ModelAdmin, user) -> str:
    """What ``user`` may do, as letters."""
    request = RequestFactory().get("/admin/")
    request.user = user
    may = {
        "v": model_admin.has_view_permission(request),
        "a": model_admin.has_add_permission(request),
        "c": model_admin.has_change_permission(request),
        "d": model_admin.has_delete_permission(request),
    }
    return "".join(letter for letter, allowed in may.items() if allowed) or "-"


def registered() -> dict[str, admin.ModelAdmin]:
    return {model._meta.label: entry for model, entry in admin.site._registry.items()}


def test_every_model_of_the_admin_has_a_row():
    assert sorted(registered()) == sorted(written_table())


@pytest.mark.django_db
@pytest.mark.parametrize("label", written_table())
def test_a_role_may_do_what_is_written(label, request):
    people = [request.getfixturevalue(role) for role in ROLES]
    assert [marks(registered()[label], person) for person in people] == written_table()[label]
