"""What an empty answer stands for, where one is likely."""

from __future__ import annotations

from typing import Any

from beffroi.declaring.interviewing import Interview, Prompt
from beffroi.standards.drafting import slug


def suggested(prompt: Prompt, interview: Interview) -> Any:
    """The likely answer to a question; `None` where there is none."""
    kind = prompt.question.written.get("suggest")
    if kind == "today":
        return interview.today.isoformat()
    if kind == "identifier":
        return slug(interview.declaration.text("/project/name", interview.lang)) or None
    return interview.declaration.flag(kind) if kind else None
