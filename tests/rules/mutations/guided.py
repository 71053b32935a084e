"""What the rules say of the guided session: whose, once, never alone, when to do less or stop."""

from .mutation import DIARY, DIARY_TESTS, Mutation

VIEWS = DIARY + "views/session.py"
GUIDED = DIARY + "guided.py"
START = DIARY_TESTS + "test_session_start.py::"
EXERCISE = DIARY_TESTS + "test_session_exercise.py::"
WRONG = DIARY_TESTS + "test_session_wrong.py::"

MUTATIONS = [
    Mutation(
        1,
        "whose guided session",
        DIARY + "views/own.py",
        "Session.objects.visible_to(request.user).with_plan()",
        "Session.objects.with_plan()",
        EXERCISE + "test_a_stranger_and_staff_get_404_and_a_visitor_logs_in[session_wrong]",
    ),
    Mutation(
        4,
        "what must be watched first, in a session",
        GUIDED,
        "if own is None or is_supervised(row, own)",
        "if own is None",
        EXERCISE + "test_what_must_be_watched_first_by_now_is_left_out",
    ),
    Mutation(
        7,
        "a graver sign outranks a lesser",
        DIARY + "actions/stopping.py",
        "if GRAVITY[session.wrong] >= GRAVITY[wrong]:",
        "if session.is_finished:",
        WRONG + "test_said_twice_it_is_once_and_a_graver_sign_outranks",
    ),
    Mutation(
        8,
        "much pain leads with the harder-day plan",
        DIARY + "forms/session.py",
        "pain is not None and pain >= HIGH_START",
        "False",
        START + "test_much_pain_leads_with_the_harder_day_plan",
    ),
    Mutation(
        8,
        "after a reason to stop no other session",
        GUIDED,
        "if any(session.told in STOPPED for session in begun.values()):",
        "if False:",
        START + "test_after_a_reason_to_stop_nobody_is_led_to_another_session_of_the_day",
    ),
    Mutation(
        9,
        "a session begun twice from one page",
        VIEWS,
        "if posted and form.is_valid() and form.was_sent:",
        "if False:",
        START + "test_a_page_sent_twice_begins_one_session_also_after_it_is_finished",
    ),
]
