"""Documents that projects hand in: their paragraphs and headings, whoever wrote them."""

import io
import time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.model.faults import Fault
from beffroi.projects.folding import folded, says
from beffroi.projects.office import XML_BYTES, paragraphs_of
from beffroi.projects.papers import READERS, Paper, Paragraph

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT = {"odt": "content.xml", "docx": "word/document.xml"}


def headings(kind, text):
    """The headings that a reader finds, each with its level."""
    return [(each.level, each.text) for each in READERS[kind](text) if each.level and each.text]


def office(folder, kind, xml):
    """An office document with that content."""
    file = folder / f"plan.{kind}"
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(CONTENT[kind], xml)
    return file


def document(body, before=""):
    """The content of a Word document."""
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# A\n## B ##\n#C\n####### D\n   # E\n    # F\n", [(1, "A"), (2, "B"), (1, "E")]),
        ("A\n=\n\nB\n---\n\n---\n", [(1, "A"), (2, "B")]),
        ("````\n# A\n```\n# B\n````\n# C\n", [(1, "C")]),
        ("~~~\n# A\n```\n~~~\n# B", [(1, "B")]),
        ("<!--\n# A\n-->\n# B\n", [(1, "B")]),
        ("# A\n<!-- never ends\n# B\n", [(1, "A")]),
    ],
)
def test_headings_of_markdown(text, found):
    assert headings("markdown", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<h1>A <b>b</b><br>c</h1><H3 id=x>D</H3 >", [(1, "A b c"), (3, "D")]),
        ("<h2><div>A</div></h2><p>b</p>", [(2, "A")]),
        ("<script>'<h1>A</h1>'</script><!-- <h1>B</h1> --><h1>C</h1>", [(1, "C")]),
        ("<h1>Caf&eacute; &amp; Co</h1><h2", [(1, "Café & Co")]),
    ],
)
def test_headings_of_pages(text, found):
    assert headings("html", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "EXIT PLAN\n\n1. Data\nIt comes back.\n\n1.2 Formats\nCSV.\n",
            [(1, "EXIT PLAN"), (1, "1. Data"), (2, "1.2 Formats")],
        ),
        (
            "Costs:\nnone\n\nStaff\n=====\n\nThis is a sentence that stands alone.\n\n- one\n",
            [(1, "Costs:"), (1, "Staff")],
        ),
        ("= Title\n\n== Data\ntext\n", [(1, "= Title"), (2, "== Data")]),
    ],
)
def test_headings_of_plain_text(text, found):
    assert headings("text", text) == found


def test_a_heading_is_found_by_any_synonym_and_by_the_fullest():
    paragraphs = [Paragraph(text="Données", level=1), Paragraph(text="2. Récupération des DONNÉES", level=2)]
    paper = Paper(
        format="text", paragraphs=(*paragraphs, Paragraph(text="Tout revient."), Paragraph(text="x", level=2))
    )
    assert paper.below(["data", "donnees"]) == 2
    assert paper.below(["data"]) is None
    assert paper.below(["x"]) == 0
    assert paper.below(["donnée"]) is None


def test_words_are_compared_without_accents_capitals_and_punctuation():
    assert folded("  L’Œuvre : RÉVERSIBILITÉ & coûts_ ") == "l oeuvre reversibilite couts"
    assert says("plan de sortie", "de sortie")
    assert not says("plan de sorties", "de sortie")
    assert not says("plan", "")


@pytest.mark.parametrize(
    "xml",
    [
        document("<w:p/>", before='<!DOCTYPE a [<!ENTITY a "b">]>'),
        document("<w:p>" * 300 + "</w:p>" * 300),
        document("<w:p>"),
        "no XML",
        "",
    ],
)
@pytest.mark.parametrize("kind", ["odt", "docx"])
def test_xml_as_no_office_program_writes_it_is_refused(tmp_path, kind, xml):
    assert paragraphs_of(office(tmp_path, kind, xml), kind).rule == "damaged-document"


@pytest.mark.parametrize("kind", ["odt", "docx"])
def test_a_document_that_expands_without_measure_is_refused(tmp_path, kind):
    found = paragraphs_of(office(tmp_path, kind, document("a" * XML_BYTES)), kind)
    assert found.rule == "too-large"


def test_a_word_document_without_styles_has_paragraphs(tmp_path):
    body = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>A</w:t><w:tab/><w:t>b</w:t></w:r></w:p>'
    assert paragraphs_of(office(tmp_path, "docx", document(body)), "docx") == (Paragraph(text="A b", level=2),)


def test_a_document_of_a_library_is_read(tmp_path):
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P, Span

    written = OpenDocumentText()
    written.text.addElement(H(outlinelevel=2, text="Récupération"))
    paragraph = P(text="Tout ")
    paragraph.addElement(Span(text="revient."))
    written.text.addElement(paragraph)
    written.save(tmp_path / "plan.odt")
    found = paragraphs_of(tmp_path / "plan.odt", "odt")
    assert found == (Paragraph(text="Récupération", level=2), Paragraph(text="Tout revient."))


@given(st.binary(max_size=400), st.sampled_from(["odt", "docx"]), st.booleans())
def test_whatever_an_office_document_holds_nothing_is_raised(tmp_path_factory, content, kind, zipped):
    memory = io.BytesIO()
    with ZipFile(memory, "w") as archive:
        archive.writestr(CONTENT[kind], content)
    file = tmp_path_factory.mktemp("office") / f"plan.{kind}"
    file.write_bytes(memory.getvalue() if zipped else content)
    assert isinstance(paragraphs_of(file, kind), Fault | tuple)


@given(st.text(alphabet="#=-~`<>/!h1 ab.:\n\r", max_size=200), st.sampled_from(sorted(READERS)))
def test_whatever_a_text_says_it_has_words_and_headings(text, kind):
    paper = Paper(format=kind, paragraphs=tuple(READERS[kind](text)))
    assert paper.words >= 0
    assert all(0 <= each.level <= 6 for each in paper.paragraphs)


@pytest.mark.parametrize(
    "piece", ["<!--", "<a", "<a x='", "</", "<h1>", "&", "# ", "```\n", "a\n=\n", "- a\n", "\r", "1.1."]
)
@pytest.mark.parametrize("kind", sorted(READERS))
def test_reading_takes_no_longer_than_a_text_is_long(kind, piece):
    def once(size):
        begun = time.process_time()
        for _ in READERS[kind](piece * (size // len(piece))):
            pass
        return time.process_time() - begun

    def seconds(size):
        return min(once(size) for _ in range(3))

    assert seconds(1 << 17) < 16 * seconds(1 << 14) + 0.5
