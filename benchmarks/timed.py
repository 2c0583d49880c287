"""A process that runs one command and tells its times: small, since a child's peak memory begins with its parent's.

Usage: timed.py LOG COMMAND ...; what the command says goes into the file LOG.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the command of the arguments and print what it took as JSON."""
    log, *command = sys.argv[1:]
    start = time.perf_counter()
    process = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    print(
        json.dumps(
            {
                "status": os.waitstatus_to_exitcode(status),
                "wall": wall,
                "cpu": usage.ru_utime + usage.ru_stime,
                "memory": usage.ru_maxrss * unit,
            }
        )
    )


main()
