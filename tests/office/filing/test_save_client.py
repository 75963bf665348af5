"""Saving by itself: nothing typed is lost, whatever the connection, the session or another person does."""

from typing import Any, Final

from office.filing.page_modules import page

WORLD: Final = """(act) => {
  const { SaveClient } = modules["save/client.js"], { Store } = modules["save/store.js"];
  const cells = new Map(), told = [], sent = [], timers = [];
  const storage = { getItem: (name) => cells.get(name) ?? null, setItem: (name, text) => cells.set(name, text),
    removeItem: (name) => cells.delete(name) };
  let answer = null;
  const world = {
    post: (payload) => { sent.push(JSON.parse(JSON.stringify(payload))); return answer(payload); },
    later: (then, pause) => { timers.push({ then, pause }); return timers.length - 1; },
    cancel: (number) => { if (number !== null && timers[number]) timers[number].then = null; },
    token: () => `t${sent.length}`,
  };
  const store = new Store(storage, 7, 3);
  const made = (kept = null) => new SaveClient(world, store, 4, (news) => told.push(news.state), kept);
  // promises are answered at once, so that a test runs from end to end in one call
  const now = (value) => ({ then: (done) => now(done(value)), catch: () => now(value) });
  const run = () => { const due = timers.filter((timer) => timer.then); due.forEach((timer) => { const { then } = timer;
    timer.then = null; then(); }); return due.map(({ pause }) => pause); };
  return { made, store, told, sent, run, cells, answers: (given) => (answer = given) };
}"""


def scene(script: str) -> Any:
    """Run a scene, statements over the helpers of `WORLD`; its `out` comes back after promises are settled."""
    loaded = page()
    loaded.load("save/client.js")
    loaded.load("save/store.js")
    loaded.engine.eval(
        f"held.out = null; held.fault = null; (async () => {{ const w = ({WORLD})(); const out = [];"
        f" const {{ made, store, told, sent, run, answers }} = w; const tick = () => new Promise((done) => done());"
        f" const rest = async () => {{ for (let n = 0; n < 20; n++) await tick(); }};"
        f" {script} ; held.out = out; }})().catch((fault) => (held.fault = String(fault)));"
    )
    assert loaded.run("() => held.fault") is None
    return loaded.run("() => held.out")


def test_one_save_after_a_pause() -> None:
    """Keys one after another make one save of the last text, 600 ms after the last; a save tells the version it met."""
    out = scene("""
      const client = made(); answers(async () => ({ status: 200, body: { version: 5, keys: {} } }));
      client.add([["k1/name", "甲", "乙"]]); client.add([["k1/name", "乙", "丙"]]);
      client.add([["k1/score", "1", "1"]]); out.push(run()); await rest();
      out.push(sent, told, client.outbox.base, store.read());
    """)
    change = {"cell": "k1/name", "was": "甲", "now": "丙"}
    assert out[0] == [600]
    assert out[1] == [{"base": 4, "changes": [change], "token": "t0"}]
    assert out[2][-2:] == ["busy", "saved"]
    assert out[3:] == [5, None]


def test_typing_goes_on_while_a_save_is_under_way() -> None:
    """What is typed meanwhile is a save of its own, from the version then; new rows get their keys."""
    out = scene("""
      const client = made(); let done; answers(() => new Promise((then) => (done = then)));
      client.add([["n1/name", "", "甲"]], ["k1", "n1"]); run(); await rest();
      client.add([["n1/name", "甲", "甲乙"]]); out.push(store.read().changes);
      done({ status: 200, body: { version: 5, keys: { n1: "k2" } } }); await rest(); run(); await rest();
      out.push(sent);
    """)
    assert out[0] == [{"cell": "n1/name", "was": "甲", "now": "甲乙"}]
    assert out[1][0]["rows"] == ["k1", "n1"]
    second = {"base": 5, "changes": [{"cell": "k2/name", "was": "甲", "now": "甲乙"}], "token": "t1"}
    assert out[1][1] == second


def test_without_a_connection_everything_is_kept_and_sent_later() -> None:
    """A lost answer is asked for again with the same token; kept across a reload; longer and longer pauses."""
    out = scene("""
      const client = made(); answers(async () => { throw new TypeError("no network"); });
      client.add([["grade", "", "优"]]); run(); await rest(); out.push(client.state, run()); await rest();
      out.push(run());
      await rest();
      const kept = store.read(); const again = made(kept); answers(async () => ({ status: 200, body: { version: 5 } }));
      again.now(); await rest();
      out.push(sent.map(({ token }) => token), sent.at(-1).changes, again.state, store.read());
    """)
    assert out[:3] == ["away", [2000], [5000]]
    assert set(out[3]) == {"t0"}
    assert out[4] == [{"cell": "grade", "was": "", "now": "优"}]
    assert out[5:] == ["saved", None]


def test_a_save_that_may_have_arrived_goes_first_and_as_it_was() -> None:
    """After a lost answer the save is sent again with its token; what was typed since is a save of its own."""
    out = scene("""
      const client = made(); answers(async () => ({ status: 503, body: null }));
      client.add([["grade", "", "优"]]); run(); await rest();
      client.add([["grade", "优", "良"]]); out.push(store.read());
      client.now = () => null; const again = made(store.read()); let version = 5;
      answers(async () => ({ status: 200, body: { version: version++ } }));
      again.now(); await rest(); run(); await rest();
      out.push(sent.map(({ base, token, changes }) => [base, token, changes[0].was, changes[0].now]), store.read());
    """)
    first, second = {"cell": "grade", "was": "", "now": "优"}, {"cell": "grade", "was": "优", "now": "良"}
    unsure = {"base": 4, "changes": [first], "token": "t0"}
    assert out[0] == {"base": 4, "changes": [second], "rows": None, "unsure": unsure}
    assert out[1] == [[4, "t0", "", "优"], [4, "t0", "", "优"], [5, "t2", "优", "良"]]
    assert out[2] is None


def test_a_conflict_waits_for_the_person() -> None:
    """Nothing is sent until each cell is decided; then what is mine, against their text."""
    out = scene("""
      const client = made(); const conflicts = [{ cell: "k1/name", was: "甲", now: "乙", theirs: "丙" },
        { cell: "k1/score", was: "1", now: "2", theirs: "3" }];
      answers(async () => ({ status: 409, body: { version: 9, conflicts } }));
      client.add([["k1/name", "甲", "乙"], ["k1/score", "1", "2"], ["grade", "", "优"]]); run(); await rest();
      client.add([["k2/name", "", "仍在填"]]); client.now(); await rest(); out.push(client.state, sent.length);
      answers(async () => ({ status: 200, body: { version: 10 } }));
      client.settle(["k1/name"]).then((taken) => out.push(taken.map(({ cell }) => cell))); await rest();
      out.push(sent.at(-1));
    """)
    assert out[:3] == ["conflict", 1, ["k1/score"]]
    assert out[3]["base"] == 9
    assert out[3]["changes"] == [
        {"cell": "k1/name", "was": "丙", "now": "乙"},
        {"cell": "grade", "was": "", "now": "优"},
        {"cell": "k2/name", "was": "", "now": "仍在填"},
    ]


def test_signed_out_or_refused_keeps_what_was_typed() -> None:
    """A session that ended, a state that no longer allows it: told, kept, sent when asked again."""
    out = scene("""
      for (const [status, body] of [[401, {}], [403, null], [403, {}], [410, {}], [422, {}]]) {
        const client = made(); answers(async () => ({ status, body }));
        client.add([["grade", "", "优"]]); run(); await rest(); client.add([["unit", "", "某中心"]]);
        out.push([client.state, run(), store.read().changes.length]);
        answers(async () => ({ status: 200, body: { version: 5 } })); client.now(); await rest();
        out.push([client.state, store.read()]);
      }
    """)
    kept = [["signed_out", [], 2], ["saved", None]] * 2 + [["refused", [], 2], ["saved", None]] * 3
    assert out == kept


def test_a_text_taken_back_is_no_change() -> None:
    """What ends as it began is not sent; cells of a row that was removed are not sent either."""
    out = scene("""
      const client = made(); client.add([["grade", "", "优"]]); client.add([["grade", "优", ""]]);
      out.push(client.outbox.is_empty);
      client.add([["k2/name", "甲", "乙"]]); client.add([], ["k1"]); out.push(client.outbox.take("t"));
    """)
    assert out == [True, {"base": 4, "changes": [], "rows": ["k1"], "token": "t"}]


def test_a_browser_that_keeps_nothing_is_told_of() -> None:
    """Where storage refuses, saving goes on, and the person is told that nothing is kept here."""
    out = scene("""
      const full = { getItem: () => "{broken", setItem: () => { throw new Error("full"); }, removeItem: () => {} };
      const other = new modules["save/store.js"].Store(full, 1, 1); out.push(other.read(), other.write({ base: 1 }));
    """)
    assert out == [None, False]
