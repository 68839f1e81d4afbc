"""start Klantbeeld for an organisation of your own

At the first start it prints a link that can be used once, to make the organisation and its owner.
"""

import argparse

from klantbeeld.site.cli.options import add_serving_options
from klantbeeld.site.cli.serve import serve


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `up` accepts."""
    add_serving_options(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    return serve(options, demo=False)
