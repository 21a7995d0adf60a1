"""docs/lifecycle.md is what the code says."""

from django.core.management import call_command

from isso.requests.lifecycle import State, action_names
from isso.requests.lifecycle_document import lifecycle_document


def test_the_committed_document_is_current():
    call_command("lifecycle_table", check=True)


def test_it_names_every_state_and_every_action():
    text = lifecycle_document()

    assert [str(each) for each in State if f"| `{each}` |" not in text] == []
    assert [name for name in action_names() if f"| `{name}` |" not in text] == []
