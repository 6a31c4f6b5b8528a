"""From pressing return on `paddock run starter ...` to the first printed byte, with the server up and down.

python3 docs/bench/first-token.py [RUNS]
"""
import shutil
import subprocess
import sys
import time

from common import INSTALL, JVM_CACHES, RUNNER_CACHE, Server, remove_caches, summary, undisturbed, wait_for_caches

QUESTION = ["run", "starter", "Who are you?"]


def first_byte(server):
    """Seconds until the first byte of the answer."""
    begin = time.perf_counter()
    process = subprocess.Popen([INSTALL / "bin" / "paddock", *QUESTION], env=server.environment,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
    process.stdout.read(1)
    seconds = time.perf_counter() - begin
    process.stdout.read()
    process.wait()
    return seconds


def stop(server):
    subprocess.run([INSTALL / "bin" / "paddock", "stop"], env=server.environment, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    remove_caches()
    server = Server()
    down, up = [], []
    first = first_byte(server)
    wait_for_caches(server.home, JVM_CACHES + RUNNER_CACHE)
    stop(server)
    for _ in range(runs):
        with undisturbed():
            down.append(first_byte(server))
            up += [first_byte(server) for _ in range(3)]
        stop(server)
    print(f"very first run on this machine: {first:.3f} s")
    shutil.rmtree(server.home, ignore_errors=True)
    summary("server down", down, "s")
    summary("server up", up, "s")


if __name__ == "__main__":
    main()
