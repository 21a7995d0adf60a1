"""A bar that shows on the terminal how far a long run is."""

import shutil


class ProgressBar:
    """Draws one line again and again; where nobody watches, as under cron, it draws nothing."""

    def __init__(self, stream):
        """Draw on ``stream``, usually standard error, so that the report stays clean."""
        self._stream = stream
        self._is_watched = stream.isatty()

    def __call__(self, done: int, total: int):
        """Show that so many of all are done."""
        if not self._is_watched:
            return
        share = done / total if total else 1
        words = f" {done:,} / {total:,}  {share:4.0%}"
        width = max(10, min(50, shutil.get_terminal_size().columns - len(words) - 4))
        bar = ("█" * round(share * width)).ljust(width, "░")
        self._stream.write(f"\r{bar}{words}")
        if done >= total:
            self._stream.write("\n")
        self._stream.flush()
