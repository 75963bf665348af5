"""`python -m jixiao.office.demo`: put the demo into the office that the environment names."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.office.settings")
    django.setup()
    from jixiao.office.demo.making import make_demo

    make_demo()
