"""What the site keeps about a patient, for the patient: all of it, and who looked at it."""
