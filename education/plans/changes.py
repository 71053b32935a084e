"""What differs between the version a patient reads and the working copy, in words for staff."""

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from education.library.models import DosageSpec
from education.library.wording import dosage_sentence, rest_line

from .bodies import Body, upgraded
from .models import Plan


def changes(before: Body, after: Body) -> list[str]:
    """One line per change from ``before`` to ``after`` (bodies of any schema), rows by number."""
    before, after = upgraded(before), upgraded(after)
    return [*_of_plan(before, after), *_of_rows(before["exercises"], after["exercises"])]


def _of_plan(before: Body, after: Body) -> list[str]:
    names = {
        "title": _("Plan name"),
        "kind": _("Kind"),
        "goal": _("Goal"),
        "note": _("Note"),
        "flare_up": _("In a flare-up"),
        "affected_side": _("Affected side"),
        "start_on": _("Start"),
        "review_on": _("Review"),
    }
    lines = [
        _("%(what)s: %(value)s") % {"what": name, "value": _shown(key, after[key])}
        for key, name in names.items()
        if before[key] != after[key]
    ]
    lines += [
        _("%(what)s: %(value)s") % {"what": name, "value": _own_limit(after["pain"][key])}
        for key, name in (
            ("fine_max", _("Pain that is fine, at most")),
            ("stop", _("Pain to stop at")),
        )
        if before["pain"][key] != after["pain"][key]
    ]
    if before["clinician"] != after["clinician"]:
        lines.append(
            _("%(what)s: %(value)s") % {"what": _("Clinician"), "value": after["clinician"]["name"]}
        )
    return lines


def _own_limit(pain: int | None) -> str:
    return _("the clinic’s number") if pain is None else str(pain)


def _shown(key: str, value: str | None) -> str:
    if not value:
        return _("empty")
    if key.endswith("_on"):
        day = parse_date(value)
        return date_format(day) if day else value
    if key == "affected_side":
        return str(Plan.AffectedSide(value).label)
    if key == "kind":
        return str(Plan.Kind(value).label)
    return value


def _of_rows(before: list[Body], after: list[Body]) -> list[str]:
    old = {row["key"]: row for row in before}
    new = {row["key"]: row for row in after}
    lines = []
    for number, row in enumerate(after, start=1):
        name = row["title"]["en"]
        if row["key"] not in old:
            lines.append(_("Row %(number)d, new: %(name)s") % {"number": number, "name": name})
        else:
            lines += [
                _("Row %(number)d, %(name)s: %(change)s")
                % {"number": number, "name": name, "change": change}
                for change in _of_row(old[row["key"]], row)
            ]
    lines += [
        _("Taken out: %(name)s") % {"name": row["title"]["en"]}
        for row in before
        if row["key"] not in new
    ]
    kept = [row["key"] for row in before if row["key"] in new]
    if kept != [row["key"] for row in after if row["key"] in old]:
        lines.append(_("The order of the exercises"))
    return lines


def _of_row(before: Body, after: Body) -> list[str]:
    lines = []
    lines += _of_dosage(before, after)
    if before["exercise"] != after["exercise"]:
        lines.append(_("another exercise"))
    lines += _of_words(before, after)
    if before["supervised"] != after["supervised"]:
        lines.append(_("only at the clinic") if after["supervised"] else _("signed off"))
    elif before["signed_off"] != after["signed_off"]:
        lines.append(_("signed off") if after["signed_off"] else _("the sign-off taken back"))
    if before["settled"] != after["settled"]:
        lines.append(_("why it is still right"))
    return lines


def _of_words(before: Body, after: Body) -> list[str]:
    """What is written for this patient, as it is now."""
    library, side = _("the rule of the library"), after["working_side"]
    lighter = _lighter(before, side), _lighter(after, side)  # another side is told by itself
    told = [
        (_("on a harder day"), *lighter, _("no lighter dosage")),
        (_("on a harder day"), before["harder_day"], after["harder_day"], _("empty")),
        (_("why this is for you"), before["why"], after["why"], _("empty")),
        (_("note"), before["note"], after["note"], _("empty")),
        (_("when to move up"), before["rules"]["up"], after["rules"]["up"], library),
        (_("when to move down"), before["rules"]["down"], after["rules"]["down"], library),
    ]
    return [
        _("%(what)s: %(value)s") % {"what": what, "value": new or none}
        for what, old, new, none in told
        if old != new
    ]


def _lighter(row: Body, side: str) -> str:
    """What a row has for a harder day: an easier rung, its dosage, or nothing."""
    if not row["harder"]:
        return ""
    spec = DosageSpec.from_dict(row["harder"]["dosage"])
    sentence = dosage_sentence(spec, side)
    easier = row["harder"]["title"]
    return f"{easier['en']}. {sentence}" if easier else sentence


def _of_dosage(before: Body, after: Body) -> list[str]:
    """The new sentence, and what the sentence does not say: the first day, and the rest."""
    old, new = (DosageSpec.from_dict(row["dosage"]) for row in (before, after))
    lines = []
    sentence = dosage_sentence(new, after["working_side"])
    if sentence != dosage_sentence(old, before["working_side"]):
        lines.append(sentence)
    if before["anchor_on"] != after["anchor_on"]:
        day = parse_date(after["anchor_on"] or "")
        first = date_format(day) if day else _("the start of the plan")
        lines.append(_("%(what)s: %(value)s") % {"what": _("counted from"), "value": first})
    # A rest that nobody takes, after one round without a hold, is no change to tell.
    if old.rest_seconds != new.rest_seconds and (rest_line(old) or rest_line(new)):
        lines.append(rest_line(new) or _("no rest"))
    return lines
