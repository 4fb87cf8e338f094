"""Logs: one line an outcome, with ids, never addresses, tokens or bodies."""

import contextlib
import logging
import sys

import structlog


def configure(level: str, program: str) -> None:
    """Log to stderr: coloured for a person at a terminal, JSON lines otherwise."""
    renderer: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        cache_logger_on_first_use=True,
        logger_factory=structlog.WriteLoggerFactory(file=_Stderr()),  # type: ignore[arg-type]
    )
    structlog.contextvars.bind_contextvars(program=program)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")


class _Stderr:
    """Standard error, whose disk may be full: then a line is lost, and the work it tells of goes on."""

    def write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            sys.stderr.flush()
