"""`python3 -m communique`."""

import sys

from communique.cli import main

sys.exit(main())
