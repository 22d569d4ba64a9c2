"""Runs a command on a terminal of its own and types one line at each prompt: argv is a JSON list of lines, then the command."""
import json
import os
import pty
import re
import select
import sys
import time

lines = json.loads(sys.argv[1])
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
shown = b""
quiet = time.monotonic()
end = quiet + 30
while time.monotonic() < end:
    ready, _, _ = select.select([master], [], [], 0.1)
    if ready:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk
        quiet = time.monotonic()
    elif lines and re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", shown).rstrip().endswith(b":") and time.monotonic() - quiet > 0.2:
        os.write(master, lines.pop(0).encode() + b"\n")
        quiet = time.monotonic()
        shown += b" "
    elif not lines and time.monotonic() - quiet > 5:
        break
os.close(master)
sys.stdout.write(shown.decode(errors="replace"))
try:
    os.kill(pid, 15)
except ProcessLookupError:
    pass
os.waitpid(pid, 0)
