"""How tests read a letter: as people see it in Chromium's PDF engine, and by its QR code."""

import io

import pikepdf
import pypdfium2
import zxingcpp


def lines_of(pdf):
    """Return the lines of every page as a reader copies them."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
    return [line.strip() for text in texts for line in text.splitlines()]


def codes_in(pdf):
    """Return what the QR codes on the first page say, as a phone reads them from paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=2).to_pil()
        page.close()
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def about(pdf):
    """Return (title, language, whether it is tagged) of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        return (
            str(document.docinfo.Title),
            str(root.Lang),
            bool(root.MarkInfo.Marked) and "/StructTreeRoot" in root,
        )
