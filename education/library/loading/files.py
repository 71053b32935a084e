"""The pack folder, read strictly: a misspelt field is an error, never a field that is left out.

Texts are ``text.en`` and ``text.es``; docs/content-pack.md describes every file.
"""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import NOT_PROVIDED, Model
from django.db.models.fields import BooleanField, IntegerField

from education.library.fields import ChoiceListField
from education.library.models import CareLevel, DosageSpec

from .documents import LANGUAGES, Document, Kind, PackError, PackObject, plain_text
from .shapes import SHAPES, Part, Shape

PACK_FOLDER = Path(__file__).resolve().parent.parent / "pack"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Table:
    """A table of a TOML file. Every field is taken once; what is left over is an error."""

    def __init__(self, fields: dict[str, Any], *, file: str, place: str = "") -> None:
        self.fields = dict(fields)
        self.file = file
        self.place = place

    def wrong(self, field: str, message: str) -> PackError:
        place = f"{self.place}: {field}" if self.place else field
        return PackError(self.file, place, message)

    def take(self, name: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """The value of a field. PackError when it is of another type than ``kind``."""
        value = self.fields.pop(name, default)
        if value is default:
            return default
        mistaken_flag = isinstance(value, bool) and kind is not bool
        if mistaken_flag or not isinstance(value, kind):
            raise self.wrong(name, f"{value!r} is not what belongs here.")
        return value

    def words(self, name: str) -> dict[str, str]:
        """A text in both languages, "" where there is none."""
        texts = Table(
            self.take(name, dict, {}), file=self.file, place=f"{self.place}: {name}".lstrip(": ")
        )
        both = {language: plain_text(texts.take(language, str, "")) for language in LANGUAGES}
        texts.close()
        return both

    def tables(self, name: str, noun: str) -> list["Table"]:
        """A list of tables, each named by its number in messages."""
        found = self.take(name, list, [])
        for item in found:
            if not isinstance(item, dict):
                raise self.wrong(name, f"Write each one as [[{name}]].")
        at = f"{self.place}: " if self.place else ""
        return [
            Table(item, file=self.file, place=f"{at}{noun} {number}")
            for number, item in enumerate(found, start=1)
        ]

    def key(self) -> str:
        """The object's key, which no object can do without; from now on it names the place."""
        key = self.take("key", str, "")
        if not key:
            raise self.wrong("key", "Give it a key.")
        return key

    def close(self) -> None:
        """PackError naming the first field that nobody asked for."""
        if self.fields:
            raise self.wrong(next(iter(self.fields)), "There is no such field.")


def read_pack(folder: Path) -> list[PackObject]:
    """Every object of the pack, in the order of loading.

    Raises PackError with file, key and field: for broken TOML, an unknown field, a value of the
    wrong type, a key given twice.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise PackError(str(folder), "", "There is no such folder.")
    objects = [
        *_red_flags(folder),
        *_shared_stop_ifs(folder),
        *_families(folder),
        *_exercises(folder),
        *_articles(folder),
        *_keyed_tables(folder, "glossary.toml", Kind.TERM, "terms", "term"),
        *_keyed_tables(folder, "synonyms.toml", Kind.SYNONYM, "synonyms", "synonym"),
    ]
    seen: dict[str, str] = {}
    for item in objects:
        if item.name in seen:
            raise item.wrong("key", f"It is given twice, first in {seen[item.name]}.")
        seen[item.name] = item.file
    if not objects:
        raise PackError(str(folder), "", "There is no content here.")
    order = list(Kind)
    return sorted(objects, key=lambda item: order.index(item.kind))


def opened(folder: Path, path: Path, place: str = "") -> Table:
    """The outermost table of a file; an empty one when there is no such file."""
    file = path.relative_to(folder).as_posix()
    if not path.exists():
        return Table({}, file=file, place=place)
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), file=file, place=place)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(file, place, str(error)) from error


def _red_flags(folder: Path) -> list[PackObject]:
    top = opened(folder, folder / "red_flags.toml")
    found = []
    for order, level in enumerate(CareLevel.Level.values, start=1):
        if level not in top.fields:
            continue
        table = Table(top.take(level, dict), file=top.file, place=f"care-level {level}")
        signs = table.tables("signs", "sign")
        document = {**_columns(table, Kind.CARE_LEVEL, order=order)}
        table.close()
        found.append(PackObject(Kind.CARE_LEVEL, level, top.file, document))
        for number, sign in enumerate(signs, start=1):
            key = sign.key()
            document = _columns(sign, Kind.RED_FLAG, order=number, care_level=level)
            sign.close()
            found.append(PackObject(Kind.RED_FLAG, key, top.file, document))
    top.close()
    return found


def _shared_stop_ifs(folder: Path) -> list[PackObject]:
    top = opened(folder, folder / "stop_ifs.toml")
    if not top.fields:
        return []
    document = _parts(top, Kind.STOP_IFS)
    top.close()
    return [PackObject(Kind.STOP_IFS, "shared", top.file, document)]


def _families(folder: Path) -> list[PackObject]:
    top = opened(folder, folder / "families.toml")
    found = []
    for order, table in enumerate(top.tables("families", "family"), start=1):
        key = table.key()
        document = _columns(table, Kind.FAMILY, order=order)
        table.close()
        found.append(PackObject(Kind.FAMILY, key, top.file, document))
    top.close()
    return found


def _keyed_tables(folder: Path, file: str, kind: Kind, name: str, noun: str) -> list[PackObject]:
    """Objects that stand one below the other in one file."""
    top = opened(folder, folder / file)
    found = []
    for table in top.tables(name, noun):
        key = table.key()
        found.append(PackObject(kind, key, top.file, _columns(table, kind)))
        table.close()
    top.close()
    return found


def _exercises(folder: Path) -> list[PackObject]:
    found = []
    for path in sorted((folder / "exercises").glob("*.toml")):
        table = opened(folder, path, f"exercise {path.stem}")
        document = {
            **_columns(table, Kind.EXERCISE),
            **_parts(table, Kind.EXERCISE),
            "dosage": dosage_of(table),
        }
        table.close()
        found.append(PackObject(Kind.EXERCISE, path.stem, table.file, document))
    return found


def _articles(folder: Path) -> list[PackObject]:
    """Articles: a TOML file each, and a folder of the same name with ``<section>.en.md``."""
    found = []
    for path in sorted((folder / "articles").glob("*.toml")):
        table = opened(folder, path, f"article {path.stem}")
        for number, section in enumerate(table.fields.get("sections", []), start=1):
            if isinstance(section, dict) and "body" not in section:
                section["body"] = _bodies(folder, path, str(section.get("key", number)))
        document = {
            **_columns(table, Kind.ARTICLE),
            **_parts(table, Kind.ARTICLE),
            **{name: sorted(table.take(name, list, [])) for name in SHAPES[Kind.ARTICLE].lists},
        }
        table.close()
        found.append(PackObject(Kind.ARTICLE, path.stem, table.file, document))
    return found


def _bodies(folder: Path, article: Path, section: str) -> dict[str, str]:
    """The text of a section by language, from its Markdown files."""
    bodies = {}
    for language in LANGUAGES:
        path = article.with_suffix("") / f"{section}.{language}.md"
        if not path.exists():
            continue
        try:
            bodies[language] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise PackError(path.relative_to(folder).as_posix(), "", str(error)) from error
    return bodies


def _columns(table: Table, kind: Kind, **given: Any) -> Document:
    """The object's own columns; ``given`` are those its place in the file decides."""
    return _row(table, SHAPES[kind], given)


def _row(table: Table, shape: Shape, given: dict[str, Any]) -> Document:
    document: Document = {name: table.words(name) for name in shape.words}
    for name in shape.plain:
        document[name] = given.get(name) if name in given else _plain(table, shape.model, name)
    for name in shape.references:
        key = given.get(name) or table.take(name, str)
        if key or not shape.references[name].rare:
            document[name] = key
    return document


def _parts(table: Table, kind: Kind) -> Document:
    """The rows that belong to the object, part by part."""
    return {part.name: _part(table, part) for part in SHAPES[kind].parts}


def _part(table: Table, part: Part) -> list[Document]:
    rows = []
    for item in table.tables(part.name, part.noun):
        rows.append(_row(item, part, {}))
        item.close()
    return rows


def _plain(table: Table, model: type[Model], name: str) -> Any:
    """A value of the type its column has; the column's default when it is not given."""
    column: Any = model._meta.get_field(name)
    default = None if column.default is NOT_PROVIDED else column.get_default()
    if isinstance(column, ChoiceListField):
        return _in_order(column, table.take(name, list, default))
    if isinstance(column, BooleanField):
        return table.take(name, bool, default)
    if isinstance(column, IntegerField):
        return table.take(name, int, default)
    return plain_text(table.take(name, str, default))


def _in_order(column: ChoiceListField, values: list[Any] | None) -> list[Any] | None:
    """A list as the column keeps it; unknown values stay, for the column to refuse them."""
    if values is None or column.choices_class is None:
        return values
    known = column.choices_class.values
    return [c for c in known if c in values] + [value for value in values if value not in known]


def dosage_of(table: Table) -> Document:
    """The table ``[dosage]`` with every field filled, as DosageSpec.as_dict() gives it."""
    fields = Table(table.take("dosage", dict, {}), file=table.file, place=f"{table.place}: dosage")
    given: dict[str, Any] = {}
    for name, default in DosageSpec().as_dict().items():
        if name == "load":
            load = fields.take(name, (int, float))
            given[name] = None if load is None else format(Decimal(str(load)).normalize(), "f")
        elif name == "weekdays":
            given[name] = _weekdays(fields, default)
        else:
            kind = str if isinstance(default, str) else int
            given[name] = fields.take(name, kind, default)
    fields.close()
    return given


def _weekdays(fields: Table, default: int) -> int:
    """A list of English day names as a bit per weekday; every day when there is none."""
    names = fields.take("weekdays", list)
    if names is None:
        return default
    for name in names:
        if name not in WEEKDAYS:
            raise fields.wrong("weekdays", f"{name!r} is not a day.")
    return sum(1 << WEEKDAYS.index(name) for name in set(names))
