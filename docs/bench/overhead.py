"""What the server itself takes of an answer: HTTP, dialect, templates, scheduler, everything but the runner.

python3 docs/bench/overhead.py [SECONDS]

The engine is the testkit's, which gives each byte of an answer as a token, at once. Every stream asks again as soon as its answer
has ended. The client counts bytes and little else, on the same processors.
"""
import json
import os
import selectors
import shutil
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path

import common

STREAMS = 32
EVENTS = 1000
END = b"\r\n0\r\n\r\n"
WAYS = {"OpenAI chat": ("/v1/chat/completions", b"data: {"), "Ollama chat": ("/api/chat", b'{"model"')}


def install():
    """The distribution with the testkit among its bundles, as links."""
    copy = Path(tempfile.mkdtemp(prefix="paddock-bench-", dir=common.INSTALL.parent)) / "paddock"
    shutil.copytree(common.INSTALL, copy, copy_function=os.link, ignore=shutil.ignore_patterns("cache"))
    testkit = next((common.ROOT / "bundles" / "testkit" / "target").glob("testkit-*[T0-9].jar"))
    shutil.copy(testkit, copy / "bundles" / "dev.paddock.testkit.jar")
    return copy


def request(path, characters):
    say = "fake:say=" + "x" * characters
    body = json.dumps({"model": "starter", "stream": True, "messages": [{"role": "user", "content": say}]}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Stream:
    """One connection that asks again and again, and counts the events that come."""

    def __init__(self, port, path, mark, characters):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.message = request(path, characters)
        self.mark = mark
        self.first = []
        self.events = 0
        self.kept = b""
        self.tail = b""
        self.ask()

    def ask(self):
        self.begin = time.perf_counter()
        self.waiting = True
        self.socket.sendall(self.message)

    def read(self, again):
        data = self.socket.recv(1 << 16)
        if not data:
            raise SystemExit("the server closed a connection")
        if self.waiting and data:
            self.first.append(time.perf_counter() - self.begin)
            self.waiting = False
            if not data.startswith(b"HTTP/1.1 200"):
                raise SystemExit(data.decode())
        # A mark may lie across two reads.
        joined = self.kept + data
        self.events += joined.count(self.mark)
        self.kept = joined[-len(self.mark) + 1:]
        self.tail = (self.tail + data)[-len(END):]
        if self.tail == END:
            self.kept = b""
            if again:
                self.ask()
                return True
            return False
        return True


def run(port, way, streams, characters, seconds):
    """Events per second, and the seconds until each answer's first byte."""
    path, mark = WAYS[way]
    selector = selectors.DefaultSelector()
    all_streams = [Stream(port, path, mark, characters) for _ in range(streams)]
    for stream in all_streams:
        selector.register(stream.socket, selectors.EVENT_READ, stream)
    begin = time.perf_counter()
    running = streams
    while running:
        again = time.perf_counter() - begin < seconds
        for key, _ in selector.select():
            if not key.data.read(again):
                selector.unregister(key.fileobj)
                key.fileobj.close()
                running -= 1
    took = time.perf_counter() - begin
    return sum(s.events for s in all_streams) / took, [t for s in all_streams for t in s.first]


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    common.INSTALL = install()
    try:
        home = tempfile.mkdtemp(prefix="paddock-bench-")
        with common.Server(home):
            common.wait_for_caches(home, common.JVM_CACHES)
        with common.Server(home, {"PADDOCK_NUM_PARALLEL": str(STREAMS)}) as server:
            # Warm is a server that has served some tens of thousands: its optimizing compiler comes late.
            for way in WAYS:
                run(server.port, way, STREAMS, EVENTS, seconds)
                run(server.port, way, 1, 20, 4 * seconds)
            for way in WAYS:
                rates = []
                memory = []
                before = server.cpu_seconds()
                for _ in range(5):
                    rate, _ = run(server.port, way, STREAMS, EVENTS, seconds)
                    rates.append(rate)
                    memory.append(server.rss_mb())
                used = (server.cpu_seconds() - before) / (sum(rates) * seconds)
                print(f"{way}: {used * 1e6:.1f} us of processor an event")
                common.summary(f"{way}: {STREAMS} streams", rates, "events/s")
                common.summary(f"{way}: resident memory after each run", memory, "MB")
                before = server.cpu_seconds()
                _, first = run(server.port, way, 1, 20, seconds)
                print(f"{way}: {(server.cpu_seconds() - before) / len(first) * 1e6:.0f} us of processor a request of 20 events")
                common.summary(f"{way}: first byte, one after the other", [t * 1000 for t in first], "ms")
                _, first = run(server.port, way, STREAMS, 20, seconds)
                common.summary(f"{way}: first byte, {STREAMS} at once", [t * 1000 for t in first], "ms")
    finally:
        shutil.rmtree(common.INSTALL.parent)


if __name__ == "__main__":
    main()
