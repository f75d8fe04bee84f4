"""A command on a pseudo-terminal, answered as a person would: whenever it waits for a line, one is typed."""

import os
import pty
import select
import subprocess
import sys
import time

PROMPT = b"> "
PATIENCE = 60
AT_EASE = 0.5
"""A signal that comes between the prompt and the reading waits for the next key."""


class Terminal:
    """A process whose input and output are a terminal of our own."""

    def __init__(self, arguments, folder, **env):
        self.ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "dumb", "NO_COLOR": "1", "BEFFROI_LANG": "en", **env}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "beffroi", *map(str, arguments)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env=environment,
            start_new_session=True,
            preexec_fn=take_terminal,
        )
        os.close(theirs)
        self.waiting = False

    def shown(self):
        """What it shows until it waits for a line, or has ended."""
        found, deadline = b"", time.monotonic() + PATIENCE
        while not found.endswith(PROMPT):
            assert time.monotonic() < deadline, found
            if select.select([self.ours], [], [], 0.1)[0]:
                try:
                    read = os.read(self.ours, 1 << 16)
                except OSError:
                    read = b""
                if not read:
                    break
                found += read
        self.waiting = found.endswith(PROMPT)
        return found.decode(errors="replace").replace("\r\n", "\n")

    def type(self, text):
        """Type a line."""
        self.waiting = False
        os.write(self.ours, f"{text}\n".encode())

    def answer(self, *lines):
        """Wait and type, line by line; what is shown then."""
        for each in lines:
            if not self.waiting:
                self.shown()
            self.type(each)
        return self.shown()

    def press(self, key):
        """Press a key that the terminal itself understands, such as Ctrl-C, once it surely waits for one."""
        self.waiting = False
        time.sleep(AT_EASE)
        os.write(self.ours, key)

    def end(self):
        """Its exit code, once it has ended."""
        self.shown()
        return self.process.wait(PATIENCE)

    def close(self):
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        os.close(self.ours)


def take_terminal():
    """Make the terminal the one that signals of keys come from."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
