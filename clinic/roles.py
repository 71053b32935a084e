"""Which group may do what in the admin. Patients are in no group."""

from typing import Any

CLINICIANS = "Clinicians"
FRONT_DESK = "Front desk"
CONTENT_EDITORS = "Content editors"
ADMINISTRATORS = "Administrators"

LIBRARY = (
    "exercise",
    "exercisefamily",
    "exercisestep",
    "stopif",
    "ladderlink",
    "article",
    "articlesection",
    "keypoint",
    "todaystep",
    "glossaryterm",
    "searchsynonym",
    "overruledfinding",
    "photo",
    "exercisesource",
)

# Signs of danger: clinicians write them. The signs to stop that all exercises share are rows of
# "stopif" as well; their page asks for library.review_exercise instead.
DANGER = ("carelevel", "redflag")

DIARY = ("session", "morningcheck", "outcome", "functionactivity", "alert")

PLANS = ("plan", "plannedexercise", "plantemplate", "templateexercise")


def _each(actions: str, room: str, *models: str) -> set[str]:
    return {f"{room}.{action}_{model}" for model in models for action in actions.split()}


PERMISSIONS: dict[str, set[str]] = {
    CLINICIANS: (
        _each("view add change", "people", "patient", "answer")
        | _each("view", "people", "invitation", "outgoingmail")
        | _each("view add change", "plans", *PLANS)
        | _each("view", "plans", "planversion")
        | _each("view change", "contact", "contactrequest")
        | _each("view add", "contact", "reply")
        | _each("view", "diary", *DIARY)
        | _each("add", "diary", "outcome", "functionactivity")
        | _each("change", "diary", "alert", "functionactivity")
        | _each("view", "library", *LIBRARY, *DANGER)
        | _each("add change", "library", *DANGER)
        | {"library.review_exercise"}
    ),
    # The front desk adds and invites people and answers messages; it sees no plan contents.
    FRONT_DESK: (
        _each("view add change", "people", "patient")
        | _each("view", "people", "invitation", "outgoingmail")
        | _each("view change", "contact", "contactrequest")
        | _each("view add", "contact", "reply")
    ),
    # Content editors write what is taught; they see no patient.
    CONTENT_EDITORS: (
        _each("view add change", "library", *LIBRARY) | _each("view", "library", *DANGER)
    ),
    ADMINISTRATORS: (
        _each("view add change", "people", "patient", "answer", "user", "clinic", "closedday")
        | _each("delete", "people", "closedday")
        | _each("view", "people", "invitation", "outgoingmail")
        | _each("view add change", "plans", *PLANS)
        | _each("view", "plans", "planversion")
        | _each("view", "diary", *DIARY)
        | _each("view change", "contact", "contactrequest")
        | _each("view add", "contact", "reply")
        | _each("view add change", "library", *LIBRARY)
        | _each("view", "library", *DANGER)
        # Not library.review_exercise: only a clinician answers for what is taught.
        | {"auditlog.view_logentry"}
    ),
}


def grant_permissions(app_config: Any, **_kwargs: Any) -> None:
    """Receiver of post_migrate: make the groups and add what they may do. Never removes."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    # Django's own receiver comes after this one, and would leave the last room without.
    create_permissions(app_config, verbosity=0)
    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    for name, wanted in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*(known[code] for code in wanted if code in known))
