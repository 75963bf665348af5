"""The one table of addresses: an address that is read and changed in different modules must stand in one table."""

from ninja import Router

router = Router()
