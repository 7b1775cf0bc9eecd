"""`make bench`: prints what a person waits for, as medians; it asserts nothing.

python bench/run.py [--rows real 3.5m 20m] [--only import queries page peers places memory] [--steps N] [--write]
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    # Run as a file, the interpreter puts bench/ on the path and not the folder above it.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from bench.command import main

    main()
