"""`python -m jobalerts` is the `jobalerts` command."""

from jobalerts.cli import main

if __name__ == "__main__":
    main()
