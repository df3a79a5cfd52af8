"""``python -m countersight`` is ``countersight``."""

import sys

from countersight.cli import main

if __name__ == "__main__":
    sys.exit(main())
