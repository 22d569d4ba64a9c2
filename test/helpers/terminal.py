"""Runs a program in a terminal of its own and types when it asks. Reads a job as JSON, writes what came as JSON."""
import json
import os
import pty
import re
import select
import signal
import sys
import time

job = json.load(sys.stdin)
start = time.time()
pid, terminal = pty.fork()
if pid == 0:
    os.chdir(job["cwd"])
    os.execvpe(job["argv"][0], job["argv"], job["env"])

screen = b""
waiting = list(job["steps"])
seen = 0
timed_out = False
while True:
    if time.time() - start > job["seconds"]:
        timed_out = True
        os.kill(pid, signal.SIGKILL)
        break
    ready, _, _ = select.select([terminal], [], [], 0.1)
    if ready:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        screen += data
    if waiting:
        found = re.search(waiting[0][0].encode(), screen[seen:])
        if found:
            seen += found.end()
            answer = waiting.pop(0)[1]
            captured = [one.decode() for one in found.groups()]
            os.write(terminal, (answer.format(*captured) + "\r").encode())
_, status = os.waitpid(pid, 0)
json.dump(
    {
        "screen": screen.decode(errors="replace"),
        "exit": os.waitstatus_to_exitcode(status),
        "seconds": time.time() - start,
        "timedOut": timed_out,
        "unanswered": [step[0] for step in waiting],
    },
    sys.stdout,
)
