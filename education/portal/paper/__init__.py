"""What leaves the clinic on paper: the hand-out of a plan, and the sheet of the first log-in.

``views`` answer, ``handout``, ``diary`` and ``first_log_in`` say what stands on the sheets, ``pdf``
draws them and ``kept`` sees to it that this is done once, and one at a time.
"""
