"""The program's entry: ``countersight`` and ``python -m countersight``."""

import sys
from multiprocessing import forkserver

_READING = {"audit", "demo", "verify"}


def main() -> int:
    """Start the process that workers are forked from, which takes as long as all imports, then parse and run."""
    if _READING.intersection(sys.argv[1:2]) and "serial" not in sys.argv:
        forkserver.set_forkserver_preload(["countersight.pipeline.warm"])
        forkserver.ensure_running()
    from countersight import cli  # noqa: PLC0415 (in parallel with the process just started)

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
