"""The form of content that patients read: what is typed waits for a clinician."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from education.library.loading.differences import Difference
from education.library.loading.documents import Document, PackError
from education.library.models import ContentProposal, Photo, Reviewed
from education.library.publishing import Content
from education.library.publishing.proposals import (
    as_proposed,
    changes_of,
    drop_proposal,
    keep_proposal,
    proposal_of,
    seal_of,
    words_of,
)
from education.library.uses import Uses, uses_of

from .base import LibraryAdmin

SEEN = "_seen"
BECAUSE = "_because"


@dataclass(slots=True)
class Waiting:
    """Content that patients read, as its page shows it while its rows hold the proposed words.

    ``uses`` is asked before: plans keep their verdicts by the words that are published.
    """

    content: Content
    uses: Uses
    proposal: ContentProposal | None
    changes: list[Difference]
    seal: str = ""
    saved: Document | None = None

    @classmethod
    def of(cls, content: Content) -> "Waiting":
        proposal = proposal_of(content)
        if proposal is None:
            return cls(content, uses_of(content), None, [])
        changes = changes_of(content, proposal)
        return cls(content, uses_of(content), proposal, changes, seal_of(content, proposal))


class ProposingAdmin(LibraryAdmin):
    """Saves of published and retired content become proposals; everything else is saved as ever.

    The stock form runs on rows that hold the proposed words, inside a savepoint that is taken back:
    when it saved, what the rows then say is the new proposal.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        content = self.read_by_patients(request, object_id)
        if content is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        request.waiting = waiting = Waiting.of(content)  # type: ignore[attr-defined]
        try:
            with _photos_kept() as uploaded, as_proposed(content):
                began = timezone.now()
                response = super().changeform_view(request, object_id, form_url, extra_context)
                if request.FILES:
                    uploaded += _uploaded(request, began)
                if isinstance(response, TemplateResponse):
                    return response.render()  # here, where the rows say what it shows
        except PackError as error:
            return self._cannot_be_shown(request, content, error)
        if waiting.saved is None:
            return response
        return self._keep(request, content, waiting.saved)

    def read_by_patients(self, request: HttpRequest, object_id: str | None) -> Any:
        """The content of this page when its words are not to be written at once, else None."""
        content = self.get_object(request, unquote(object_id)) if object_id else None
        return content if isinstance(content, Reviewed) and content.is_read_by_patients else None

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """The form has saved. Inside the savepoint its outcome is read, and nothing else done."""
        waiting = getattr(request, "waiting", None)
        if waiting is None:
            return self.words_saved(request, obj)
        waiting.saved = words_of(type(obj)._default_manager.get(pk=obj.pk))
        return HttpResponse()  # in its place comes what words_saved answers

    def words_saved(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """What happens after a save, once the words are where they belong."""
        if getattr(request, "waiting", None) is None:
            return super().response_change(request, obj)
        # What was kept is told already; the stock message would say that it is live.
        if "_continue" in request.POST:
            return HttpResponseRedirect(request.path)
        return self.response_post_save_change(request, obj)

    def _keep(self, request: HttpRequest, content: Content, document: Document) -> HttpResponse:
        had = proposal_of(content)
        proposal = keep_proposal(content=content, document=document, by=request.user)
        if proposal:
            said = _("Your changes wait for a clinician. Patients read the words before.")
            self.message_user(request, said, messages.SUCCESS)
            self.log_change(request, content, _("Changes kept for a clinician."))
        elif had:
            said = _("It reads as it did before, so the changes that waited are gone.")
            self.message_user(request, said, messages.SUCCESS)
        else:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
        return self.words_saved(request, content)

    def _cannot_be_shown(
        self, request: HttpRequest, content: Content, error: PackError
    ) -> HttpResponse:
        """Changes that fit the library no more are told and taken out, or nobody could go on."""
        said = _("The changes that waited do not fit any more and are gone. %(why)s")
        self.message_user(request, said % {"why": error}, messages.ERROR)
        drop_proposal(content=content, by=request.user)
        return HttpResponseRedirect(request.path)


@contextmanager
def _photos_kept() -> Iterator[list[Photo]]:
    """Photos put into the list are stored after what happened inside was taken back."""
    uploaded: list[Photo] = []
    yield uploaded
    for photo in uploaded:
        if not Photo.objects.filter(digest=photo.digest).exists():
            photo.save(force_insert=True)  # its file is there already


def _uploaded(request: HttpRequest, since: datetime) -> list[Photo]:
    """What the form kept of its uploads: a browser never sends a file twice."""
    return list(Photo.objects.filter(uploaded_by=request.user.pk, uploaded_at__gte=since))
