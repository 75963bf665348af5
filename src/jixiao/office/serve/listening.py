"""Where the server listens: the address is looked up, and the port tried, before anything starts."""

import errno
import socket
from dataclasses import dataclass

from jixiao.desk.errors import WrongUse

EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 -- named so that the address that is printed can be opened
_REASONS = {
    errno.EADDRINUSE: (
        "端口 {port} 已被占用。请关掉占用它的程序，或用 --port 换一个端口。",
        "Port {port} is in use. Stop the program that uses it, or choose another with --port.",
    ),
    errno.EACCES: (
        "没有权限使用端口 {port}。请用 --port 换一个 1024 以上的端口。",
        "Port {port} may not be used without privileges. Choose one above 1024 with --port.",
    ),
    errno.EADDRNOTAVAIL: (
        "{host} 不是本机的地址。请用 --host 写本机的地址，或 0.0.0.0（所有地址）。",
        "{host} is no address of this machine. Name one with --host, or 0.0.0.0 for all of them.",
    ),
}
_OTHER = ("无法在 {host} 的端口 {port} 上等候连接（{why}）。", "Cannot listen on port {port} of {host} ({why}).")
_UNKNOWN = (
    "找不到主机 {host}。请用 --host 写本机的地址，如 127.0.0.1。",
    "There is no host {host}. Name an address of this machine with --host, such as 127.0.0.1.",
)


@dataclass(frozen=True, slots=True)
class Listening:
    """A numeric address and a port that was free a moment ago."""

    address: str
    port: int

    @property
    def url(self) -> str:
        """What a browser on this machine opens."""
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.address, self.address)  # noqa: S104
        return f"http://{f'[{here}]' if ':' in here else here}:{self.port}/"


def listening(host: str, port: int) -> Listening:
    """The address and port to listen on; port 0 takes any free one.

    Raises:
        WrongUse: there is no such host, or the port is taken or not allowed.
    """
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError as error:
        raise _refusal(_UNKNOWN, host, port, "") from error
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            raise _refusal(_REASONS.get(error.errno or 0, _OTHER), host, port, error.strerror or "") from error
        return Listening(str(place[0]), int(probe.getsockname()[1]))


def answers(where: Listening) -> bool:
    """Whether somebody takes connections there now."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(where.address, where.address)  # noqa: S104
    try:
        socket.create_connection((here, where.port), timeout=1).close()
    except OSError:
        return False
    return True


def _refusal(sentences: tuple[str, str], host: str, port: int, why: str) -> WrongUse:
    zh, en = (sentence.format(host=host, port=port, why=why) for sentence in sentences)
    return WrongUse(zh, en)
