import type { Channel } from "../../server/access/access.ts";
import { Sessions } from "../../server/access/sessions.ts";
import { AccessToken } from "../../server/access/token.ts";
import { AUDIT_ACTIONS } from "../../server/protocol/past/timeline.ts";
import { Audited, auditedAction } from "../../server/routes/audited.ts";
import { openDatabase } from "../../server/store/database.ts";
import { AuditStore } from "../../server/store/past/audit_store.ts";
import { SessionStore } from "../../server/store/session_store.ts";
import { assertEquals } from "../assert.ts";
import { TOKEN } from "../client.ts";
import { quietLog } from "../fakes/quiet_log.ts";

const ACTIONS: readonly (readonly [request: string, action: string | undefined])[] = [
  ["POST /sessions", "sign-in"],
  ["DELETE /sessions", "sign-out"],
  ["DELETE /sessions/abc", "sign-out"],
  ["POST /token/rotate", "rotate-token"],
  ["GET /containers/nas/web?secrets=1", "reveal-secrets"],
  ["GET /stacks/3/compose", "read-texts"],
  ["GET /stacks/3/draft", "read-texts"],
  ["GET /stacks/draft", "read-texts"],
  ["PUT /stacks/3/draft", undefined],
  ["GET /stacks/3/files/a/b", "read-texts"],
  ["GET /stacks/3/versions/2", "read-texts"],
  ["GET /stacks/3/files", undefined],
  ["GET /stacks/3/versions", undefined],
  ["GET /stacks/3", undefined],
  ["GET /containers/nas/web", undefined],
  ["GET /containers/nas/web/terminal", "terminal"],
  ["PATCH /containers/nas/web", "change-limits"],
  ["POST /containers/nas/web/stop", undefined],
  ["DELETE /containers/nas/web", "remove"],
  ["DELETE /containers/nas/web?dryRun=1", undefined],
  ["DELETE /projects/nas/shop", "remove"],
  ["DELETE /stacks/3/files/a/b", "remove"],
  ["DELETE /images/nas/sha256:1", "remove"],
  ["POST /prune", "prune"],
  ["POST /stacks", "save-stack"],
  ["POST /stacks/validate", undefined],
  ["POST /stacks/plan", undefined],
  ["PUT /stacks/3", "save-stack"],
  ["PUT /stacks/3/files/a/b", "save-file"],
  ["POST /stacks/adopt", "adopt-stack"],
  ["POST /stacks/3/accept", "accept-files"],
  ["POST /stacks/3/versions/2/restore", "restore-version"],
  ["POST /stacks/3/versions/2/deploy", "restore-version"],
  ["POST /stacks/3/deploy", undefined],
  ["GET /docker/stats", undefined],
];

for (const [request, action] of ACTIONS) {
  Deno.test(`${request} is recorded as ${action ?? "nothing"}`, () => {
    const [method = "", path = ""] = request.split(" ");
    assertEquals(auditedAction(method, new URL(`http://localhost${path}`)), action as never);
  });
}

/** Opens a journal, and a function that passes a removal through it. */
function open() {
  const database = openDatabase(":memory:");
  const sessions = new Sessions(new SessionStore(database), TOKEN);
  const store = new AuditStore(database);
  const audited = new Audited(store, { token: new AccessToken(TOKEN, undefined), sessions });
  const remove = (status: number, headers: HeadersInit = {}, channel: Channel = "tcp") => {
    const request = new Request("http://localhost/stacks/3?volumes=1", { method: "DELETE", headers });
    audited.begin(request, "10.0.0.5", channel)(status);
  };
  const taken = () => store.page({}, 10).map(({ action, target, actor }) => `${action} ${target} ${actor}`);
  return {
    ...{ audited, sessions, store, remove, taken },
    [Symbol.dispose]() {
      sessions[Symbol.dispose]();
      database.close();
    },
  };
}

Deno.test("the way in which a client has access is recorded, and never its secret", () => {
  using it = open();
  const { id, secret } = it.sessions.open();
  it.remove(202, { authorization: `Bearer ${TOKEN}` });
  it.remove(202, { authorization: `Bearer ${secret}` });
  it.remove(202, { "sec-websocket-protocol": "dockstat.v1, ticket.abc" });
  it.remove(202, {}, "unix");
  it.remove(202);
  const actors = ["token", `session ${id.slice(0, 8)}`, "ticket", "socket", "none"];
  assertEquals(it.taken(), actors.map((actor) => `remove /stacks/3 ${actor}`));
});

Deno.test("requests that changed nothing are not recorded, and of refused ones only wrong tokens", () => {
  using it = open();
  for (const status of [401, 403, 404, 409, 429, 500]) it.remove(status);
  it.remove(429, { authorization: "Bearer wrong" });
  it.remove(401, { authorization: "Bearer wrong" });
  assertEquals(it.taken(), ["wrong-token /stacks/3 none"]);
});

Deno.test("the documentation names each action", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/protocol.md", import.meta.url));
  const [, table = ""] = /\n\| `action` .*\n\| -.*\n((?:\|.*\n)+)/.exec(text) ?? [];
  const named = table.split("\n").flatMap((row) => row.split("|")[1]?.match(/[a-z-]+/g) ?? []);
  assertEquals(named.toSorted(), [...AUDIT_ACTIONS].toSorted());
});

Deno.test("a token that was replaced in its file is recorded", () => {
  using it = open();
  it.audited.rotated();
  assertEquals(it.taken(), ["rotate-token token file"]);
});

Deno.test("a full disk does not refuse the request", () => {
  using _log = quietLog();
  using it = open();
  it.store.add = () => {
    throw new Error("database or disk is full");
  };
  it.remove(202, { authorization: `Bearer ${TOKEN}` });
  assertEquals(it.taken(), []);
});
