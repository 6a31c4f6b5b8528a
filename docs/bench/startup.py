"""Start to the first 200 on /livez, with and without the AOT cache, and the resident set of an idle server.

python3 docs/bench/startup.py [RUNS]
"""
import sys
import time
from pathlib import Path

from common import Server, summary
import shutil
import tempfile


def run(home, wait_for_cache=False):
    server = Server(home)
    seconds = server.start()
    time.sleep(3)
    rss = server.rss_mb()
    if wait_for_cache:
        deadline = time.time() + 120
        while not list(Path(home).glob("cache/*.aot")) and time.time() < deadline:
            time.sleep(1)
        time.sleep(2)
    server.stop()
    return seconds, rss


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    cold, warm, rss = [], [], []
    for _ in range(runs):
        home = tempfile.mkdtemp(prefix="paddock-bench-")
        seconds, _rss = run(home, wait_for_cache=True)
        cold.append(seconds)
        seconds, resident = run(home)
        warm.append(seconds)
        rss.append(resident)
        shutil.rmtree(home, ignore_errors=True)
    summary("first start, no AOT cache", cold, "s")
    summary("later start, AOT cache", warm, "s")
    summary("idle RSS 3 s after start", rss, "MB")


if __name__ == "__main__":
    main()
