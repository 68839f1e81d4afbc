"""start Klantbeeld with a demo organisation and real data

Prints the address and how to sign in, and runs until it is stopped (Ctrl-C).
"""

import argparse

from klantbeeld.site.cli.options import add_serving_options
from klantbeeld.site.cli.serve import serve


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `demo` accepts."""
    add_serving_options(parser)


def run(options: argparse.Namespace) -> int:
    """Serve the demo until stopped."""
    return serve(options, demo=True)
