"""What the evil reader tries with the network: to carry something out, or to let somebody in."""

import os
import socket
from collections.abc import Callable
from typing import Any, Final

Aims = dict[str, Any]


def tcp(aims: Aims) -> object:
    """A connection to a server of this machine."""
    return socket.create_connection(("127.0.0.1", aims["tcp"]), timeout=2).send(b"secret")


def tcp6(aims: Aims) -> object:
    """The same, by IPv6."""
    return socket.create_connection(("::1", aims["tcp6"]), timeout=2).send(b"secret")


def udp(aims: Aims) -> object:
    """One parcel, to nobody in particular."""
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"secret", ("127.0.0.1", aims["udp"]))


def unix(aims: Aims) -> object:
    """A socket that is a file, such as a database's."""
    made = socket.socket(socket.AF_UNIX)
    made.connect(aims["unix"])
    return made.send(b"secret")


def abstract(aims: Aims) -> object:
    """A socket that has a name and no file."""
    made = socket.socket(socket.AF_UNIX)
    made.connect("\0" + aims["abstract"])
    return made.send(b"secret")


def listening(_: Aims) -> object:
    """A door for somebody outside."""
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen()
    return made.getsockname()


def pair(_: Aims) -> object:
    """A pair of sockets, to pass open files through."""
    return socket.socketpair()


def raw(_: Aims) -> object:
    """The wire itself."""
    return socket.socket(socket.AF_PACKET, socket.SOCK_RAW)


def routes(_: Aims) -> object:
    """The kernel's table of the network."""
    made = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
    made.bind((0, 0))
    return made


def names(_: Aims) -> object:
    """The names of the machine's network cards."""
    found = [name for _, name in socket.if_nameindex() if name != "lo"]
    if not found:
        raise LookupError("none")
    return found


def ciphers(_: Aims) -> object:
    """The kernel's ciphers, a large surface."""
    return socket.socket(38, socket.SOCK_SEQPACKET)


def pipe(_: Aims) -> object:
    """A pipe."""
    return os.pipe()


ATTEMPTS: Final[dict[str, Callable[[Aims], object]]] = {
    "connect by TCP": tcp,
    "connect by TCP over IPv6": tcp6,
    "send by UDP": udp,
    "connect to a socket that is a file": unix,
    "connect to a socket of a mere name": abstract,
    "listen": listening,
    "make a pair of sockets": pair,
    "open the wire": raw,
    "ask for the table of the network": routes,
    "ask for the names of network cards": names,
    "open a socket of ciphers": ciphers,
    "make a pipe": pipe,
}
