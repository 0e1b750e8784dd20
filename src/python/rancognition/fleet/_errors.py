"""What ends a run as a whole; what is wrong with one problem is its "Err"."""


class FleetError(Exception):
    """The run cannot go on: a worker lacks the library or has another one, no worker is left, the scheduler is gone."""
