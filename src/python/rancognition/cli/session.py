"""What commands on KPI data share: data in, notes out, a core."""

import sys
from contextlib import contextmanager

from .. import RanCognitionError, Temporal, version
from .errors import LibraryError
from .intake import read_kpis
from .progress import Progress


@contextmanager
def kpi_session(options, futures=200):
    """(progress, core, data) for the time of a with block."""
    require_library()
    with Progress(not (options.no_progress or options.quiet)) as progress:
        data = read_kpis(options, lambda rows: progress.count("rows read:", rows))
        progress.clear()
        if not options.quiet:
            print("\n".join(data.notes), file=sys.stderr)
        with Temporal(futures, 48, progress.host()) as core:
            if options.effort is not None:
                core.set_consciousness_level(options.effort)
            yield progress, core, data


def require_library():
    """Fails before the data are read, not after."""
    try:
        version()
    except (OSError, RanCognitionError) as error:
        raise LibraryError(str(error)) from None
