"""Small real PDFs that stand for the papers of the demonstration."""

from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

LETTER_SIZE = (612, 792)


def paper(title, person):
    """Return a one-page PDF with two lines of text, as an upload."""
    lines = [title, f"{person} - demonstration only, not a real document"]
    drawn = "".join(
        f"BT /F1 {size} Tf 72 {y} Td ({_escaped(line)}) Tj ET\n"
        for line, size, y in zip(lines, (20, 12), (700, 670), strict=True)
    )
    buffer = BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=LETTER_SIZE)
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F1=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                    Encoding=pikepdf.Name.WinAnsiEncoding,
                )
            )
        )
        page.Contents = pdf.make_stream(drawn.encode("cp1252", "replace"))
        # The same paper twice is the same file, so that a second load changes nothing.
        pdf.save(buffer, deterministic_id=True)
    return SimpleUploadedFile(f"{title}.pdf", buffer.getvalue(), content_type="application/pdf")


def _escaped(text):
    return text.replace("\\", "").replace("(", "").replace(")", "")
