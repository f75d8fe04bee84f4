"""The default charter, its profile and that of the example city: complete, in both languages, in our style."""

import re
import string
from functools import cache
from pathlib import Path

import pytest

from beffroi.catalogue import Catalogue
from beffroi.catalogue.charters import Charters
from beffroi.catalogue.definitions import form_of
from beffroi.documents import JsonSchema, read_document
from beffroi.model.charter import Method
from beffroi.model.levels import Level
from beffroi.projects.declaration import known_keys
from beffroi.projects.verifiers import known_verifiers, verifier
from beffroi.settings import LANGUAGES

ROOT = Path(__file__).parents[1]
MUNICIPAL = ROOT / "charter" / "municipal"
CITY = ROOT / "examples" / "city"
HARBOURVILLE = CITY / "charter" / "harbourville"

REQUIREMENTS = sorted([*MUNICIPAL.glob("requirements/*.yaml"), *HARBOURVILLE.glob("requirements/*.yaml")])
CHARTERS = [MUNICIPAL / "charter.yaml", *sorted(MUNICIPAL.glob("profiles/*.yaml")), HARBOURVILLE / "charter.yaml"]
NAMES = ("municipal@1.0.0", "first-steps@1.0.0", "harbourville@1.0.0")

PRINCIPLES = {
    "purpose": "PUR",
    "open-data": "OD",
    "standards": "STD",
    "raw-data": "RAW",
    "free-software": "FS",
    "interoperability": "IO",
    "sovereignty": "SO",
    "privacy-security": "PV",
    "transparency": "TR",
    "inclusion": "IN",
    "pilots-evaluation": "PI",
    "resources-scale": "RE",
    "ecosystem-events": "EC",
    "declaration": "GO",
    "harbour": "HV",
}
"""The principles in their order, and what the ids of their requirements begin with."""
FIRST_PILOT = """
    PUR-1 PUR-3 OD-1 OD-2 STD-1 STD-2 RAW-1 PV-1 PV-2 PV-3 TR-2 PI-3 PI-4 RE-1 EC-1 GO-1 GO-2 GO-5
"""
"""The musts that a first pilot with sensors in public space sees, which publishes open data and has no supplier."""
IDEA = "PUR-1 PUR-3 EC-1 GO-1 GO-2 GO-5"
SUPPLIED = "RAW-4 SO-3"
"""Those that a supplier brings on top."""
LONGEST_TITLE = 8
"""Words that a title has at most."""
OWN_KEYS = "x-"
"""What keys of a city's own begin with."""


@cache
def charter(name):
    return Charters.of(Catalogue.of(CITY)).charter(name)


@cache
def written(path):
    return read_document(path).value


def every_requirement():
    return [each for name in ("municipal@1", "harbourville@1") for each in charter(name).requirements]


def named(path):
    return path.relative_to(ROOT).as_posix()


def texts(value, where=""):
    """Every text in two languages, with its place."""
    if isinstance(value, dict) and value.keys() == set(LANGUAGES):
        yield where, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from texts(each, f"{where}/{key}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from texts(each, f"{where}/{index}")


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def parameters_in(value):
    """The parameters that a value asks for."""
    if isinstance(value, dict):
        if value.keys() == {"parameter"}:
            yield value["parameter"]
        for each in value.values():
            yield from parameters_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from parameters_in(each)


def without_code(text):
    """A text without commands and `key: value`, in which French spaces have no place."""
    return re.sub(r"`[^`]*`", "", text)


def is_known(pointer):
    """Whether a declaration may say something at a pointer; flags are a matter of the vocabulary."""
    holder, _, last = pointer.rpartition("/")
    return f"/{OWN_KEYS}" in pointer or holder == "/project/flags" or last in known_keys(holder)


def seen(name, layers, phase, flags=()):
    """The musts of a charter that such a project sees, whatever else it declares."""
    return [
        each.id
        for each in charter(name).requirements
        if each.level is Level.MUST
        and each.applies.declaration is None
        and (not each.applies.layers or set(layers) & set(each.applies.layers))
        and (not each.applies.phases or phase in each.applies.phases)
        and (not each.applies.flags or set(flags) & set(each.applies.flags))
    ]


@pytest.mark.parametrize("path", [*CHARTERS, *REQUIREMENTS], ids=named)
def test_a_file_has_the_form_of_its_kind(path):
    document = read_document(path)
    kind = "requirement" if path.parent.name == "requirements" else "charter"
    assert [each.pointer for each in JsonSchema(form_of(kind)).problems(document.value)] == []
    assert document.repeated == ()


@pytest.mark.parametrize("path", [*CHARTERS, *REQUIREMENTS], ids=named)
def test_a_text_is_in_two_languages_and_set_with_care(path):
    for where, text in texts(written(path)):
        for each in text.values():
            assert each == each.strip(), where
            assert "  " not in each, where
            assert not re.search("['“”]", without_code(each)), (where, each)
        assert placeholders(text["en"]) == placeholders(text["fr"]), where


@pytest.mark.parametrize("path", [*CHARTERS, *REQUIREMENTS], ids=named)
def test_french_is_set_as_french(path):
    for where, text in texts(written(path)):
        plain = without_code(text["fr"])
        assert not re.search(" [;:?!%»]|« ", plain), (where, plain)
        assert not re.search("[^\u00a0][;:?!%](?=\\s|$)|«[^\u00a0]|[^\u00a0]»", plain), (where, plain)
        assert "\u00a0" not in text["en"], where


@pytest.mark.parametrize("path", REQUIREMENTS, ids=named)
def test_a_title_is_a_claim_of_a_few_words(path):
    for each in written(path)["title"].values():
        assert len(each.split()) <= LONGEST_TITLE, each
        assert not each.endswith("."), each


@pytest.mark.parametrize("path", REQUIREMENTS, ids=named)
def test_a_statement_leaves_the_level_to_the_level(path):
    value = written(path)
    statement = value["statement"]
    english = re.sub("of level must|may not lie|it may do|may use", "", statement["en"])
    assert not re.search(r"\b(must|should|shall|may|has to|have to)\b", english)
    assert not re.search(r"\b(doit|doivent|devrait|devraient)\b", statement["fr"])
    for key in ("statement", "why"):
        for each in value[key].values():
            assert each.endswith("."), each
            assert each[0].isupper(), each


@pytest.mark.parametrize("path", REQUIREMENTS, ids=named)
def test_a_fix_says_what_to_do_in_the_style_of_messages(path):
    for each in written(path)["fix"].values():
        assert each[0].islower(), each
        assert not each.endswith("."), each


@pytest.mark.parametrize("path", REQUIREMENTS, ids=named)
def test_a_fix_names_keys_of_the_declaration_that_there_are(path):
    for each in written(path)["fix"].values():
        for key in re.findall(r"(?:project|datasets\[\])(?:\.[\w-]+(?:\[\])?)+", each):
            assert is_known(f"/{key}".replace("[]", "/0").replace(".", "/").removesuffix("/0")), key


@pytest.mark.parametrize("path", REQUIREMENTS, ids=named)
def test_a_source_can_be_looked_up_and_stands_once(path):
    sources = written(path)["sources"]
    assert any(each.keys() & {"ref", "path"} for each in sources) or "/examples/" in path.as_posix()
    told = [(str(each["title"]), each.get("ref")) for each in sources]
    assert len(set(told)) == len(told)


def test_ids_follow_their_principles():
    for each in every_requirement():
        assert re.fullmatch(rf"{PRINCIPLES[each.principle]}-[1-9]\d*", each.id), each.id


def test_there_are_fourteen_principles_each_with_requirements():
    ids = [each.id for each in charter("municipal@1").principles]
    assert ids == list(PRINCIPLES)[:14]
    assert {each.principle for each in charter("municipal@1").requirements} == set(ids)


def test_there_are_as_many_requirements_as_the_texts_say():
    found = charter("municipal@1").requirements
    counts = [sum(each.level is level for each in found) for level in (Level.MUST, Level.SHOULD, Level.MAY)]
    assert counts == [49, 20, 4]
    told = [
        (MUNICIPAL / "CHANGELOG.md").read_text(encoding="utf-8"),
        (ROOT / "charter/README.md").read_text(encoding="utf-8"),
    ]
    assert all(f"{len(found)} requirements" in each and "49 musts" in each for each in told)


@pytest.mark.parametrize("name", NAMES)
def test_every_charter_can_be_built(name):
    assert charter(name.partition(".")[0]).name == name


@pytest.mark.parametrize("name", NAMES)
def test_what_a_requirement_applies_to_is_in_the_vocabulary(name):
    words = charter(name).vocabulary
    for each in charter(name).requirements:
        for kind in ("layers", "phases", "flags"):
            assert set(getattr(each.applies, kind)) <= set(getattr(words, kind)), each.id


@pytest.mark.parametrize("name", NAMES)
def test_every_verifier_is_there_and_takes_its_options(name):
    for each in charter(name).requirements:
        for use in each.verify:
            assert use.check in known_verifiers(), (each.id, use.check)
            problems = JsonSchema(verifier(use.check).options).problems(use.options)
            assert [(each.id, problem) for problem in problems] == []


def test_every_verifier_is_asked_for():
    assert {use.check for each in every_requirement() for use in each.verify} == set(known_verifiers())


@pytest.mark.parametrize("name", NAMES)
def test_every_json_schema_of_a_requirement_compiles(name):
    for each in charter(name).requirements:
        for schema in (each.declare, each.applies.declaration):
            assert schema is None or JsonSchema(schema), each.id


@pytest.mark.parametrize("path", REQUIREMENTS, ids=named)
def test_what_is_to_be_declared_is_asked_for_from_the_top(path):
    """A key below one that is missing would not be missed."""
    declare = written(path).get("declare", {})
    for key in declare.get("properties", {}):
        assert key in declare.get("required", ()) or path.stem == "GO-4", key


@pytest.mark.parametrize("path", REQUIREMENTS, ids=named)
def test_what_is_to_be_declared_is_in_the_form_of_a_declaration(path):
    for pointer in declared_in(written(path).get("declare", {}), ""):
        assert is_known(pointer), pointer


def declared_in(schema, pointer):
    """The pointers of all keys that a JSON Schema speaks of."""
    yield from (f"{pointer}/{key}" for key in schema.get("required", ()))
    for key, each in schema.get("properties", {}).items():
        yield f"{pointer}/{key}"
        yield from declared_in(each, f"{pointer}/{key}")
    for key in schema.keys() & {"if", "then", "else"}:
        yield from declared_in(schema[key], pointer)
    if "items" in schema:
        yield from declared_in(schema["items"], f"{pointer}/0")


def test_every_requirement_can_be_known_by_a_method_that_it_accepts():
    """Without a verifier it can be declared or attested; nothing is asked of evidence that is not taken."""
    for each in every_requirement():
        assert each.verify or Method.DECLARED in each.accepts, each.id
        attested = Method.ATTESTED in each.accepts
        assert bool(each.evidence.kinds) == attested, each.id
        if each.verify and Method.CONSISTENT in each.accepts:
            assert Method.VERIFIED in each.accepts or each.principle == "purpose", each.id


def test_few_requirements_accept_nothing_but_what_was_looked_at():
    found = [each.id for each in charter("municipal@1").requirements if each.accepts == (Method.VERIFIED,)]
    assert found == ["STD-2", "STD-3", "FS-2", "IO-3", "TR-2"]


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_a_value_of_its_form(name):
    for each in charter(name).parameters.values():
        assert each.schema, each.id
        assert [(each.id, problem) for problem in JsonSchema(each.schema).problems(each.value)] == []


def test_every_parameter_is_used():
    used = set()
    for path in REQUIREMENTS:
        value = written(path)
        used |= set(parameters_in(value))
        used |= {name for _, text in texts(value) for name in placeholders(text["en"])}
    assert used == set(charter("harbourville@1").parameters)


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_in_a_text_is_filled_in(name):
    for each in charter(name).requirements:
        for text in (each.title, each.statement, each.why, each.fix):
            assert not any(placeholders(text[lang]) for lang in LANGUAGES), each.id


def test_a_first_sensor_pilot_sees_few_musts():
    assert seen("municipal@1", ["sensors"], "pilot", ["publicSpace", "openData"]) == FIRST_PILOT.split()


def test_a_supplier_brings_two_more():
    flags = ["publicSpace", "openData", "supplier"]
    found = set(seen("municipal@1", ["sensors"], "pilot", flags))
    assert found - set(FIRST_PILOT.split()) == set(SUPPLIED.split())


def test_an_idea_sees_six_musts():
    assert seen("municipal@1", ["application"], "idea", charter("municipal@1").vocabulary.flags) == IDEA.split()


def test_scale_up_brings_more_than_the_pilot():
    words = charter("municipal@1").vocabulary
    for layer in set(words.layers) - {"event"}:
        pilot, scaling = (seen("municipal@1", [layer], phase, words.flags) for phase in ("pilot", "scaling"))
        assert len(scaling) > 1.5 * len(pilot), layer


def test_the_table_of_the_readme_counts_as_the_charter_does():
    words = charter("municipal@1").vocabulary
    page = (ROOT / "charter" / "README.md").read_text(encoding="utf-8")
    for layer in words.layers:
        pairs = [
            [len(seen("municipal@1", [layer], phase, flags)) for flags in ((), tuple(words.flags))]
            for phase in words.phases
        ]
        cells = [str(few) if few == many else f"{few}–{many}" for few, many in pairs]
        assert f"| {layer} | {' | '.join(cells)} |" in page


def test_first_steps_asks_less_and_says_why():
    found = charter("first-steps@1")
    whole = charter("municipal@1")
    lowered = {each.id: each for each in found.requirements if each.level != whole.requirement(each.id).level}
    assert all(each.level is Level.SHOULD and set(each.reason) == set(LANGUAGES) for each in lowered.values())
    assert set(found.excluded) == {"PI-1", "PI-2", "FS-2", "IO-4", "EC-2"}
    assert len(seen("first-steps@1", ["sensors"], "pilot", ["publicSpace", "openData"])) == 16


def test_first_steps_never_lowers_what_the_law_asks():
    """Privacy, accessibility, algorithms, licences of open data, and the contract."""
    for name in ("OD-2", "OD-8", "PV-1", "PV-2", "PV-3", "IN-1", "TR-1", "RAW-4", "SO-2", "SO-3"):
        assert charter("first-steps@1").requirement(name).level is Level.MUST, name


def test_the_example_city_sets_adds_raises_lowers_and_leaves_out():
    found = charter("harbourville@1")
    assert found.value("objectives") == ["clean-harbour", "open-town-hall", "safe-quays", "everyone-on-board"]
    assert "clean-harbour" in found.requirement("PUR-1").statement["en"]
    assert [each.id for each in found.requirements if each.applies.layers == ("quays",)] == ["HV-1"]
    levels = {name: found.requirement(name).level for name in ("OD-3", "IN-2", "EC-3", "TR-3")}
    assert levels == {"OD-3": Level.MUST, "IN-2": Level.MUST, "EC-3": Level.MUST, "TR-3": Level.MAY}
    assert set(found.excluded) == {"PUR-2"}
    assert found.principles[-1].id == "harbour"
