"""What fields and cells may look like, for the property tests."""

import json

from hypothesis import strategies as st

from beffroi.model.standard import Field

YEARS = st.sampled_from(["0000", "0001", "1900", "1999", "2000", "2023", "2024", "9999", "10000", "-0044"])
DATES = st.dates().map(str) | st.builds(
    lambda year, month, day: f"{year}-{month:02}-{day:02}", YEARS, st.integers(0, 13), st.integers(0, 32)
)
CLOCKS = st.times().map(lambda each: each.isoformat()) | st.sampled_from(
    ["00:00:00", "24:00:00", "23:59:60", "12:30", "12:30:45.123456789"]
)
ZONES = st.sampled_from(["", "", "Z", "+02:00", "-05:30", "+14:00", "+15:00"])
DECIMALS = st.decimals(allow_nan=True, allow_infinity=True).map(str) | st.integers(-(10**20), 10**20).map(str)
NUMBERS = DECIMALS | st.sampled_from(
    ["0", "-0", "007", "+5", "1.0", "1.50", ".5", "5.", "1e5", "1E-400", "NaN", "nan", "INF", "-INF", "1,5", "1 234"]
    + ["1.234", "1.234,5", "1 234,50", "12 %", "€95", "EUR 1.50", "1_000", "٣", "１２", "9" * 30, "1" + "0" * 500]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
SHAPES = ["Point", "LineString", "Polygon", "Feature", "FeatureCollection", "GeometryCollection", "Topology", "X"]
LIKE_GEOJSON = st.builds(
    lambda kind, key, value: {"type": kind, key: value},
    st.sampled_from(SHAPES),
    st.sampled_from(["coordinates", "geometries", "features", "geometry", "objects"]),
    JSON | st.lists(st.lists(st.floats(-200, 200), min_size=1, max_size=3), max_size=5),
)


def dumped(value):
    return json.dumps(value)


VALID = {
    "any": st.text(max_size=8),
    "string": st.text(max_size=8)
    | st.sampled_from(["a@b.fr", "a b@c", "http://a.fr/é", "mailto:x", "YWJj", "75001", "1000"])
    | st.uuids().map(str),
    "integer": NUMBERS,
    "number": NUMBERS,
    "boolean": st.sampled_from(["true", "True", "TRUE", "1", "false", "False", "FALSE", "0", "oui", "non", "Oui"]),
    "date": DATES | DATES.map(lambda each: each.replace("-", "/")) | st.sampled_from(["31/01/2024", "may 2024", "may"]),
    "time": st.builds(str.__add__, CLOCKS, ZONES),
    "datetime": st.builds(lambda day, clock, zone: f"{day}T{clock}{zone}", DATES, CLOCKS, ZONES)
    | st.sampled_from(["2024-01-31 10:00:00", "31/01/2024 10:00", "0001-01-01T00:00:00+01:00"]),
    "year": YEARS | st.builds(str.__add__, YEARS, ZONES),
    "yearmonth": st.builds(lambda year, month: f"{year}-{month:02}", YEARS, st.integers(0, 13)),
    "duration": st.sampled_from(["P1Y", "P12M", "P30D", "P1M", "PT15M", "PT0.5S", "-P1D", "P", "P1YT", "P1W", "PT24H"]),
    "geopoint": st.builds(lambda lon, lat: f"{lon}, {lat}", st.floats(-200, 200), st.floats(-100, 100))
    | JSON.map(dumped)
    | st.sampled_from(["[2.35, 48.85]", '{"lon": 2.35, "lat": 48.85}', '["2.35", "48.85"]', "2.35 48.85"]),
    "geojson": LIKE_GEOJSON.map(dumped) | JSON.map(dumped),
    "object": JSON.map(dumped),
    "array": JSON.map(dumped),
    "list": st.lists(NUMBERS | DATES | st.text(max_size=3), max_size=4).map(",".join),
}
FORMATS = {
    "string": ["default", "email", "uri", "binary", "uuid"],
    "date": ["default", "any", "%d/%m/%Y", "%Y%m%d", "%Y-%m", "DD/MM/YYYY"],
    "time": ["default", "any", "%H:%M", "%H%M%S"],
    "datetime": ["default", "any", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S%z", "%Y%m%dT%H%M%S"],
    "geopoint": ["default", "array", "object"],
    "geojson": ["default", "topojson"],
}
OPTIONS = {
    "integer": st.fixed_dictionaries(
        {}, optional={"groupChar": st.sampled_from([" ", ",", ".", "1", "-"]), "bareNumber": st.booleans()}
    ),
    "number": st.fixed_dictionaries(
        {},
        optional={
            "groupChar": st.sampled_from([" ", ",", "."]),
            "decimalChar": st.sampled_from([",", ".", "::"]),
            "bareNumber": st.booleans(),
        },
    ),
    "boolean": st.fixed_dictionaries(
        {},
        optional={"trueValues": st.just(["oui", " x", True]), "falseValues": st.just(["non", ""])},
    ),
    "list": st.fixed_dictionaries(
        {}, optional={"delimiter": st.sampled_from([";", ", "]), "itemType": st.sampled_from(["integer", "date", "x"])}
    ),
}
SOME_PATTERNS = [
    r"\d{5}",
    r"^[0-9]+$",
    "a|b",
    r"[A-Z]{2}\d*",
    "[1-3]+",
    r".*",
    r"\p{L}+",
    "(",
    r"(?i)[a-z]+",
    r"\w*\s?",
]
NEAR_VALID = st.sampled_from(["", " ", "\u00a0", "\u200b", "é", "x", "0", "-", ".", ",", "\n", "T", "00"])
GARBAGE = st.text(max_size=6) | st.sampled_from(["", " ", "NA", "n/a", "-", "\ufeff", "null", "a\x00b"])


@st.composite
def fields(draw, kind):
    texts = VALID[kind]
    bounds = texts | st.integers(-5, 3000)
    values = {
        "enum": st.lists(texts | st.integers(), max_size=4),
        "minLength": st.integers(0, 5),
        "maxLength": st.integers(0, 8),
        "pattern": st.sampled_from(SOME_PATTERNS),
        "jsonSchema": st.sampled_from([{"type": "object"}, {"minItems": 1}, {"type": "banana"}]),
    }
    bound_names = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
    values.update(dict.fromkeys(bound_names, bounds))
    options = draw(OPTIONS.get(kind, st.just({})))
    if draw(st.integers(0, 4)) == 0:
        options = {**options, "categories": draw(st.lists(texts, min_size=1, max_size=3))}
    chosen = draw(st.lists(st.sampled_from(sorted(values)), max_size=2, unique=True))
    return Field(
        name="f",
        type=kind,
        format=draw(st.sampled_from(FORMATS.get(kind, ["default"]))),
        constraints={name: draw(values[name]) for name in chosen},
        options=options,
        missing_values=draw(st.sampled_from([None, (), ("",), ("", "NA"), ("-", "0")])),
    )


def cells(kind, field):
    """Texts for a field: valid ones, nearly valid ones, garbage; null where a cell is absent."""
    listed = [each for each in (field.constraints.get("enum") or []) if isinstance(each, str)]
    valid = VALID[kind] | (st.sampled_from(listed) if listed else st.nothing())
    mutated = st.builds(lambda text, more, at: text[:at] + more + text[at:], valid, NEAR_VALID, st.integers(0, 12))
    return st.one_of(valid, mutated, GARBAGE, st.none()).map(storable)


def storable(text):
    return None if text is None else text.encode("utf-8", "replace").decode()
