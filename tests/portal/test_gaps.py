"""Parts of a page that are drawn once and filled at every visit."""

from education.portal.gaps import WithGaps


def test_each_gap_takes_its_own_part():
    drawn = WithGaps.cut("<p>a</p><!--gap start--><p>b</p><!--gap ticks 12-ab-->")
    assert drawn.gaps == ("start", "ticks 12-ab")
    filled = drawn.filled({"ticks 12-ab": "<i>2</i>", "start": "<i>1</i>"})
    assert filled == "<p>a</p><i>1</i><p>b</p><i>2</i>"


def test_a_gap_without_a_part_stays_empty():
    assert WithGaps.cut("a<!--gap week-->b").filled({"other": "x"}) == "ab"


def test_what_has_no_gap_is_left_as_it_is():
    drawn = WithGaps.cut("<p>a <!-- a remark --></p>")
    assert drawn.gaps == ()
    assert drawn.filled({"a": "x"}) == "<p>a <!-- a remark --></p>"
