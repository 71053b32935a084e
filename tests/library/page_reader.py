"""A drawn page as a person reads it: its blocks of text, headings, pictures and lists, in order."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements that begin a block of their own; other elements are part of the line they stand in.
BLOCKS = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "figcaption", "summary", "td", "th"}
    | {"button", "main", "div", "section", "label", "legend"}
)
UNREAD = frozenset({"script", "style", "svg", "nav", "aside", "form"})
#: Not there without scripts: a film, whose pictures are all on the page, or a button.
UNREAD_WITH = frozenset({"hidden", "data-film"})
VOID = frozenset({"img", "br", "input", "hr", "meta", "link"})
HEADING = re.compile(r"h[1-6]")


@dataclass
class Block:
    """A paragraph, a heading, a line of a list. ``numbered``: it stands in an ordered list."""

    tag: str
    text: str
    numbered: bool = False


@dataclass
class Image:
    """A picture; ``words``: all the text of the figure or list item it stands in."""

    alt: str
    words: str = ""


@dataclass
class Part:
    """A heading with the blocks up to the next one."""

    level: int
    title: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class _Open:
    """An element that has not ended. What stands in ``meaning`` elements is a block of its own."""

    tag: str
    is_block: bool
    unread: bool
    text: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


class PageReader(HTMLParser):
    """Reads the main part of a page, without what leads away from it: navigation and side column.

    The meaning of a glossary word, shown at a touch, is a block of its own after the one it is in.
    """

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.explained: list[str] = []
        self.links: list[str] = []
        self._open: list[_Open] = []
        main = body[body.index("<main") : body.index("</main>") + len("</main>")]
        self.feed(main)
        self.close()

    # ------------------------------------------------------------------ what was read

    @property
    def text(self) -> str:
        """Every block on a line of its own, and the words instead of pictures."""
        alts = [image.alt for image in self.images if image.alt]
        return "\n".join([*(block.text for block in self.blocks), *alts])

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [(int(b.tag[1]), b.text) for b in self.blocks if HEADING.fullmatch(b.tag)]

    @property
    def parts(self) -> list[Part]:
        """The page cut at its headings."""
        found: list[Part] = []
        for block in self.blocks:
            if HEADING.fullmatch(block.tag):
                found.append(Part(int(block.tag[1]), block.text))
            elif found:
                found[-1].blocks.append(block)
        return found

    # ------------------------------------------------------------------ how it is read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        inside = bool(self._open and self._open[-1].unread)
        unread = inside or tag in UNREAD or not UNREAD_WITH.isdisjoint(given)
        if tag == "img" and not unread:
            self._see(Image(given.get("alt") or ""))
        if tag == "a" and not unread:
            self.links.append(given.get("href") or "")
        if tag in VOID:
            return
        is_term = "pm-term" in (given.get("class") or "").split()
        is_block = (tag in BLOCKS and not is_term) or "popover" in given
        self._open.append(_Open("button" if is_term else tag, is_block, unread))
        if "popover" in given:
            self._open[-1].tag = "meaning"

    def _see(self, image: Image) -> None:
        self.images.append(image)
        holder = next((o for o in reversed(self._open) if o.tag in ("li", "figure")), None)
        if holder:
            holder.images.append(image)

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1].unread:
            return
        block = next((o for o in reversed(self._open) if o.is_block), None)
        if block:
            block.text.append(data)
        for open_element in self._open:  # for the words beside a picture
            for image in open_element.images:
                image.words += data

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            ended = self._open.pop()
            self._keep(ended)
            if ended.tag == tag or ended.tag in ("meaning", "button"):
                return

    def _keep(self, ended: _Open) -> None:
        text = " ".join("".join(ended.text).split())
        if ended.unread or not ended.is_block or not text:
            return
        if ended.tag == "meaning":
            self.explained.append(text.partition(":")[0].casefold())
        numbered = any(o.tag == "ol" for o in self._open)
        self.blocks.append(Block(ended.tag, text, numbered))
