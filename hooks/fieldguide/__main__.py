"""`python -m fieldguide`, the same as the command `fieldguide`."""

from .cli import main

raise SystemExit(main())
