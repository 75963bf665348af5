"""A page with a grid, served to a browser without a server: the static files of the office and a table, strict CSP."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, Route, sync_playwright

STATIC: Final = Path(__file__).resolve().parents[2] / "src/jixiao/office/filing/static"
LOOK: Final = Path(__file__).resolve().parents[2] / "src/jixiao/office/look/static"
ORIGIN: Final = "http://office.test"
CSP: Final = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
LEVELS: Final = ("level1", "level2")
COLUMNS: Final = ("level1", "level2", "name", "target", "actual", "weight", "score", "deviation")
HEADS: Final = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因")
ROWS: Final = (
    ("产出指标", "数量指标", "组织活动", "≥7.00(次)", "7.00(次)", "10", "10", ""),
    ("产出指标", "数量指标", "服务企业", "≥500(家)", "520(家)", "10", "10", ""),
    ("产出指标", "质量指标", "验收合格率", "=100.00(%)", "100.00(%)", "20", "20", ""),
    ("效益指标", "社会效益指标", "知晓率", "≥90.00(%)", "92.00(%)", "30", "30", ""),
)
TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".json": "application/json"}
Pages = dict[str, str | Callable[[Route], None]]


def row(key: str, texts: tuple[str, ...]) -> str:
    """An indicator's row as the server writes it."""
    cells = (
        f'<td{" data-level=1" if name in LEVELS else ""} headers="h-{name}">'
        f'<textarea data-cell="{key}/{name}" name="{key}/{name}" aria-label="{key} {head}" rows="1">'
        f"{escape(text)}</textarea></td>"
        for name, head, text in zip(COLUMNS, HEADS, texts, strict=True)
    )
    return f'<tr data-row="{key}">{"".join(cells)}</tr>'


def page_text(rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    """The page."""
    head = "".join(f'<th scope="col" id="h-{name}">{head}</th>' for name, head in zip(COLUMNS, HEADS, strict=True))
    body = "".join(row(f"k{number}", texts) for number, texts in enumerate(rows, start=1))
    empty = row("{key}", ("",) * len(COLUMNS))
    return f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>填报</title>
<link rel="stylesheet" href="/static/look/office.css"><link rel="stylesheet" href="/static/filing/form.css">
<script type="module" src="/static/filing/grid/sheet_grid.js"></script></head><body><main>
<h1>填报</h1><sheet-grid><template data-row-template><table><tbody>{empty}</tbody></table></template>
<table><thead><tr>{head}</tr></thead><tbody>{body}
<tr data-after-rows><th colspan="5">总分</th>
<td><textarea data-cell="total/weight" aria-label="总分分值" rows="1">100</textarea></td>
<td><textarea data-cell="total/score" aria-label="总分得分" rows="1">100</textarea></td><td></td></tr></tbody></table>
</sheet-grid></main></body></html>"""


def answer(route: Route, pages: Pages) -> None:
    """A page or a static file; anything else is missing."""
    path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
    headers = {
        "Content-Security-Policy": CSP,
        "Content-Type": f"{TYPES.get(Path(path).suffix, 'text/html')}; charset=utf-8",
    }
    given = pages.get(path)
    if callable(given):
        given(route)
        return
    if given is not None:
        route.fulfill(body=given, headers=headers)
        return
    name = path.removeprefix("/static/")
    found = next(
        (base / name for base in (STATIC, LOOK) if path.startswith("/static/") and (base / name).is_file()), None
    )
    if found is None:
        route.fulfill(status=404, body="")
    else:
        route.fulfill(body=found.read_bytes(), headers=headers)


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser of this machine."""
    with sync_playwright() as playwright:
        chromium = Path("/usr/bin/chromium")
        options: dict[str, Any] = {"executable_path": str(chromium)} if chromium.exists() else {}
        launched = playwright.chromium.launch(args=["--no-sandbox"], **options)
        yield launched
        launched.close()


@contextmanager
def opened(launched: Browser, pages: Pages | None = None, expected: str = "\0", **options: Any) -> Iterator[Page]:
    """A page with the grid in a fresh context, ready; what the browser complains of, beyond `expected`, is an error."""
    context = launched.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.route("**/*", lambda route: answer(route, pages or {"/": page_text()}))
    page.goto(ORIGIN + "/")
    page.wait_for_function("customElements.get('sheet-grid') && document.querySelector('sheet-grid').history")
    yield page
    context.close()
    assert [complaint for complaint in complaints if expected not in complaint] == []


def fresh(page: Page) -> Page:
    """The page as it was at first."""
    text = page_text()
    page.evaluate(
        "text => { document.querySelector('main').innerHTML = text; }", text[text.index("<h1>") : text.index("</main>")]
    )
    return page
