"""The README.md and CHANGELOG.md of a repository of schema.data.gouv.fr, in French."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beffroi.model.standard import Field, ResourceRules
from beffroi.standards.exporting._about import accepted, sources
from beffroi.standards.exporting._export import Order, Remark, in_language, schema_of


def readme(order: Order, tables: Sequence[ResourceRules], lost: Sequence[Remark]) -> str:
    """What the schema is for, its columns, what Validata does not check."""
    words = order.words
    parts = [
        f"# {order.title}",
        order.told(order.standard.descriptor.get("description")),
        words("readme-version", version=order.standard.version or "…", name=order.standard.name),
        *(part for rules in tables for part in table(order, rules)),
        *section(words("readme-lost"), [each.line(order.lang) for each in lost]),
        *section(words("readme-sources"), [source(each) for each in sources(order)]),
        *section(words("readme-licences"), accepted(order)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def section(title: str, items: Sequence[str]) -> Iterator[str]:
    """A title and a list; nothing where the list is empty."""
    if items:
        yield f"## {title}"
        yield "\n".join(f"- {' '.join(each.split())}" for each in items)


def source(given: dict[str, str]) -> str:
    """A source, with the place where it is to be found."""
    title, path = given.get("title", ""), given.get("path", "")
    return f"[{title or path}]({path})" if path else title


def table(order: Order, rules: ResourceRules) -> Iterator[str]:
    """The columns of one table, as a table of Markdown."""
    yield f"## {order.title_of(rules)}" if order.is_package else f"## {order.words('readme-columns')}"
    heads = [order.words(f"readme-{each}") for each in ("name", "title", "type", "required", "description", "values")]
    rows = [row(order, each) for each in schema_of(rules).fields]
    yield "\n".join([cells(heads), cells(["---"] * len(heads)), *map(cells, rows)])


def row(order: Order, field: Field) -> list[str]:
    """One column."""
    needed = order.words("readme-yes" if field.required else "readme-no")
    described = [order.told(each) for each in (field.title, field.description)]
    return [f"`{field.name}`", described[0], f"`{field.type}`", needed, described[1], ", ".join(values(order, field))]


def values(order: Order, field: Field) -> Iterator[str]:
    """The values that are listed, each with its label."""
    given = field.constraints.get("enum") or field.options.get("categories")
    for each in given if isinstance(given, list) else ():
        label = in_language(each.get("label"), order.lang) if isinstance(each, dict) else ""
        value = each.get("value") if isinstance(each, dict) else each
        yield f"`{value}` ({label})" if label else f"`{value}`"


def cells(texts: Sequence[str]) -> str:
    """A row of a table of Markdown."""
    return "| " + " | ".join(" ".join(each.replace("|", "\\|").split()) for each in texts) + " |"


def changelog(order: Order) -> str:
    """The changelog of the standard's folder, or else one that only says which version this is."""
    folder = order.standard.folder
    file = folder / "CHANGELOG.md" if folder else None
    if file and file.is_file():
        return file.read_text(encoding="utf-8", errors="replace")
    return order.words("changelog", title=order.title, version=order.standard.version or "…")
