"""A learner's progress: from reviews and schedules to figures, and figures to pictures."""
