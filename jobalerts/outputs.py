"""Where outputs of tasks are kept: a local folder, or an S3-compatible store (fsspec reads the address)."""

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import fsspec

from jobalerts.errors import ConfigError, PermanentError, TemporaryError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Outputs:
    """Named byte strings; a name is a relative path of plain characters. TemporaryError while the store is away."""

    _files: Any  # fsspec has no types
    _root: str

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        """Keep the chunks under the name, replacing what was there; half a file is never seen."""
        path = self._path(name)
        partial = f"{path}.part"
        try:
            self._files.makedirs(str(PurePosixPath(path).parent), exist_ok=True)
            with self._files.open(partial, "wb") as file:
                for chunk in chunks:
                    file.write(chunk)
            self._files.mv(partial, path)
        except OSError as error:
            self._forget(partial)
            raise TemporaryError(f"OUTPUTS_URL: cannot write {name}: {error.strerror or error}") from error

    def read(self, name: str) -> bytes:
        """All of it; a name that is not there is a PermanentError."""
        try:
            content: bytes = self._files.cat_file(self._path(name))
        except FileNotFoundError:
            raise PermanentError(f"no output {name}") from None
        except OSError as error:
            raise TemporaryError(f"OUTPUTS_URL: cannot read {name}: {error.strerror or error}") from error
        return content

    def exists(self, name: str) -> bool:
        return bool(self._files.exists(self._path(name)))

    def _forget(self, partial: str) -> None:
        """What was written of it may be what fills the disk."""
        with contextlib.suppress(OSError):
            self._files.rm_file(partial)

    def _path(self, name: str) -> str:
        if len(name) > LONGEST_NAME or not NAME.fullmatch(name):
            raise PermanentError(f"not a name of an output: {name[:LONGEST_NAME]!r}")
        return f"{self._root.rstrip('/')}/{name}"


def open_outputs(address: str) -> Outputs:
    """A folder's path or a URL such as s3://bucket/prefix; one that cannot be used is a ConfigError."""
    try:
        files, root = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise ConfigError(f"OUTPUTS_URL: {error}; install jobalerts[s3]") from None
    except (ValueError, OSError) as error:
        raise ConfigError(f"OUTPUTS_URL: {error}") from None
    return Outputs(files, root)
