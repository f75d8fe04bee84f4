"""The interview in words: how it begins, each question, why it is asked; and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from beffroi.declaring.choosing import Choices
from beffroi.declaring.forms import Kind
from beffroi.declaring.interviewing import NEEDED, Interview, Prompt
from beffroi.errors import BeffroiError
from beffroi.model.charter import Outcome
from beffroi.model.levels import Level
from beffroi.projects.declaration import called
from beffroi.reports._words import WORDS as REPORT_WORDS
from beffroi.showing.words import Words
from beffroi.values import dataclass
from beffroi.visible import prose, visible

if TYPE_CHECKING:
    from beffroi.model.project import Judgement
    from beffroi.model.report import Subject

MOST_REASONS = 6
HINTED = {Kind.YES_NO: "yes-no", Kind.DATE: "date", Kind.PERIOD: "period"}
"""The kinds of answers that need a word on how they are typed."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """A declaration that was written to `place`: the interview, and how the project was judged then, or why not."""

    place: str
    interview: Interview
    charter: str
    project: Subject | BeffroiError


def opening(interview: Interview, kept: str | None, lang: str) -> str:
    """How it begins, and with which answers that were `kept` in a file it goes on."""
    words = Words("interview", lang)
    lines = [words("opening", charter=prose(interview.charter.name))]
    if kept:
        lines.append(words("going-on", place=visible(kept), count=len(interview.answers)))
    return "".join(f"{each}\n" for each in lines)


def heading(prompt: Prompt, interview: Interview) -> str:
    """What belongs above the first of several questions about one thing."""
    words = Words("interview", interview.lang)
    lines = [prose(each.words[interview.lang]) for each in prompt.within]
    return "".join(f"\n{each}\n" for each in [*lines[-1:], *([words("another")] if prompt.is_another else [])])


def question(prompt: Prompt, interview: Interview, choices: Choices) -> str:
    """One question: how far one has come, what is asked, what may be chosen, how to type it, what asks for it."""
    lang = interview.lang
    words = Words("interview", lang)
    done = len(interview.answers)
    number = words("number", number=done + 1, total=done + sum(1 for _ in interview.open()))
    lines = [prose(prompt.question.words[lang])]
    lines += [f"  {at:>2}  {name}{meaning(name, each[lang])}" for at, (name, each) in enumerate(choices.items(), 1)]
    lines += [f"  {told}" for told in (hint(prompt, interview, choices), asked_by(prompt, lang)) if told]
    return f"\n({number}) " + "".join(f"{each}\n" for each in lines)


def meaning(name: str, words: str) -> str:
    """What a value that may be chosen means."""
    return "" if words == name else f" – {prose(words)}"


def hint(prompt: Prompt, interview: Interview, choices: Choices) -> str:
    """How an answer is typed."""
    form = prompt.question.form
    words = Words("interview", interview.lang)
    if choices:
        return words("choices" if form.many else "choice")
    if form.many:
        return words("texts" if form.kind is Kind.TEXT else "words")
    return words(HINTED[form.kind], today=interview.today.isoformat()) if form.kind in HINTED else ""


def asked_by(prompt: Prompt, lang: str) -> str:
    """The requirements that ask for it, with their levels."""
    told = [f"{each.id} ({REPORT_WORDS[lang][each.level]})" for each in prompt.reasons[:MOST_REASONS]]
    more = ["…"] if len(prompt.reasons) > MOST_REASONS else []
    return Words("interview", lang)("asked-by", reasons=", ".join([*told, *more])) if told else ""


def why(prompt: Prompt, lang: str) -> str:
    """Why it is asked: what the requirements say that ask for it."""
    words = Words("interview", lang)
    lines = [
        words(
            "why",
            id=each.id,
            title=prose(each.title[lang]),
            level=REPORT_WORDS[lang][each.level],
            why=prose(each.why[lang]),
        )
        for each in prompt.reasons
    ]
    return "".join(f"{each}\n" for each in lines or [words("why-nobody")])


def refused(interview: Interview) -> str:
    """That a question cannot be left open."""
    key = "needed" if interview.has(NEEDED) else "name-needed"
    return Words("interview", interview.lang)(key)


def no_way_back(interview: Interview) -> str:
    """That there is no question before."""
    return Words("interview", interview.lang)("no-way-back")


def about_kept(interview: Interview) -> str:
    """What stands above answers that are kept."""
    return Words("interview", interview.lang)("kept")


def value_in_words(value: Any, lang: str) -> str:
    """A value as it stands in brackets."""
    words = Words("interview", lang)
    if isinstance(value, bool):
        return words("yes" if value else "no")
    if isinstance(value, Mapping):
        return prose(str(value.get(lang) or next(iter(value.values()), "")))
    if isinstance(value, list):
        return ", ".join(value_in_words(each, lang) for each in value)
    return prose(str(value))


def text(written: Written, lang: str) -> str:
    """What was written, and what is left to do."""
    words = Words("interview", lang)
    place = visible(written.place)
    asked = list(written.interview.questions)
    answered = sum(written.interview.has(each.pointer) for each in asked)
    lines = [words("written", place=place, answered=answered, total=len(asked)), words("next", place=place), ""]
    return "".join(f"{each}\n" for each in (*lines, *checked(written.project, words)))


def checked(project: Subject | BeffroiError, words: Words) -> Iterator[str]:
    """How the project was judged, or why it was not."""
    if isinstance(project, BeffroiError):
        where = f"{visible(project.where)}: " if project.where else ""
        yield words("not-checked", problem=f"{where}{project.message(words.lang)}")
        yield f"  → {project.hint(words.lang)}"
        return
    yield words("check", verdict=REPORT_WORDS[words.lang][project.verdict])
    yield from left_in_words(project, words.lang) or [words("all-done")]


def left_in_words(project: Subject, lang: str) -> list[str]:
    """What is left to do, level by level; musts by their titles, the others by their ids."""
    words = Words("interview", lang)
    lines: list[str] = []
    applying = Counter(each.level for each in project.judgements if each.outcome is not Outcome.NOT_APPLICABLE)
    for level in Level:
        left = [each for each in project.judgements if each.level is level and is_left(each)]
        if left:
            name = REPORT_WORDS[lang][level]
            lines.append(words("left", level=name, total=applying[level], count=len(left)))
        if level is Level.MUST:
            lines += [f"  • {each.requirement.id} {prose(each.requirement.title[lang])}" for each in left]
        elif left:
            lines.append(f"  {', '.join(each.requirement.id for each in left)}")
    return lines


def is_left(judgement: Judgement) -> bool:
    """Whether there is something to do for a requirement."""
    return judgement.outcome.fails or judgement.outcome.is_open


def open_questions(interview: Interview) -> Iterator[str]:
    """The pointers of what was asked, or would have been, and has no answer."""
    left = (pointer for pointer, each in interview.answers.items() if each is None)
    yield from (each for each in left if not is_end(each, interview))
    yield from (each.pointer for each in interview.open())


def is_end(pointer: str, interview: Interview) -> bool:
    """Whether an answer that was left open only ended a list which has items."""
    parts = pointer.split("/")
    numbers = [index for index, part in enumerate(parts) if part.isdecimal()]
    return bool(numbers) and int(parts[numbers[-1]]) > 0 and not interview.has("/".join(parts[: numbers[-1] + 1]))


def values(written: Written) -> dict[str, Any]:
    """The same for programs."""
    interview = written.interview
    return {
        "path": written.place,
        "charter": written.charter,
        "open": [
            {
                "pointer": each,
                "key": called(each),
                "requirements": [reason.id for reason in interview.reasons(each)],
            }
            for each in open_questions(interview)
        ],
        **judged_values(written.project),
    }


def judged_values(project: Subject | BeffroiError) -> dict[str, Any]:
    """How the project was judged, for programs; nothing where it was not."""
    if isinstance(project, BeffroiError):
        return {"verdict": None, "left": [], "problem": project.kind}
    left = [each for each in project.judgements if is_left(each)]
    told = [{"id": each.requirement.id, "level": each.level, "outcome": each.outcome} for each in left]
    return {"verdict": project.verdict, "left": told}
