"""A learner's progress: a log of reviews that is only ever added to, and the schedules that follow."""
