"""The `loa` command: Django's management commands under one name, with errors as one clear sentence."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")
    try:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        execute_from_command_line(["loa", *sys.argv[1:]])
    except ImproperlyConfigured as problem:
        sys.exit(f"loa: {problem}")


if __name__ == "__main__":
    main()
