"""The rules that always hold, and the proof that a test notices when the code of one is gone.

``python -m tests.rules`` takes the code of each rule out of a copy and runs the test that must
then fail (see mutations/). It is slow, so it is no part of the normal run.
"""
