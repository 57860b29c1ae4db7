"""``python -m tests.benchmarks``: print what things cost on this machine."""

import platform

from tests.benchmarks import concurrency
from tests.benchmarks.server import service

if __name__ == "__main__":
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with service() as url:
        concurrency.report(url)
