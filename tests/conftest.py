"""The same surroundings for every test, on every machine."""

import os
import signal
import time
import types

import hypothesis
import jinja2

# Tests that use git must not depend on who runs them, nor on how that person set git up.
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.org",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.org",
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "init.defaultBranch",
    "GIT_CONFIG_VALUE_0": "main",
    "GIT_CONFIG_KEY_1": "safe.directory",
    "GIT_CONFIG_VALUE_1": "*",
}

# A build on a busy machine may be slow, and CI must give the same answer twice.
hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)


class Compiled(jinja2.FileSystemBytecodeCache):
    """Templates compiled once for all sites that the tests of a process build.

    They lie in each site's folder as always; a few hundred sites would take a minute to compile.
    """

    known: dict[tuple[str, str, str], types.CodeType] = {}  # noqa: RUF012 - shared on purpose

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """What lies in the folder, else what was compiled for another site of the same theme."""
        super().load_bytecode(bucket)
        if bucket.code is None and self._key(bucket) in self.known:
            bucket.code = self.known[self._key(bucket)]
            super().dump_bytecode(bucket)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Put it in the folder, and remember it."""
        self.known[self._key(bucket)] = bucket.code
        super().dump_bytecode(bucket)

    def _key(self, bucket: jinja2.bccache.Bucket) -> tuple[str, str, str]:
        return self.pattern, bucket.key, bucket.checksum


def pytest_configure() -> None:
    """Sets the environment before anything is collected, for the processes of the tests too."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
    os.environ.update(GIT, TZ="UTC")
    jinja2.FileSystemBytecodeCache = Compiled
    time.tzset()
    # Run in the background, tests are started with Ctrl-C ignored, and so would be what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")
