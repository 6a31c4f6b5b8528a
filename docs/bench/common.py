"""What the benchmarks share: starting the built distribution with a home of its own, and asking it over HTTP."""
import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Another installation can be measured with the same scripts.
INSTALL = Path(os.environ.get("INSTALL") or ROOT / "distribution" / "target" / "paddock").resolve()


@contextlib.contextmanager
def undisturbed():
    """With REALTIME=1 in the environment (needs root): what is started here runs before all else on the machine, so that a
    busy one measures nearly as a quiet one."""
    if os.environ.get("REALTIME") != "1":
        yield
        return
    os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def cache_directories(home):
    """Where caches may be: beside the program, or in the home when the program may not write there."""
    return [INSTALL / "cache", Path(home) / "cache", Path(home)]


def remove_caches():
    """Takes away what was trained and assembled, so that the next start is as the first one after unpacking."""
    shutil.rmtree(INSTALL / "cache", ignore_errors=True)


def wait_for_caches(home, names, limit=300):
    """Waits until each of these is there, as patterns below the directories of caches."""
    deadline = time.time() + limit
    for name in names:
        while not any(list(directory.glob(name)) for directory in cache_directories(home)):
            if time.time() > deadline:
                raise SystemExit(f"no {name} within {limit} s; see the server's log in {home}/logs")
            time.sleep(0.2)


JVM_CACHES = ["server.aot.stamp", "command.aot.stamp"]
RUNNER_CACHE = ["engine/*/runner-*.aot"]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A started server; `with Server() as s:` stops it and removes its home."""

    def __init__(self, home=None, environment=None):
        self.home = Path(home or tempfile.mkdtemp(prefix="paddock-bench-"))
        self.owned = home is None
        self.port = free_port()
        self.environment = dict(os.environ, PADDOCK_HOME=str(self.home), PADDOCK_HOST=f"127.0.0.1:{self.port}",
                                **(environment or {}))

    def start(self):
        """Starts the process; gives the seconds until /livez answered 200."""
        out = open(self.home / "out", "wb")
        begin = time.perf_counter()
        self.process = subprocess.Popen([INSTALL / "bin" / "paddock", "serve"], stdout=out, stderr=out,
                                        stdin=subprocess.DEVNULL, env=self.environment)
        self.wait_for("/livez", begin)
        return time.perf_counter() - begin

    def wait_for(self, path, begin, limit=60):
        while time.perf_counter() - begin < limit:
            try:
                if self.get(path)[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                raise SystemExit("the server ended:\n" + (self.home / "out").read_text())
            time.sleep(0.005)
        raise SystemExit(f"{path} did not answer within {limit} s")

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()

    def post(self, path, body):
        """POSTs JSON and yields each line of the answer with the time it came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request("POST", path, json.dumps(body))
        response = connection.getresponse()
        if response.status != 200:
            raise SystemExit(f"{path}: {response.status} {response.read().decode()}")
        for line in response:
            yield time.perf_counter(), json.loads(line)

    def create(self, name, gguf):
        """Installs a GGUF file as a model through the command line, as a user would."""
        modelfile = self.home / "Modelfile"
        modelfile.write_text(f"FROM {Path(gguf).resolve()}\n")
        subprocess.run([INSTALL / "bin" / "paddock", "create", name, "-f", modelfile], check=True,
                       env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def rss_mb(self):
        """Resident set of the server's own process in MB, without its runners."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    def cpu_seconds(self):
        """Processor time of the server's own process so far."""
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        if self.owned:
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self):
        self.start()
        self.wait_for("/readyz", time.perf_counter())
        return self

    def __exit__(self, *_):
        self.stop()


def summary(name, values, unit):
    print(f"{name:44s} median {statistics.median(values):8.3f}  min {min(values):8.3f}  max {max(values):8.3f} {unit}"
          f"  (n={len(values)})")
