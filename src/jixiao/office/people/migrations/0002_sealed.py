"""Telephone numbers, mail addresses and uploaded lists of people get sealed columns; the next step seals the rows."""

import jixiao.office.sealing.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AlterField("peoplelist", "lists", jixiao.office.sealing.fields.SealedText()),
        migrations.AlterField("user", "email", jixiao.office.sealing.fields.SealedText(blank=True)),
        migrations.AlterField("user", "phone", jixiao.office.sealing.fields.SealedText(blank=True)),
    ]
