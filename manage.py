#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")
    if sys.argv[1:2] in (["setup"], ["demo"]):
        # The settings cannot be read before there is a secret to read.
        from casework import firstrun

        firstrun.prepare(firstrun.home())

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
