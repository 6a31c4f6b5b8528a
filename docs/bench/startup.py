"""Start to the first 200 on /livez, with and without the JVM's trained caches, and the resident set of an idle server.

python3 docs/bench/startup.py [RUNS]
"""
import shutil
import sys
import tempfile
import time

from common import JVM_CACHES, Server, remove_caches, summary, undisturbed, wait_for_caches

UNTRAINED = {"PADDOCK_AOT": "off"}


def run(home, environment=None, idle=3):
    """Seconds until /livez answered, and the resident set in MB after so many idle seconds."""
    server = Server(home, environment)
    with undisturbed():
        seconds = server.start()
    time.sleep(idle)
    rss = server.rss_mb()
    server.stop()
    return seconds, rss


def fresh_home():
    return tempfile.mkdtemp(prefix="paddock-bench-")


def without_caches(runs):
    """First starts in homes of their own, and later starts in one home; nothing is trained."""
    first, later = [], []
    for _ in range(runs):
        remove_caches()
        home = fresh_home()
        first.append(run(home, UNTRAINED)[0])
        later.append(run(home, UNTRAINED)[0])
        shutil.rmtree(home, ignore_errors=True)
    return first, later


def with_caches(runs):
    home = fresh_home()
    with Server(home):
        wait_for_caches(home, JVM_CACHES)
    results = [run(home) for _ in range(runs)]
    shutil.rmtree(home, ignore_errors=True)
    return [seconds for seconds, _ in results], [rss for _, rss in results]


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    first, later = without_caches(runs)
    warm, rss = with_caches(runs)
    summary("first start in a fresh home, no AOT cache", first, "s")
    summary("later start, no AOT cache", later, "s")
    summary("later start, AOT cache", warm, "s")
    summary("idle RSS 3 s after start, AOT cache", rss, "MB")


if __name__ == "__main__":
    main()
