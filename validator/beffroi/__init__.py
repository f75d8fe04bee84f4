"""beffroi: define open-data standards, validate deliveries against them, check projects against a digital charter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.version import __version__

if TYPE_CHECKING:
    from beffroi.checking import check
    from beffroi.errors import BeffroiError
    from beffroi.model.levels import Level, Verdict
    from beffroi.model.report import Finding, Report, Sample, Subject

PUBLIC = {
    "check": "beffroi.checking",
    "BeffroiError": "beffroi.errors",
    "Level": "beffroi.model.levels",
    "Verdict": "beffroi.model.levels",
    "Finding": "beffroi.model.report",
    "Report": "beffroi.model.report",
    "Sample": "beffroi.model.report",
    "Subject": "beffroi.model.report",
}

__all__ = ["BeffroiError", "Finding", "Level", "Report", "Sample", "Subject", "Verdict", "__version__", "check"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import beffroi` costs nothing."""
    if name not in PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(PUBLIC[name]), name)
