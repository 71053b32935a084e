"""``make bench``: how fast the busiest pages are, beside a bare Django page of the same size.

Not a test: it judges nothing but prints what it measured, and the goals beside it. Needs no more
than the site itself.
"""
