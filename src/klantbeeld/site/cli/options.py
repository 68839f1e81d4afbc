"""Options that several verbs share."""

import argparse
import os
from pathlib import Path

from klantbeeld.site.cli.checkout import DEFAULT_DATA
from klantbeeld.site.cli.datafolder import DataFolder


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """`--data DIR`."""
    default = Path(os.environ.get("KLANTBEELD_DATA") or DEFAULT_DATA)
    parser.add_argument(
        "--data", metavar="DIR", type=Path, default=default, help="data folder (default: .klantbeeld in the checkout)"
    )


def data_folder(options: argparse.Namespace) -> DataFolder:
    """The data folder that was asked for."""
    return DataFolder(options.data.expanduser())


def add_serving_options(parser: argparse.ArgumentParser) -> None:
    """The options of the verbs that serve pages."""
    add_data_option(parser)
    parser.add_argument(
        "--port", type=int, metavar="N", help="port of the pages, with the next one (default: free ones)"
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (default: %(default)s)")
    parser.add_argument(
        "--workers", type=int, metavar="N", default=min(os.cpu_count() or 1, 4), help="processes that answer pages"
    )
    parser.add_argument("--json", action="store_true", help="print one line of JSON when the first page answers")
