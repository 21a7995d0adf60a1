"""What a request is found by besides its person: the employers that its answers name."""

from isso.requests.records.filing import plain_words

LONGEST = 250
# What the forms call the one who employs somebody.
ANSWERS = ("employer_name", "employer", "h1b_employer")


def employer_words(answers):
    """Return the employers these answers name, as searches compare them."""
    named = [str(answers[name]) for name in ANSWERS if answers.get(name)]
    return plain_words(*named)[:LONGEST]
