"""`python -m repairbook` is the command line."""

from repairbook.cli import main

if __name__ == "__main__":
    main()
