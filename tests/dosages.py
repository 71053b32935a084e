"""Every dosage that the database would keep and the form would let through, for hypothesis."""

from hypothesis import strategies as st

from education.library.models import Band, DosageSpec, WorkingSide
from education.library.models.dosage import EVERY_DAY

SIDES = st.sampled_from([side.value for side in WorkingSide])


def _amounts() -> st.SearchStrategy[dict]:
    """A number of repetitions, a range of them, or minutes; never two of these."""
    number = st.integers(1, 20).map(lambda n: {"reps_min": n})
    span = (
        st.tuples(st.integers(1, 20), st.integers(1, 20))
        .map(sorted)
        .map(lambda pair: {"reps_min": pair[0], "reps_max": pair[1]})
    )
    minutes = st.integers(1, 60).map(lambda n: {"minutes": n})
    return st.one_of(number, span, minutes)


def _days() -> st.SearchStrategy[dict]:
    """Chosen weekdays, or every so many days; never both."""
    weekdays = st.integers(1, EVERY_DAY).map(lambda bits: {"weekdays": bits})
    return st.one_of(weekdays, st.integers(1, 14).map(lambda n: {"every_n_days": n}))


def _resistance() -> st.SearchStrategy[dict]:
    """Nothing, a weight in steps of a tenth as the database keeps it, or a band."""
    tenths = st.integers(0, 500).map(lambda n: f"{n / 10:g}")
    return st.one_of(
        st.just({}),
        tenths.map(lambda load: {"load": load, "load_unit": "lb"}),
        st.sampled_from([band.value for band in Band]).map(lambda band: {"band": band}),
    )


def dosages() -> st.SearchStrategy[DosageSpec]:
    """Any valid dosage (ranges as in the constraints of Dosage)."""
    rest = st.fixed_dictionaries(
        {
            "sets": st.integers(1, 4),
            "hold_seconds": st.integers(0, 60),
            "rest_seconds": st.integers(0, 180),
            "times_per_day": st.integers(1, 4),
            "effort_max": st.none() | st.integers(0, 10),
        }
    )
    parts = st.tuples(rest, _amounts(), _days(), _resistance())
    return parts.map(lambda many: DosageSpec(**many[0], **many[1], **many[2], **many[3]))
