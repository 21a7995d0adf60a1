import django.db.models.deletion
from django.db import migrations, models

import isso.home.models.settings


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.AddField(
            model_name="officesettings",
            name="color_band",
            field=isso.home.models.settings.ColorField(
                blank=True,
                db_default="",
                default="",
                help_text="The band with the institution’s name; its words are white.",
                max_length=7,
                verbose_name="top band",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="color_band_dark",
            field=isso.home.models.settings.ColorField(
                blank=True,
                db_default="",
                default="",
                help_text="The same on dark pages.",
                max_length=7,
                verbose_name="top band, dark",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="color_brand",
            field=isso.home.models.settings.ColorField(
                blank=True,
                db_default="",
                default="",
                help_text="Buttons and marks on light pages. Empty: the standard color.",
                max_length=7,
                verbose_name="main color",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="color_brand_dark",
            field=isso.home.models.settings.ColorField(
                blank=True,
                db_default="",
                default="",
                help_text="The same for people whose screen is dark.",
                max_length=7,
                verbose_name="main color, dark",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="color_link",
            field=isso.home.models.settings.ColorField(
                blank=True,
                db_default="",
                default="",
                help_text="Links on light pages.",
                max_length=7,
                verbose_name="links",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="color_link_dark",
            field=isso.home.models.settings.ColorField(
                blank=True,
                db_default="",
                default="",
                help_text="Links on dark pages.",
                max_length=7,
                verbose_name="links, dark",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="it_email",
            field=models.EmailField(
                blank=True, db_default="", default="", max_length=254, verbose_name="e-mail of IT"
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="it_name",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Who helps with accounts and passwords of the institution, like IT Help Desk.",
                max_length=120,
                verbose_name="IT help desk",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="it_phone",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=40, verbose_name="phone of IT"
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="logo",
            field=models.ForeignKey(
                blank=True,
                help_text="Stands before the name on every page. Wide and at least 112 pixels high.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtailimages.image",
                verbose_name="logo",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="mailing_address",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="Only if letters and parcels go elsewhere.",
                verbose_name="mailing address",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="portal_email",
            field=models.EmailField(
                blank=True,
                db_default="",
                default="",
                help_text="Who helps with the portal. Empty: the e-mail of the office.",
                max_length=254,
                verbose_name="e-mail for portal help",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="sender_email",
            field=models.EmailField(
                blank=True,
                db_default="",
                default="",
                help_text="The address mails come from. Your mail server must allow it. Empty: the server’s standard address. Answers always go to the e-mail of the office.",
                max_length=254,
                verbose_name="address of the sender",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="sender_name",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Whom mails come from. Empty: the name of the office.",
                max_length=120,
                verbose_name="name of the sender",
            ),
        ),
        migrations.AddField(
            model_name="officesettings",
            name="time_zone",
            field=models.CharField(
                blank=True,
                choices=isso.home.models.settings.time_zones,
                db_default="",
                default="",
                help_text="Days, deadlines and opening hours count here. Empty: the server’s zone.",
                max_length=60,
                verbose_name="time zone",
            ),
        ),
        migrations.AlterField(
            model_name="officesettings",
            name="address",
            field=models.TextField(
                blank=True,
                help_text="Where visitors find you, line by line.",
                verbose_name="address",
            ),
        ),
        migrations.AlterField(
            model_name="officesettings",
            name="after_hours_contact",
            field=models.CharField(
                blank=True,
                help_text="Whom to call in an emergency when the office is closed.",
                max_length=200,
                verbose_name="emergency contact",
            ),
        ),
    ]
