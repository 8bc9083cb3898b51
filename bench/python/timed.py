# SPDX-License-Identifier: MIT
"""Times CPython's logging in the scenarios that it shares with the benchmarks in Go.

    python timed.py ROUNDS DIRECTORY <logging.json

Prints a line for each turn: scenario, place on its axis, nanoseconds for each thing that was done
(bytes for memory). The scenario "load configuration" loads what stands in the standard input.
"""

import gc
import json
import logging
import logging.config
import os
import sys
import time
import tracemalloc

ROUNDS = int(sys.argv[1])
DIRECTORY = sys.argv[2]
DOCUMENT = json.load(sys.stdin)
LAYOUT = "%(asctime)s - %(name)s - %(levelname)s - %(message)s"
TURN = 0.05  # seconds


class Void:
    def write(self, text):
        pass

    def flush(self):
        pass


def say(scenario, at, nanoseconds):
    print(f"{scenario}\t{at}\t{nanoseconds:.3f}", flush=True)


def timed(scenario, work, at=0):
    """Times work(n) in turns."""
    n = 1
    while True:
        start = time.perf_counter()
        work(n)
        took = time.perf_counter() - start
        if took > TURN / 4:
            break
        n *= 4
    n = max(1, int(n * TURN / took))
    for _ in range(ROUNDS):
        gc.collect()
        start = time.perf_counter_ns()
        work(n)
        say(scenario, at, (time.perf_counter_ns() - start) / n)


def logger_with(handler):
    handler.setFormatter(logging.Formatter(LAYOUT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    return logging.getLogger("app.db.pool")


def message_only(log):
    def work(n):
        for _ in range(n):
            log.info("connection accepted")
    return work


def five(log):
    def work(n):
        for _ in range(n):
            log.info("connection accepted user=%s attempt=%d took=%s cached=%s path=%s",
                     "alice", 3, "1.5ms", "true", "/var/lib/app/data.db")
    return work


def disabled(log):
    def work(n):
        for _ in range(n):
            log.debug("connection accepted")
    return work


def calls():
    log = logger_with(logging.StreamHandler(Void()))
    timed("disabled", disabled(log))
    timed("call", message_only(log))
    timed("call five", five(log))
    path = os.path.join(DIRECTORY, "python.log")
    handler = logging.FileHandler(path)
    timed("log file", five(logger_with(handler)))
    handler.close()


def names(size):
    return [f"app.m{i % 1000}.x{i}" for i in range(size)]


def fresh():
    """Returns a tree of loggers without any."""
    root = logging.RootLogger(logging.WARNING)
    manager = root.manager = logging.Manager(root)
    return manager


def tree(size):
    all_names = names(size)

    def make():
        manager = fresh()
        for name in all_names:
            manager.getLogger(name)
        return manager

    for _ in range(ROUNDS if size < 1_000_000 else 1):
        gc.collect()
        start = time.perf_counter_ns()
        manager = make()
        say("create", size, (time.perf_counter_ns() - start) / size)
        if size == 1_000_000:
            break
        del manager
    manager = make() if size < 1_000_000 else manager
    one = all_names[size // 2]

    def look_up(n):
        for _ in range(n):
            manager.getLogger(one)

    timed("look up", look_up, size)

    def set_level(n):
        for i in range(n):
            manager.root.setLevel(10 + i % 2 * 10)

    if size <= 1000:
        timed("set level", set_level, size)
    else:  # it visits every logger
        start = time.perf_counter_ns()
        set_level(3)
        say("set level", size, (time.perf_counter_ns() - start) / 3)


def memory(size):
    all_names = names(size)
    gc.collect()
    tracemalloc.start()
    manager = fresh()
    for name in all_names:
        manager.getLogger(name)
    say("memory", size, tracemalloc.get_traced_memory()[0] / size)
    tracemalloc.stop()


def load():
    path = os.path.join(DIRECTORY, "logging.json")
    with open(path, "w") as f:
        json.dump(DOCUMENT, f)

    def work(n):
        for _ in range(n):
            with open(path) as f:
                logging.config.dictConfig(json.load(f))

    timed("load configuration", work)


calls()
for size in (1, 1000, 1_000_000):
    tree(size)
memory(1000)
load()
