from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "education.library"
    label = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from auditlog.registry import auditlog
        from modeltranslation.translator import translator

        from . import models, panels

        site: Any = admin.site  # a ClinicAdminSite, which the rooms do not import
        site.panels += [panels.waiting_for_review, panels.reviews_overdue]
        joined: dict[type[Model], set[str]] = {models.Article: {"families"}}
        for model in (
            models.Exercise,
            models.ExerciseFamily,
            models.ExerciseStep,
            models.StopIf,
            models.LadderLink,
            models.Article,
            models.ArticleSection,
            models.KeyPoint,
            models.CareLevel,
            models.RedFlag,
            models.GlossaryTerm,
            models.SearchSynonym,
        ):
            # "title" reads title_en or title_es: the log names the column that changed, once.
            translated = list(translator.get_options_for_model(model).all_fields)
            # A proposal has entries of its own; naming it here would ask for it at every save.
            auditlog.register(
                model,
                exclude_fields=[*translated, "proposal"],
                m2m_fields=joined.get(model, set()),
            )
        auditlog.register(models.Photo)
        auditlog.register(models.OverruledFinding)
        auditlog.register(models.ContentProposal)
