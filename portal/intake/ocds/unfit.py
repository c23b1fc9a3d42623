"""A contract that cannot be taken: why, and where that shows."""


class Unfit(Exception):
    """`code` says why; `path` leads from the contract to where it shows."""

    def __init__(self, code: str, *path: str | int, **given: object) -> None:
        self.code, self.path = code, path
        self.given = {name: str(value) for name, value in given.items()}
        super().__init__(code)
