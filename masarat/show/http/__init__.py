"""The server: an API for programs and pages for people, over one open shop."""

from masarat.show.http.app import create_app

__all__ = ["create_app"]
