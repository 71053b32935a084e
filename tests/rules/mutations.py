"""Each rule, and what takes its code out: the named test must then fail."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

RULES = {
    1: "A patient sees their own rows and nothing else; a draft does not exist for its patient.",
    2: "One open plan a patient; a table of status changes; nothing clinical is deleted.",
    3: "A patient reads the latest published version; step texts are the library's of today.",
    4: "What stands in the way of publishing, and the same check again whenever something changes.",
    5: "Words and picture follow the working side; left and right are never guessed.",
    6: "The red flags in one tap from every page; nobody with a sign is sent to a form.",
    7: "Less is always allowed; only a clinician moves a patient up; leg signs outrank numbers.",
    8: "No numbers of sets for strangers; pain limits are the clinic's or the plan's, in order.",
    9: "What was saved is saved once.",
    10: "Mail says that something waits, and no more; links expire and work once.",
    11: "Times and dates are the clinic's.",
    12: "Writes are actions: all or nothing, by somebody; an address changes in every table.",
    13: "Discharge ends log-in and sessions, and keeps the record.",
}


@dataclass(frozen=True)
class Mutation:
    """One rule with a piece of its code taken out: ``old`` becomes ``new`` in ``file``.

    ``database``: the one on which the test fails, where the two differ.
    """

    rule: int
    takes_out: str
    file: str
    old: str
    new: str
    test: str
    database: str = "sqlite"

    @property
    def name(self) -> str:
        return f"{self.rule} {self.takes_out}"


PLANS = "education/plans/"
ACTIONS = "education/plans/actions/"
PEOPLE = "education/people/"
RULE_TESTS = "tests/rules/test_rules.py::"
TODAY = "tests/portal/test_plan_today.py::"
CHECKS = "tests/plans/test_checks.py::"
OVERLAPS = "tests/plans/test_overlaps.py::"

MUTATIONS = [
    Mutation(
        1,
        "whose versions",
        PLANS + "models/versions.py",
        "return self.filter(plan__patient__user=user)",
        "return self",
        "tests/portal/test_planned_exercise.py::test_a_stranger_gets_404",
    ),
    Mutation(
        1,
        "whose messages",
        "education/contact/views.py",
        "ContactRequest.objects.visible_to(request.user).sent_by(request.user)",
        "ContactRequest.objects",
        "tests/contact/test_own_requests.py::"
        "test_a_stranger_gets_404_with_nothing_of_it_in_the_page",
    ),
    Mutation(
        1,
        "no drafts",
        PLANS + "models/plans.py",
        ".exclude(status=Plan.Status.DRAFT)",
        "",
        RULE_TESTS + "test_a_draft_is_not_among_the_plans_of_its_patient",
    ),
    Mutation(
        2,
        "the constraint of one open plan",
        PLANS + "migrations/0001_initial.py",
        "condition=models.Q(('status__in', ['active', 'on-hold'])), fields=('patient',)",
        "condition=models.Q(('status__in', ['never'])), fields=('patient',)",
        "tests/plans/test_activate_plan.py::test_the_database_holds_one_open_plan_a_patient",
    ),
    Mutation(
        2,
        "the end of the plan before",
        ACTIONS + "publishing.py",
        "change_status(before, Plan.Status.COMPLETED)",
        "pass",
        "tests/plans/test_activate_plan.py::test_the_plan_before_it_is_completed",
    ),
    Mutation(
        2,
        "the lock on the patient",
        ACTIONS + "status.py",
        "Patient.objects.select_for_update(no_key=True).get",
        "Patient.objects.get",
        OVERLAPS + "test_of_two_drafts_activated_at_once_the_second_completes_the_first",
        database="postgres",
    ),
    Mutation(
        2,
        "the lock that a save can end beside",
        ACTIONS + "status.py",
        "Patient.objects.select_for_update(no_key=True).get",
        "Patient.objects.select_for_update().get",
        OVERLAPS + "test_what_is_published_while_a_save_runs_has_the_whole_save",
        database="postgres",
    ),
    Mutation(
        2,
        "immediate transactions",
        "clinic/settings.py",
        '"transaction_mode": "IMMEDIATE"',
        '"transaction_mode": "DEFERRED"',
        OVERLAPS + "test_of_two_drafts_activated_at_once_the_second_completes_the_first",
    ),
    Mutation(
        2,
        "the end of a completed plan",
        PLANS + "models/plans.py",
        "Status.COMPLETED: (),",
        "Status.COMPLETED: (Status.ON_HOLD,),",
        "tests/plans/test_plan_status.py::test_a_plan_changes_its_status_as_the_table_says",
    ),
    Mutation(
        2,
        "protected patients",
        PLANS + "models/plans.py",
        'Patient, verbose_name=_("patient"), on_delete=models.PROTECT, related_name="plans"',
        'Patient, verbose_name=_("patient"), on_delete=models.CASCADE, related_name="plans"',
        RULE_TESTS + "test_not_even_a_draft_goes_with_its_patient",
    ),
    Mutation(
        3,
        "the latest version",
        PLANS + "models/versions.py",
        '"-plan_id", "-number"',
        '"-plan_id", "number"',
        TODAY + "test_the_newest_version_wins",
    ),
    Mutation(
        3,
        "the library of today",
        "education/portal/pages.py",
        "get_language(), version.library_now, *rest)",
        "get_language(), *rest)",
        TODAY + "test_a_safety_correction_of_the_library_reaches_the_patient_at_once",
    ),
    Mutation(
        3,
        "the mail about a change",
        ACTIONS + "publishing.py",
        'tell_patient(plan, "plan_changed")',
        "pass",
        "tests/plans/test_publish_changes.py::test_the_patient_gets_a_mail_that_something_changed",
    ),
    Mutation(
        3,
        "what is not yet published",
        PLANS + "admin/sheet.py",
        "return changes(self.version.body, plan_body(self.plan, self.rows.rows))",
        "return []",
        "tests/plans/test_plan_form.py::test_a_saved_change_waits_to_be_published_and_is_named",
    ),
    Mutation(
        4,
        "no empty plan",
        PLANS + "checks.py",
        "    if not rows:",
        "    if False:",
        CHECKS + "test_an_empty_plan_cannot_be_published",
    ),
    Mutation(
        4,
        "something to do alone",
        PLANS + "checks.py",
        "elif all(row.needs_supervision for row in rows):",
        "elif False:",
        CHECKS + "test_a_plan_of_supervised_exercises_only_leaves_nothing_to_do_alone",
    ),
    Mutation(
        4,
        "a day of review",
        PLANS + "checks.py",
        'found.append(Finding(_("Set the day of the next review."), field="review_on"))',
        "pass",
        CHECKS + "test_a_plan_needs_a_review",
    ),
    Mutation(
        4,
        "a dosage in range",
        "education/library/models/dosage.py",
        "sets = whole(1, 4,",
        "sets = whole(1, 400,",
        "tests/plans/test_plan_bad_input.py::"
        "test_what_is_wrong_in_a_row_is_said_beside_it_and_stays_typed",
    ),
    Mutation(
        4,
        "not asked is not no",
        PLANS + "checks.py",
        "if given in (limits, NOT_ASKED):",
        "if given == limits:",
        CHECKS + "test_not_asked_is_never_taken_for_no",
    ),
    Mutation(
        4,
        "only what the reason was written for",
        PLANS + "checks.py",
        "if code not in settled]",
        "if not settled]",
        CHECKS + "test_a_reason_covers_the_clashes_it_was_written_for_and_no_later_one",
    ),
    Mutation(
        4,
        "the check when a patient opens the plan",
        "education/portal/pages.py",
        "unsettled=has_open_clash(version),",
        "unsettled=False,",
        TODAY + "test_a_new_answer_that_clashes_stops_the_plan_until_it_is_settled",
    ),
    Mutation(
        4,
        "a review that is long past",
        PLANS + "standing.py",
        "if today - timedelta(days=grace_days) > version.review_on:",
        "if False:",
        RULE_TESTS + "test_long_after_the_review_the_patient_is_asked_to_call_first",
    ),
    Mutation(
        5,
        "no guessed side in a step",
        "education/library/wording.py",
        'return f"your sore {noun}"',
        'return f"your left {noun}"',
        "tests/library/test_every_placeholder.py::"
        "test_left_and_right_are_said_when_they_are_known_and_never_else",
    ),
    Mutation(
        5,
        "each side",
        "education/library/wording.py",
        '"each": _("on each side"),',
        '"each": "",',
        "tests/library/test_every_dosage.py::test_each_side_says_that_the_count_is_for_each_side",
    ),
    Mutation(
        5,
        "no coloured leg for an unknown side",
        "education/library/pictures.py",
        "return drawing(row.pose, side)",
        'return drawing(row.pose, "left")',
        "tests/library/test_exercise_detail.py::"
        "test_a_one_sided_exercise_speaks_of_the_sore_side_and_colours_none",
    ),
    Mutation(
        5,
        "no unknown placeholder",
        "education/library/validators.py",
        "if unknown := unknown_placeholders(text):",
        "if unknown := []:",
        "tests/library/test_wording.py::test_an_unknown_placeholder_is_refused_with_its_name",
    ),
    Mutation(
        5,
        "swap sides",
        "templates/library/parts/exercise_steps.html",
        '{% if side == "each" %}',
        "{% if False %}",
        "tests/portal/test_planned_exercise.py::test_an_unknown_side_is_never_guessed",
    ),
    Mutation(
        6,
        "the link in the header",
        "templates/base.html",
        "{% url 'when_to_see_a_doctor' %}",
        "{% url 'home' %}",
        RULE_TESTS + "test_every_page_of_a_patient_reaches_the_signs_in_one_tap",
    ),
    Mutation(
        6,
        "the question before the form",
        "education/contact/views.py",
        '    if has_sign(form):\n        return onward("contact_stop", form)\n'
        "    request.session[CHECKED]",
        "    request.session[CHECKED]",
        "tests/contact/test_contact.py::test_a_sign_or_a_doubt_leads_to_the_stop_page",
    ),
    Mutation(
        6,
        "911 first",
        "templates/components/redflags.html",
        'href="tel:911"',
        'href="{{ clinic.phone.as_rfc3966 }}"',
        "tests/library/test_when_to_see_a_doctor.py::"
        "test_an_emergency_is_never_sent_to_the_phone_or_a_form_of_the_clinic",
    ),
    Mutation(
        7,
        "less is always allowed",
        "templates/portal/parts/ladder.html",
        "at any time. You do not need to ask.",
        "when your therapist says so.",
        RULE_TESTS + "test_a_patient_reads_that_less_is_always_allowed_and_who_moves_them_up",
    ),
    Mutation(
        7,
        "who moves up",
        "templates/portal/parts/ladder.html",
        '<div class="pm-forms__hard">{{ link.to_exercise.title }}',
        '<div><a href="{% url "exercise_detail" link.to_exercise.key %}">{{ link.rule }}</a>',
        RULE_TESTS + "test_a_patient_reads_that_less_is_always_allowed_and_who_moves_them_up",
    ),
    Mutation(
        7,
        "the signs in the leg",
        "templates/components/stop_if.html",
        '<li>{% translate "The pain goes further down your leg." %}</li>',
        "",
        "tests/library/test_exercise_detail.py::"
        "test_without_shared_signs_in_the_library_the_page_still_says_when_to_stop",
    ),
    Mutation(
        8,
        "no numbers for strangers",
        "templates/library/exercise_detail.html",
        '<p class="pm-lead">{{ exercise.purpose }}</p>',
        '<p class="pm-lead">{{ exercise.purpose }} {{ exercise.sets }} rounds</p>',
        "tests/library/test_exercise_detail.py::test_no_dosage_is_given_to_strangers",
    ),
    Mutation(
        8,
        "thresholds in order",
        "education/people/migrations/0001_initial.py",
        "('pain_stop__gt', models.F('pain_fine_max'))",
        "('pain_stop__gt', 0)",
        RULE_TESTS + "test_the_pain_thresholds_of_the_clinic_are_in_order",
    ),
    Mutation(
        8,
        "a plan's own limits in order",
        "education/plans/migrations/0006_own_pain_limits_in_order.py",
        "('pain_stop__gt', models.F('pain_fine_max'))",
        "('pain_stop__gt', 0)",
        "tests/plans/test_plan_pain.py::test_the_database_keeps_the_limits_of_a_plan_in_order",
    ),
    Mutation(
        8,
        "pain to stop at is never fine",
        "education/plans/pain.py",
        "fine_max=min(fine, stop - 1)",
        "fine_max=fine",
        "tests/diary/test_pain_rule.py::"
        "test_pain_to_stop_at_is_never_fine_whatever_the_clinic_has_changed_since",
    ),
    Mutation(
        8,
        "limits as they were published",
        "education/diary/pain_rule.py",
        "limits = pain_limits(version.body, clinic)",
        'limits = pain_limits({"exercises": []}, clinic)',
        "tests/diary/test_session_finish.py::TestThePlansOwnLimits::"
        "test_a_session_is_judged_by_the_plan_it_followed_and_not_by_what_was_typed_since",
    ),
    Mutation(
        9,
        "the same message twice",
        "education/contact/actions.py",
        "key = uuid5(submission_key, f\"{patient.pk if patient else ''}\\n{typed}\")",
        'key = uuid5(submission_key, f"{timezone.now()}")',
        "tests/contact/test_contact_write.py::TestTheSameMessageTwice::"
        "test_is_kept_once_and_thanked_twice",
    ),
    Mutation(
        9,
        "the unique key",
        "education/contact/migrations/0001_initial.py",
        "('submission_key', models.UUIDField(unique=True))",
        "('submission_key', models.UUIDField())",
        RULE_TESTS + "test_the_database_keeps_a_message_once",
    ),
    Mutation(
        9,
        "the same new plan twice",
        PLANS + "admin/plans.py",
        "if sheet.is_new and (before := sheet.saved_before()):",
        "if False:",
        "tests/plans/test_plan_add.py::test_sent_twice_a_new_plan_is_made_once",
    ),
    Mutation(
        10,
        "nothing of health in a mail",
        "templates/mail/plan_ready.txt",
        "There is something new for you",
        "There is a new exercise for you",
        "tests/plans/test_activate_plan.py::"
        "test_the_patient_is_told_by_mail_that_something_waits_and_not_what",
    ),
    Mutation(
        10,
        "the end of a link",
        "education/contact/models.py",
        "expires is not None and now < expires",
        "expires is not None",
        "tests/contact/test_visitor_answer.py::test_the_link_ends_after_14_days",
    ),
    Mutation(
        10,
        "a link that works once",
        "education/contact/actions.py",
        "request.answer_token_used_at = now",
        "pass",
        "tests/contact/test_visitor_answer.py::test_another_browser_finds_the_link_used",
    ),
    Mutation(
        10,
        "a queue of keys and kinds",
        PEOPLE + "mail.py",
        "key=str(key), user=user)",
        "key=user.email if user else str(key), user=user)",
        "tests/people/test_invite.py::test_the_queue_holds_neither_address_nor_link",
    ),
    Mutation(
        10,
        "mail in the transaction that causes it",
        PEOPLE + "mail.py",
        "    transaction.on_commit(lambda: deliver_mail.enqueue(mail.pk))\n    return mail",
        "    deliver_mail.enqueue(mail.pk)\n    return mail",
        RULE_TESTS + "test_no_mail_leaves_for_what_was_taken_back",
    ),
    Mutation(
        10,
        "the language of the reader",
        PEOPLE + "mail.py",
        "with translation.override(language):",
        'with translation.override("en"):',
        RULE_TESTS + "test_a_mail_is_written_in_the_language_of_its_reader",
    ),
    Mutation(
        11,
        "the zone of the clinic",
        PEOPLE + "models/clinic.py",
        "return timezone.now().astimezone(self.zone)",
        "return timezone.now()",
        "tests/plans/test_due_days.py::test_the_short_day_and_the_long_one_are_one_day_each",
    ),
    Mutation(
        11,
        "the date of the promise",
        "education/contact/actions.py",
        "ClosedDay.objects.days_from(clinic.today())",
        "set()",
        RULE_TESTS + "test_a_promise_knows_the_days_on_which_the_clinic_is_closed",
    ),
    Mutation(
        12,
        "all or nothing",
        "education/audit/actor.py",
        "with transaction.atomic():",
        "if True:",
        "tests/plans/test_save_plan.py::"
        "test_a_row_that_cannot_be_written_takes_the_whole_save_back",
    ),
    Mutation(
        12,
        "who did it",
        "education/audit/actor.py",
        "instance.actor_id = user.pk",
        "pass",
        "tests/plans/test_publish_changes.py::test_the_audit_log_names_who_published",
    ),
    Mutation(
        12,
        "keywords and a name",
        ACTIONS + "publishing.py",
        "def publish_changes(*, plan: Plan, by: User)",
        "def publish_changes(plan: Plan, by: User)",
        RULE_TESTS + "test_every_action_takes_keywords_only_and_names_who_did_it",
    ),
    Mutation(
        12,
        "the address in the other table",
        PEOPLE + "actions/accounts.py",
        'user.save(update_fields=["email"])\n    keep_address(user=user, by=by)',
        'user.save(update_fields=["email"])',
        "tests/people/test_change_email.py::test_the_old_address_resets_nothing",
    ),
    Mutation(
        12,
        "the log-ins of the old address",
        PEOPLE + "actions/accounts.py",
        "end_sessions(user=user, by=by)\n    # The queue keeps no address.",
        "# The queue keeps no address.",
        "tests/people/test_change_email.py::test_every_log_in_ends",
    ),
    Mutation(
        13,
        "no more log-in",
        PEOPLE + "actions/patients.py",
        "patient.user.is_active = False",
        "pass",
        RULE_TESTS + "test_discharge_ends_the_log_in_for_good_and_every_session_now",
    ),
    Mutation(
        13,
        "the end of the sessions",
        PEOPLE + "actions/patients.py",
        "end_sessions(user=patient.user, by=by)",
        "pass",
        RULE_TESTS + "test_discharge_ends_the_log_in_for_good_and_every_session_now",
    ),
    Mutation(
        13,
        "the end of open links",
        PEOPLE + "actions/patients.py",
        "Invitation.objects.filter(user=patient.user).unsettled().revoke()",
        "pass",
        RULE_TESTS + "test_discharge_ends_an_open_link_even_for_who_comes_back",
    ),
]


def table() -> str:
    """docs/rules.md: what each rule loses, and the test that notices."""
    lines = [
        "# The rules that always hold, and what notices when one does not",
        "",
        "`python -m tests.rules` copies the project, takes the code of each rule out, one piece",
        "at a time, and fails unless the test beside it fails. `python -m tests.rules 4 7` does so",
        "for rules 4 and 7. It takes many minutes and is no part of `make test`, which only checks",
        "that the code and the tests are still where `tests/rules/mutations.py` says. This page is",
        "written from there.",
    ]
    for number, words in RULES.items():
        lines += ["", f"## {number}. {words}", "", "| Taken out | Noticed by |", "|---|---|"]
        for mutation in MUTATIONS:
            if mutation.rule == number:
                where = " (PostgreSQL)" if mutation.database == "postgres" else ""
                lines.append(
                    f"| {mutation.takes_out}: `{mutation.file}` | `{mutation.test}`{where} |"
                )
    return "\n".join(lines) + "\n"
