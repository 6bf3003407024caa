/** Secrets of channels: whatever happens to a delivery, they appear nowhere but in its request. */
import { assert, assertEquals, eventually } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { rawServer } from "../../fakes/outbound/raw_server.ts";
import { startProgram } from "../../program.ts";

const TOKEN = "a-token-for-the-test-of-secrets";
/** Beginning of every secret. */
const MARK = "s3cret-of-a-channel";

/** Returns a configuration whose channels answer, refuse, redirect, or cannot be reached. */
function configOf(ports: readonly number[], file: string): string {
  const urls = ports.map((_, index) =>
    `  - { id: hook${index}, name: Hook ${index}, kind: webhook, url: "env:URL${index}", headers: { x-key: "file:${file}" } }`
  );
  const kinds = [
    `{ id: mail, name: Mail, kind: email, host: 127.0.0.1, port: 1, security: none, user: u, password: "env:WORD", from: a@b.example, to: [c@d.example] }`,
    `{ id: missing, name: Missing, kind: ntfy, url: "env:NO_SUCH_VARIABLE", token: "env:WORD" }`,
    `{ id: broken, name: Broken, kind: gotify, url: "env:WORD", token: "env:WORD" }`,
  ];
  const ids = [...ports.map((_, index) => `hook${index}`), "mail", "missing", "broken"];
  return `outbound: { allow: [${ports.map((port) => `"127.0.0.1:${port}"`).join(", ")}] }
channels:
${[...urls, ...kinds.map((one) => `  - ${one}`)].join("\n")}
alerts:
  - { id: down, name: Down, when: { kind: state, state: host-down }, deliver: [${ids.join(", ")}] }
`;
}

/** Returns the bytes of every file of a folder as texts. */
async function* filesOf(folder: string): AsyncGenerator<readonly [path: string, text: string]> {
  for await (const { name, isFile, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesOf(path);
    if (isFile) yield [path, new TextDecoder("latin1").decode(await Deno.readFile(path))];
  }
}

Deno.test("secrets of channels appear in no answer, log line or file", async () => {
  await using taking = rawServer("HTTP/1.1 204 No Content\r\n\r\n");
  await using refusing = rawServer(`HTTP/1.1 403 No\r\nContent-Length: ${MARK.length}\r\n\r\n${MARK}`);
  await using redirecting = rawServer(
    `HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/${MARK}\r\nContent-Length: 0\r\n\r\n`,
  );
  await using nonsense = rawServer(`${MARK}\r\n`);
  const ports = [taking, refusing, redirecting, nonsense].map(({ port }) => port);
  using folder = temporaryFolder({ key: `${MARK}-of-the-file\n` });
  const data = folder.path("data");
  await Deno.writeTextFile(folder.path("dockstat.yaml"), configOf(ports, folder.path("key")));
  await using program = startProgram(
    ["--port", "0", "--data", data, "--config", folder.path("dockstat.yaml"), "--log-level", "debug"],
    {
      ...{ DOCKSTAT_TOKEN: TOKEN, DOCKER_HOST: "tcp://127.0.0.1:1", WORD: `${MARK}-word` },
      ...Object.fromEntries(ports.map((port, index) => [`URL${index}`, `http://127.0.0.1:${port}/${MARK}`])),
    },
  );
  const url = await program.url();
  const request = async (method: string, path: string) => {
    const answer = await fetch(url + path, { method, headers: { authorization: `Bearer ${TOKEN}` } });
    return [...answer.headers].join("\n") + await answer.text();
  };
  await eventually(
    "the deliveries",
    () => [taking, refusing, redirecting, nonsense].every(({ requests }) => requests.length > 0),
  );
  assert(taking.requests[0]!.includes(`/${MARK}`) && taking.requests[0]!.includes(`${MARK}-of-the-file`));
  const ids = ["hook0", "hook1", "hook2", "hook3", "mail", "missing", "broken"];
  const texts = [
    ...await Promise.all(ids.map((id) => request("POST", `/alerts/channels/${id}/test`))),
    ...await Promise.all(
      ["/alerts", "/alerts/rules", "/alerts/channels", "/logs?tail=1000", "/metrics", "/audit"]
        .map((path) => request("GET", path)),
    ),
  ];
  program.kill("SIGTERM");
  assertEquals(await program.status, 0);
  for (const text of [...texts, program.out, program.err]) {
    assert(!text.includes(MARK), `A secret is in: ${text.slice(0, 500)}`);
  }
  for await (const [path, text] of filesOf(data)) assert(!text.includes(MARK), `A secret is in ${path}`);
});
