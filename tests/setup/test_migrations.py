"""Every app of ours has its tables, by migrations that a person can read and take back."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.fields import StreamField

from isso.pages.block_field import BlockField

OURS = [app for app in apps.get_app_configs() if app.name.startswith("isso.")]
LABELS = {app.label for app in OURS if list(app.get_models())}


@pytest.fixture(scope="module")
def migrations():
    loader = MigrationLoader(None)
    return {key: migration for key, migration in loader.disk_migrations.items() if key[0] in LABELS}


def test_every_app_with_models_has_a_first_migration(migrations):
    assert {label for label, name in migrations if name.startswith("0001_")} == LABELS


def test_every_migration_says_what_it_does(migrations):
    assert [name for _label, name in migrations if "_auto_" in name] == []


def test_every_migration_can_be_taken_back(migrations):
    one_way = [
        (key, operation)
        for key, migration in migrations.items()
        for operation in migration.operations
        if not operation.reversible
    ]
    assert one_way == []


def test_blocks_stand_in_no_migration():
    fields = [field for app in OURS for model in app.get_models() for field in model._meta.fields]
    repeated = [
        str(field)
        for field in fields
        if isinstance(field, StreamField) and not isinstance(field, BlockField)
    ]
    assert repeated == []


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check_changes=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"


@pytest.mark.django_db
def test_every_table_of_ours_exists():
    wanted = {model._meta.db_table for app in OURS for model in app.get_models()}
    assert wanted - set(connection.introspection.table_names()) == set()
