import { type Facts, toSections, toText } from "../../../src/features/diagnostics/report.ts";
import { withoutSecrets } from "../../../src/features/diagnostics/without_secrets.ts";
import { assert, assertEquals, assertStringIncludes } from "../../../../../tests/assert.ts";

const SECRET = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";
const ID = "0123456789ab".padEnd(64, "c");

const facts: Facts = {
  now: Date.parse("2026-08-01T12:00:00Z"),
  pageVersion: "1.2.0",
  about: { version: "1.2.0", access: "full", readOnly: false, simulated: false },
  page: { origin: "file://", protocol: "file:", browser: "Mozilla/5.0", theme: "dark" },
  transport: { transport: "Docker Desktop", sockets: "ws://127.0.0.1:49731" },
  session: { value: { wsBase: "ws://127.0.0.1:49731", expiresAt: "2026-08-01T12:10:00Z" } },
  sockets: [{
    name: "Statistics",
    state: {
      phase: "waiting",
      lastFrameAt: null,
      nextTryAt: Date.parse("2026-08-01T12:00:04Z"),
      why: "lost",
    },
    ends: [{ code: 1006, reason: "" }, { code: 1013, reason: "too slow" }],
    path: "/docker/stats?batch=1",
  }],
  closed: [],
  hosts: {
    value: [{
      hostId: "Localhost",
      url: "unix:///var/run/docker.sock",
      labels: {},
      publicName: null,
      managed: false,
      state: "down",
      since: "2026-08-01T11:00:00Z",
      error: "connect ENOENT",
      engine: null,
      apiVersion: null,
      os: null,
      cpus: null,
      memoryBytes: null,
      containers: 1,
      reader: "engine",
      readerReason: "no running container was compared yet",
      usage: null,
    }],
  },
};
const report = (changes: Partial<Facts> = {}) => toText(toSections({ ...facts, ...changes }));

Deno.test("a report contains versions, connection, sockets with their last closures, hosts and page", () => {
  const text = report();
  for (
    const part of [
      "- page: 1.2.0",
      "- server: 1.2.0",
      "- session: ws://127.0.0.1:49731, expires in 600 s",
      "- Statistics: disconnected. Reconnecting in 4 s; last closed with 1006, 1013 (too slow); /docker/stats?batch=1",
      "connect ENOENT, unix:///var/run/docker.sock, 1 container",
      "- origin: file://",
      "- browser: Mozilla/5.0",
    ]
  ) assertStringIncludes(text, part);
});

Deno.test("suggests a reload when the versions of page and server differ", () => {
  assertStringIncludes(
    report({ pageVersion: "1.1.0" }),
    "- page: 1.1.0, differs from the server. Reload the page.",
  );
});

Deno.test("includes the socket of a closed view unless another one has its name", () => {
  const [open] = facts.sockets;
  const log = { ...open!, name: "Log", ends: [{ code: 1001, reason: "going away" }] };
  assertStringIncludes(report({ closed: [log] }), "- Log (view closed): disconnected");
  assert(!report({ closed: [{ ...log, name: "Statistics" }] }).includes("view closed"));
});

Deno.test("names missing and refused answers", () => {
  const text = report({ about: undefined, hosts: undefined, session: { error: "no service" } });
  for (const part of ["- server: no answer yet", "- hosts: loading", "- session: no service"]) {
    assertStringIncludes(text, part);
  }
});

Deno.test("removes secrets from every part of the report", () => {
  const path = `/logs/ws?token=${SECRET}`;
  const [socket] = facts.sockets;
  const [host] = (facts.hosts as { value: [never] }).value as unknown as [object];
  const text = report({
    page: { view: `#/containers/${SECRET}`, origin: `http://me:hunter2@nas:9876` },
    transport: { sockets: `ws://127.0.0.1:1/?ticket=${SECRET}`, header: `Authorization: Bearer ${SECRET}` },
    session: { error: `refused ticket.${SECRET}` },
    sockets: [{ ...socket!, path, ends: [{ code: 1008, reason: `token ${SECRET} was revoked` }] }],
    hosts: { value: [{ ...host, url: `tcp://me:hunter2@nas:2376`, error: `password=hunter2` } as never] },
  });
  assert(!text.includes(SECRET.slice(0, 12)), text);
  assert(!text.includes("hunter2"), text);
});

for (
  const [text, expected] of [
    ["token=short", "token=[hidden]"],
    ["Cookie: dockstat=abc", "Cookie: [hidden]"],
    [`/containers/Localhost/${ID}`, `/containers/Localhost/${ID.slice(0, 12)}…`],
    [SECRET, "[hidden]"],
    ["tcp://user:pass@nas:2376", "tcp://[hidden]@nas:2376"],
    ["unix:///var/run/docker.sock", "unix:///var/run/docker.sock"],
    [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    ],
  ] as const
) {
  Deno.test(`"${text.slice(0, 30)}" leaves the page as "${expected.slice(0, 30)}"`, () => {
    assertEquals(withoutSecrets(text), expected);
  });
}
