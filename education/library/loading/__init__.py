"""How the content pack gets into the library: files to documents, documents to rows.

Read in this order: `documents` (what a document is), `shapes` (what each kind consists of),
`files` (pack folder to documents), `rows` (tables to documents and back), `differences` (what
staff changed, in words), `load` (what happens to each object).
"""

from .documents import Kind, PackError, PackObject
from .files import PACK_FOLDER, read_pack
from .load import PackReport, Skipped, load

__all__ = [
    "PACK_FOLDER",
    "Kind",
    "PackError",
    "PackObject",
    "PackReport",
    "Skipped",
    "load",
    "read_pack",
]
