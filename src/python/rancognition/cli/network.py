"""network: what a radio network gives as it is set."""

from .answer import add_answer, prepare, tell
from .errors import EXIT_LIMIT, EXIT_OK
from .json_input import add_document
from .network_text import is_carried, network_lines
from .optimize_session import optimize_session

NAME = "network"
HELP = "loads, throughput, coverage and energy of a radio network in a JSON file"
EPILOG = """examples:
  python -m rancognition network site7.json
  python -m rancognition network site7.json --set traffic_mbps=250 --set cells.3.on=false --json

The network is a JSON object as rancognition.h describes it (rancog_optimization_evaluate_network). Cells are counted from 1, as NRCellDU=1.
Exit code 1 means: the traffic is too much for a cell, or no finite loads exist.
"""


def add_arguments(parser):
    """The options of this command."""
    add_document(parser, "the network")
    add_answer(parser)


def run(options):
    """Reads, computes, tells; the exit code."""
    document = prepare(options)
    with optimize_session(document, options, "evaluating") as core:
        text = core.evaluate_network_json(document.text())
    return EXIT_OK if is_carried(tell(text, options, network_lines)) else EXIT_LIMIT
