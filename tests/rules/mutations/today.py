"""What the rules say of the page of today and of the morning after."""

from .mutation import DIARY, DIARY_TESTS, Mutation

TICKS = DIARY_TESTS + "test_tick_exercise.py::"
MORNINGS = DIARY_TESTS + "test_morning_check.py::"
DAY = "tests/portal/test_day.py::"

MUTATIONS = [
    Mutation(
        1,
        "whose exercise is ticked",
        DIARY + "views/ticks.py",
        "if version is None or str(key) not in version.planned:",
        "if version is None:",
        TICKS + "test_a_stranger_with_a_plan_gets_404_for_another_key",
    ),
    Mutation(
        7,
        "after a reason to stop the page leads to no other session",
        DIARY + "today.py",
        "line.day == day and line.told in STOPPED",
        "line.day == day and not line.told",
        DAY + "test_after_pain_to_stop_for_nobody_is_led_to_another_session",
    ),
    Mutation(
        7,
        "two mornings in a row are to ease off and to call",
        DIARY + "mornings.py",
        "return Settled.NOT_AGAIN if before and not before[0].settled else Settled.NO",
        "return Settled.NO",
        MORNINGS + "test_two_times_in_a_row_is_to_ease_off_and_to_call",
    ),
    Mutation(
        9,
        "a morning is answered once",
        DIARY + "actions/mornings.py",
        "MorningCheck.objects.get_or_create(",
        "MorningCheck.objects.update_or_create(",
        MORNINGS + "test_the_answer_is_kept_with_its_session_and_asked_once",
    ),
    Mutation(
        11,
        "a tap after midnight belongs to the day of its page",
        DIARY + "forms/drawn_day.py",
        "self.today - timedelta(days=1) <= value <= self.today",
        "self.today <= value <= self.today",
        TICKS + "test_a_tap_after_midnight_belongs_to_the_day_of_its_page",
    ),
]
