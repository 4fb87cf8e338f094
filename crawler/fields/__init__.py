"""Reading one field of a posting each: pure functions, no I/O."""
