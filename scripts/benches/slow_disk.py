"""Makes every fsync of a process take longer, by a small C library that is compiled when asked for and preloaded."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

_SOURCE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_longer(void) {
    const char *added = getenv("GIGHALL_BENCH_FSYNC_ADDED_US");
    if (added) usleep((useconds_t) atoi(added));
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    wait_longer();
    return real(file);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    wait_longer();
    return real(file);
}
"""


def slower_by(added_ms: float, folder: Path) -> dict[str, str]:
    """The environment in which each fsync takes so much longer; builds the library in `folder`. Needs gcc."""
    if not added_ms:
        return {}
    source, library = folder / "slow_disk.c", folder / "slow_disk.so"
    source.write_text(_SOURCE, encoding="ascii")
    command = ["gcc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True, timeout=60)
    return {"LD_PRELOAD": str(library), "GIGHALL_BENCH_FSYNC_ADDED_US": str(int(added_ms * 1000))}


def fsync_ms(folder: Path, times: int = 50) -> float:
    """The median of what this disk needs to make 4 KiB safe, in milliseconds."""
    took = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(times):
            file.write(b"x" * 4096)
            file.flush()
            began = time.monotonic()
            os.fdatasync(file.fileno())
            took.append(time.monotonic() - began)
    return sorted(took)[times // 2] * 1e3
