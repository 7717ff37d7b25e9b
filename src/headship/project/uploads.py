"""How much may be sent with files: Django bounds forms but not files, and would keep any stranger's on our disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from headship.project.setup_views import TAKING_PART

LARGEST = 101 * 1024 * 1024  # the largest file that importers take, and the form around it


class Bounded(FileUploadHandler):
    """Refuses before anything is read; keeps nothing itself and hands every piece on."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any, **named: Any) -> None:  # noqa: N803  # Django's own name
        """Look at the announced length. Errors: RequestDataTooBig."""
        del input_data, META, rest, named
        assert self.request is not None  # Django gives it
        if content_length > most(self.request):
            raise RequestDataTooBig("More was sent than is taken here.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand it on."""
        del start
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that keep it."""


def most(request: HttpRequest) -> int:
    """Return how many bytes may come from somebody: files from those we know and those who set Headship up."""
    known = request.user.is_authenticated or request.session.get(TAKING_PART)
    return LARGEST if known else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
