/** Sessions of the dashboard. */
import { Sessions } from "../../server/access/sessions.ts";
import { openDatabase } from "../../server/store/database.ts";
import { SessionStore } from "../../server/store/session_store.ts";
import { assert, assertEquals } from "../assert.ts";

const DAY = 24 * 3_600_000;

/** Sessions on a database in memory and on a clock under the control of the test. */
function scene() {
  const database = openDatabase(":memory:");
  const store = new SessionStore(database);
  let now = Date.parse("2026-01-01");
  const open = (token = "token") => new Sessions(store, token, undefined, () => now);
  return {
    database,
    open,
    sessions: open(),
    wait: (ms: number) => void (now += ms),
    [Symbol.dispose]() {
      this.sessions[Symbol.dispose]();
      database.close();
    },
  };
}

Deno.test("a session is found by its secret only", () => {
  using it = scene();
  const { id, secret } = it.sessions.open();
  assertEquals(it.sessions.find(secret)?.id, id);
  for (const other of ["", id, `${secret}x`, secret.slice(1)]) {
    assertEquals(it.sessions.find(other), undefined);
  }
});

Deno.test("the secret of a session is not stored", () => {
  using it = scene();
  const { secret } = it.sessions.open();
  const rows = JSON.stringify(it.database.prepare("SELECT * FROM sessions").all());
  assert(rows.includes("hash") && !rows.includes(secret));
});

Deno.test("a session ends 30 days after its last use", () => {
  using it = scene();
  const { secret } = it.sessions.open();
  it.wait(29 * DAY);
  assert(it.sessions.find(secret) !== undefined);
  it.wait(29 * DAY);
  assert(it.sessions.find(secret) !== undefined);
  it.wait(30 * DAY);
  assertEquals(it.sessions.find(secret), undefined);
  assertEquals(it.sessions.list(), []);
});

Deno.test("a session ends after 90 days, however often it is used", () => {
  using it = scene();
  const { secret } = it.sessions.open();
  for (let day = 1; day < 90; day++) {
    it.wait(DAY);
    assert(it.sessions.find(secret) !== undefined, `day ${day}`);
  }
  it.wait(DAY);
  assertEquals(it.sessions.find(secret), undefined);
});

Deno.test("the signal of a session aborts when it ends", () => {
  using it = scene();
  const [one, other] = [it.sessions.open(), it.sessions.open()];
  const signals = [one, other].map((session) => it.sessions.signalOf(session));
  assert(it.sessions.end(one.id));
  assertEquals(signals.map(({ aborted }) => aborted), [true, false]);
  it.sessions.endAll();
  assertEquals(signals.map(({ aborted }) => aborted), [true, true]);
  assert(!it.sessions.end(one.id));
});

Deno.test("sessions outlive a restart with the same token, and end with another", () => {
  using it = scene();
  const { secret } = it.sessions.open();
  {
    using again = it.open();
    assert(again.find(secret) !== undefined);
  }
  using changed = it.open("another token");
  assertEquals(changed.find(secret), undefined);
});

Deno.test("the least recently used session ends when there are too many", () => {
  using it = scene();
  const first = it.sessions.open();
  const second = it.sessions.open();
  it.wait(DAY);
  it.sessions.find(first.secret);
  for (let index = 0; index < 199; index++) it.sessions.open();
  assert(it.sessions.find(first.secret) !== undefined);
  assertEquals(it.sessions.find(second.secret), undefined);
});
