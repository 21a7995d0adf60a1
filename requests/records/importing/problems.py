"""What keeps a row, or a whole file, from being imported, in words that say what to do."""


class FileProblem(Exception):
    """The file cannot be read as a table of records; nothing of it is imported."""


class RowProblem(Exception):
    """One row is refused; the column where it is mended, and the sentence that says how."""

    def __init__(self, column: str, sentence):
        super().__init__(str(sentence))
        self.column = column
        self.sentence = str(sentence)


def quoted(value, most: int = 40) -> str:
    """Return what somebody wrote as a sentence may quote it: printable and short."""
    text = "".join(char if char.isprintable() else " " for char in str(value)[: most * 2])
    text = " ".join(text.split())
    return f"“{text[:most]}…”" if len(text) > most or len(str(value)) > most * 2 else f"“{text}”"
