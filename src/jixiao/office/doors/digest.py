"""The digest of the table of who may do what: it stands in every checkpoint of the journal."""

from hashlib import sha256

import msgspec

from jixiao.office.doors.table import FILING, NEAR, OFFICE, Act


def digest() -> str:
    """SHA-256 over the table, written down in one way: 64 hexadecimal digits. Words of buttons do not count."""
    table = {
        "near": NEAR,
        "filing": {name: _rule(act) for name, act in FILING.items()},
        "office": {name: _rule(act) for name, act in OFFICE.items()},
    }
    return sha256(msgspec.json.encode(table, order="deterministic")).hexdigest()


def _rule(act: Act) -> dict[str, object]:
    roles = {role: sorted(states) for role, states in act.roles.items()}
    return {"roles": roles, "after": act.after, "straight": act.straight, "reason": act.reason}
