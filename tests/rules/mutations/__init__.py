"""Each rule, and what takes its code out: the named test must then fail."""

from . import diary, guided, rules_1_to_3, rules_4_to_8, rules_9_to_13, today
from .mutation import ROOT, Mutation

__all__ = ["MUTATIONS", "ROOT", "RULES", "Mutation", "table"]

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
    14: "Adherence is the sessions done of those planned: the most times a day of what is due.",
    15: "What needs a look is told once a cause, until its cause is gone or somebody has seen it.",
}

MUTATIONS = [
    *rules_1_to_3.MUTATIONS,
    *rules_4_to_8.MUTATIONS,
    *rules_9_to_13.MUTATIONS,
    *diary.MUTATIONS,
    *guided.MUTATIONS,
    *today.MUTATIONS,
]


def table() -> str:
    """docs/rules.md: what each rule loses, and the test that notices."""
    lines = [
        "# The rules that always hold, and what notices when one does not",
        "",
        "`python -m tests.rules` copies the project, takes the code of each rule out, one piece",
        "at a time, and fails unless the test beside it fails. `python -m tests.rules 4 7` does so",
        "for rules 4 and 7. It takes many minutes and is no part of `make test`, which only checks",
        "that the code and the tests are still where `tests/rules/mutations/` says. This page is",
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
