"""What every fact is: an immutable value read from a file."""

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """An immutable value read from a file; a field that it does not know is refused."""

    # Validators are built when the first file of their kind is read: few builds read all kinds.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
