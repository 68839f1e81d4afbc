"""A process that imports a file of customers into the database of its environment, for tests that kill things.

Called with the path of the file; makes an organisation of its own.
"""

import sys
from pathlib import Path

import django


def main() -> None:
    django.setup()

    from klantbeeld.platform.access.actor import system
    from klantbeeld.platform.tenancy.models import Tenant
    from klantbeeld.platform.tenancy.scope import Scope, entered
    from klantbeeld.platform.transfer.public import import_here

    tenant = Tenant.objects.create(slug="crash", name="Crash", hosts=["crash.example"])
    with entered(Scope(tenant.id, origin="test")):
        done = import_here(system(tenant), "customers", Path(sys.argv[1]))
    sys.stdout.write(f"{done.job.state} {done.report['created']} {done.report['refused']}\n")


if __name__ == "__main__":
    main()
