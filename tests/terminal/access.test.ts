/** Tests of the rules for opening a terminal. */
import { checkAccess } from "../../server/access/access.ts";
import { Tickets } from "../../server/access/tickets.ts";
import { AppError } from "../../server/errors.ts";
import { OwnContainer } from "../../server/terminal/own_container.ts";
import { reachesHost } from "../../server/terminal/reach.ts";
import { assert, assertEquals, assertMatch, eventually } from "../assert.ts";
import { ANYWHERE } from "../access/verdict.ts";
import { TOKEN } from "../client.ts";
import { idOf } from "../fakes/engine.ts";
import { serveTerminals, TERMINAL, TerminalClient } from "./client.ts";

const KEY = {
  ...{ connection: "upgrade", upgrade: "websocket", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" },
  "sec-websocket-version": "13",
};

/** Sends an upgrade and returns the status and the reason of its refusal. */
async function refused(
  server: string,
  headers: Record<string, string>,
  path = TERMINAL,
): Promise<[number, string]> {
  const answer = await fetch(server + path, { headers: { ...KEY, ...headers } });
  return [answer.status, (await answer.json()).detail];
}

const BEARER = { authorization: `Bearer ${TOKEN}` };

Deno.test("a terminal needs the token, also for a local client", async () => {
  await using it = await serveTerminals();
  assertEquals((await refused(it.server.url, {}))[0], 401);
  assertEquals((await refused(it.server.url, { authorization: "Bearer wrong" }))[0], 401);
  assertEquals(it.engine.sent.filter(({ path }) => path.includes("exec")), []);
});

Deno.test("a page of another origin cannot open a terminal, even with the token", async () => {
  await using it = await serveTerminals();
  for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
    assertEquals((await refused(it.server.url, { ...BEARER, ...headers }))[0], 403);
  }
});

Deno.test("--read-only refuses a terminal with the reason", async () => {
  const access = { token: TOKEN, auth: true, origins: [], readOnly: true, viewToken: false };
  await using it = await serveTerminals({ access });
  const [status, detail] = await refused(it.server.url, BEARER);
  assertEquals(status, 403);
  assertMatch(detail, /--read-only/);
});

Deno.test("exec: false refuses a terminal with the reason", async () => {
  await using it = await serveTerminals({ exec: false });
  const [status, detail] = await refused(it.server.url, BEARER);
  assertEquals([status, (await it.get(TERMINAL)).status], [403, 403]);
  assertMatch(detail, /"exec: false" in dockstat.yaml switches terminals off$/);
});

Deno.test("DockStat's own container is refused, and the refusal is in the audit journal", async () => {
  await using it = await serveTerminals({ hostname: idOf("web").slice(0, 12) });
  const [status, detail] = await refused(it.server.url, BEARER);
  assertEquals(status, 403);
  assertMatch(detail, /^Cannot open a terminal in "web": it is DockStat's own container/);
  const { entries } = await it.get("/audit?action=terminal");
  assertEquals(entries.map(({ status, target }: { status: number; target: string }) => [status, target]), [
    [403, TERMINAL],
  ]);
});

Deno.test("refusals of strangers do not fill the audit journal", async () => {
  await using it = await serveTerminals();
  for (let count = 0; count < 3; count++) await refused(it.server.url, { origin: "https://evil.example" });
  assertEquals((await it.get("/audit?action=terminal")).entries, []);
});

Deno.test("a plain request names the ways in which a container reaches its host, and starts nothing", async () => {
  await using it = await serveTerminals();
  it.execs.inspection = { HostConfig: { Privileged: true }, Config: { User: "app" } };
  const facts = await it.get(TERMINAL);
  assertEquals([facts.name, facts.user, facts.reachesHost], ["web", "app", ["runs privileged"]]);
  assert(it.engine.sent.every(({ method }) => method === "GET"));
});

Deno.test("an unknown container is refused before the upgrade", async () => {
  await using it = await serveTerminals();
  for (const name of ["nope", "..%2f..%2fvolumes%2fprune", "%00"]) {
    const [status] = await refused(it.server.url, BEARER, `/containers/Localhost/${name}/terminal`);
    assert(status === 404 || status === 400, `${name}: ${status}`);
  }
});

Deno.test("a container is DockStat's own by its id, its network, or the title of its image", () => {
  const is = (facts: object, inspection: object) =>
    new OwnContainer(() => ({ hostname: "nas", inContainer: true, macs: ["02:42:ac:11:00:02"], ...facts }))
      .is("0123456789abcdef", inspection);
  const network = { NetworkSettings: { Networks: { bridge: { MacAddress: "02:42:ac:11:00:02" } } } };
  const image = { Config: { Labels: { "org.opencontainers.image.title": "DockStat" } } };
  assertEquals([is({}, {}), is({}, network), is({}, image)], [false, true, true]);
  assertEquals([is({ hostname: "0123456789ab" }, {}), is({ hostname: "012345678" }, {})], [true, false]);
  assertEquals([is({ inContainer: false }, network), is({ inContainer: false }, image)], [false, false]);
  assert(!is({}, { NetworkSettings: { Networks: { none: { MacAddress: "" } } } }));
});

Deno.test("the ways to the host are those that leave a container", () => {
  const mounts = (...Sources: string[]) => ({ Mounts: Sources.map((Source) => ({ Type: "bind", Source })) });
  assertEquals(
    reachesHost({ HostConfig: { PidMode: "host", NetworkMode: "host", CapAdd: ["SYS_ADMIN", "CHOWN"] } }),
    [
      "sees the processes of the host",
      "uses the network of the host",
      "has the capability SYS_ADMIN",
    ],
  );
  assertEquals(reachesHost(mounts("/var/run/docker.sock", "/", "/srv/data", "/home/me/app")), [
    "mounts /var/run/docker.sock, through which it can control the engine",
    "mounts / of the host",
  ]);
  const volume = { Mounts: [{ Type: "volume", Source: "/var/lib/docker/volumes/data/_data" }] };
  assertEquals([reachesHost(volume), reachesHost(null), reachesHost({ Mounts: 5 })], [[], [], []]);
});

const PATH = `/containers/Localhost/${idOf("web")}/terminal`;

/** Returns "ok" or the code of the refusal of a request with a ticket. */
function verdict(
  tickets: Tickets,
  text: string,
  path = PATH,
  origin: string | null = "file://",
  readOnly = false,
): string {
  const url = `http://192.168.1.5:9876${path}`;
  const headers = {
    ...{ host: "192.168.1.5:9876", "sec-websocket-protocol": `dockstat.v1, ticket.${text}` },
    ...origin === null ? {} : { origin },
  };
  const rules = { ...ANYWHERE, readOnly, findTicket: (presented: string) => tickets.find(presented) };
  try {
    const need = path.endsWith("/terminal") ? "change" : "view";
    checkAccess(new Request(url, { headers }), new URL(url), need, rules, "tcp");
    return "ok";
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

Deno.test("a ticket for a terminal works once, for its container and origin only", () => {
  using tickets = new Tickets();
  const { text, expiresAt } = tickets.issue("file://", PATH);
  assert(expiresAt - Date.now() <= 30_000);
  const other = PATH.replace("Localhost", "nas");
  assertEquals(verdict(tickets, text, other), "forbidden");
  assertEquals(verdict(tickets, text, "/docker/stats"), "forbidden");
  assertEquals(verdict(tickets, text, PATH, "https://evil.example"), "forbidden");
  assertEquals(verdict(tickets, text, PATH, null), "forbidden");
  assertEquals(verdict(tickets, text, PATH, "file://", true), "forbidden");
  assertEquals([verdict(tickets, text), verdict(tickets, text)], ["ok", "unauthorized"]);
});

Deno.test("an ordinary ticket opens no terminal", () => {
  using tickets = new Tickets();
  assertEquals(verdict(tickets, tickets.issue("file://").text), "unauthorized");
});

Deno.test("a ticket for a terminal expires", async () => {
  using tickets = new Tickets(20);
  const { text } = tickets.issue("file://", PATH);
  await eventually("its end", () => tickets.find(text) === undefined);
  assertEquals(verdict(tickets, text), "unauthorized");
});

Deno.test("a session that has ended opens no terminal", async () => {
  await using it = await serveTerminals();
  await using client = new TerminalClient(it.server.url, TERMINAL, "an-old-session");
  await client.end();
  assertEquals(client.frames, []);
});
