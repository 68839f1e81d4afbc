"""`./klantbeeld VERB`: reads the command line and hands over to the module of that verb."""

import argparse
import importlib
import signal
import sys
from collections.abc import Sequence

from klantbeeld.platform.embedded.public import EmbeddedDatabaseError
from klantbeeld.site.cli.messages import CommandError

VERBS = ("demo", "up", "test", "bench", "backup", "restore", "doctor", "manage", "lock")


def main(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="./klantbeeld", description="Klantbeeld, the open CRM.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    # The modules are light; what is heavy they import when they are carried out.
    modules = {verb: importlib.import_module(f"klantbeeld.site.cli.verbs.{verb}") for verb in VERBS}
    for verb, module in modules.items():
        passes_on = getattr(module, "PASSES_ON", False)
        described = verbs.add_parser(
            verb,
            help=(module.__doc__ or "").partition("\n")[0],
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            add_help=not passes_on,  # its --help is for the program that gets the rest
        )
        module.add_options(described)
    options, passed_on = parser.parse_known_args(arguments)
    options.passed_on = passed_on
    if passed_on and not getattr(modules[options.verb], "PASSES_ON", False):
        parser.error(f"{options.verb} does not know {' '.join(passed_on)}")
    # A termination unwinds like Ctrl-C does, so that what was started is stopped and temporary files go.
    signal.signal(signal.SIGTERM, lambda signum, _frame: sys.exit(128 + signum))
    try:
        code: int = modules[options.verb].run(options)
    except (CommandError, EmbeddedDatabaseError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
