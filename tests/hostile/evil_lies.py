"""What a reader taken over may answer: frames that are too long, forged, or of another contract; one child each.

Each lie is code that runs in a child of its own, after it has said that it is ready. `say` writes a frame.
"""

import sys
from typing import Final

from jixiao.reading import Limits, Unreadable, worker
from jixiao.reading.handover import EyesNeeded, IsArchive, OfficeNeeded
from jixiao.reading.worker import Worker

_HEAD: Final = (
    "import sys, os, time\n"
    "def raw(data):\n"
    "    sys.stdout.buffer.write(data); sys.stdout.buffer.flush()\n"
    "def say(kind, payload):\n"
    "    raw(kind + len(payload).to_bytes(4, 'big') + payload)\n"
    "import threading; threading.Thread(target=lambda: [0 for _ in iter(lambda: os.read(0, 65536), b'')], "
    "daemon=True).start()\n"
    "say(b'R', b'[]')\n"
    'form = \'"schema": "jixiao/form/1", "title": \'\n'
    "def forms(text): say(b'F', ('[{' + text + '}]').encode())\n"
    "def error(text): say(b'E', text.encode())\n"
    "def told(code, words): "
    "error('{\"code\": ' + code + ', \"message\": ' + words + ', \"advice\": ' + words + '}')\n"
    'words = \'{"zh": "a", "en": "b"}\'\n'
)
LIES: Final = {
    "a frame of four gigabytes": "raw(b'F\\xff\\xff\\xff\\xff'); time.sleep(60)",
    "a frame that never comes": "raw(b'F\\x00\\x00\\x00\\x09'); time.sleep(60)",
    "a frame that ends early": "raw(b'F\\x00\\x00\\x00\\x09abc')",
    "half a head": "raw(b'F\\x00')",
    "a drop every second": "while True: raw(b'F'); time.sleep(1)",
    "letters in place of frames": "raw(b'Traceback (most recent call last)' * 999)",
    "no end of frames": "while True: say(b'R', b'[]')",
    "to be ready again": "say(b'R', b'[]'); time.sleep(60)",
    "pages without eyes": "while True: say(b'P', b'')",
    "an archive that is none": "say(b'A', b'')",
    "a member of no archive": "say(b'N', b'../../etc/passwd')",
    "a changed original": "say(b'Y', b'MZ')",
    "an office format that is a path": "say(b'O', b'../../bin/sh')",
    "an office format of no letters": "say(b'O', b'\\xff' * 99)",
    "eyes where there are none": "say(b'S', b'')",
    "no JSON": "say(b'F', b'nonsense')",
    "nothing": "say(b'F', b'')",
    "a number for forms": "say(b'F', b'1')",
    "no forms": "say(b'F', b'[]')",
    "arrays in arrays": "say(b'F', b'[' * 9_000_000)",
    "objects in objects": "say(b'F', b'[' + b'{\"a\":' * 3_000_000)",
    "arrays in a field": "forms(form + '[' * 3_000_000)",
    "arrays in extras": "forms('\"extras\": ' + '[' * 500_000 + ']' * 500_000)",
    "another schema": """forms('"schema": "other/1"')""",
    "a field that is none": """forms(form + '"a", "evil": 1')""",
    "not a number": """forms('"total": {"score": "NaN"}')""",
    "infinity": """forms('"total": {"score": "Infinity"}')""",
    "a number beyond all": """forms('"total": {"score": 1e400}')""",
    "a number of a billion digits": """forms('"total": {"score": "1E+999999999"}')""",
    "a number of a billion places": """forms('"total": {"score": "1E-999999999"}')""",
    "a number of a million digits": """forms('"total": {"score": "' + '9' * 1_000_000 + '"}')""",
    "a year that is none": """forms('"fiscal_year": ' + '9' * 5000)""",
    "half a letter": r"forms(form + '\"\\ud800\"')",
    "bytes that are no letters": "say(b'F', b'[{\"title\": \"\\xff\\xfe\"}]')",
    "a place that is nowhere": """forms('"places": {"/title": [{"file": "/etc/passwd", "page": -1}]}')""",
    "a place that is no place": """forms('"places": {"/title": 7}')""",
    "a problem without words": """forms('"problems": [{"pointer": "/", "code": "x"}]')""",
    "an error of an unknown code": "told('\"evil\"', words)",
    "an error without words": "error('{\"code\": \"empty\", \"message\": 1, \"advice\": 2}')",
    "an error that is a list": "error('[]')",
    "an error in arrays": "error('[' * 9_000_000)",
    "an error of arrays in a field": "error('{\"code\": ' + '[' * 9_000_000)",
    "a code that cannot be looked up": "told('[1]', words)",
    "an error of ten megabytes": "told('\"empty\"', words.replace('a', 'a' * 10**7))",
    "an inner error of ten megabytes": "say(b'X', b'A' * 10**7)",
    "an inner error that is the layouts'": "say(b'X', b'ValueError @ jixiao.layout.x:1')",
    "memory that did not run out": "say(b'M', b'\\xff' * 99)",
    "to sleep": "time.sleep(60)",
    "to work on for ever": "while True: pass",
    "to die": "os.kill(os.getpid(), 9)",
    "to leave quietly": "sys.exit(0)",
    "a letter to take no more": "os.close(0); time.sleep(60)",
}  # fmt: skip
"""Name → what the child does with its file."""
_SHOWN: Final = {
    "pages to show in arrays": "say(b'H', b'[' * 9_000_000)",
    "pages to show of another contract": "say(b'H', b'[{\"a\": 1}]')",
    "numbers for pages": "say(b'H', b'[1e400]')",
}
LIMITS: Final = Limits(seconds=2)
_MOST: Final = 20_000
"""Letters that a told sentence may have: two of four thousand, in two languages."""


def told(name: str) -> str:
    """How the parent took the lie: the code of a refusal; anything it does not refuse is told in words."""
    code = LIES.get(name) or _SHOWN[name]
    real = worker._command
    worker._command = lambda *_: [sys.executable, "-I", "-S", "-c", _HEAD + code]
    try:
        with Worker(LIMITS) as child:
            forms = child.show(bytes(300_000), "f") if name in _SHOWN else child.read(bytes(300_000), "f")
            return f"believed: {forms!r}"[:300]
    except Unreadable as refusal:
        words = refusal.zh + refusal.en + refusal.advice_zh + refusal.advice_en
        return refusal.code if len(words) < _MOST else f"a sentence of {len(words)} letters"
    except (IsArchive, EyesNeeded, OfficeNeeded) as handed_on:
        return type(handed_on).__name__
    except Exception as error:  # noqa: BLE001  # whatever else reaches the parent is the fault looked for
        return f"fault: {type(error).__name__} {error}"[:300]
    finally:
        worker._command = real


EVERY: Final = (*LIES, *_SHOWN)
"""The names of all lies."""
