import { assertEquals } from "../../../../../tests/assert.ts";
import { withoutSecrets } from "../../../src/features/diagnostics/without_secrets.ts";

const RANDOM = "kJ3_x9QmZ0-aB7cD1eF5gH8iL2nO4pR6";
const ID = "0123456789abcdef".repeat(4);

for (
  const [text, expected] of [
    ["?token=abc&history=1h", "?token=[hidden]&history=1h"],
    ["TOKEN: abc", "TOKEN: [hidden]"],
    ["ticket.abc refused", "ticket.[hidden] refused"],
    ["password hunter2 is wrong", "password [hidden] is wrong"],
    ["Authorization: Bearer abc", "Authorization: [hidden]"],
    ["authorization: Basic dXNlcjpwdw==", "authorization: [hidden]"],
    ["Cookie: dockstat=abc; theme=dark", "Cookie: [hidden]; theme=dark"],
    ["DOCKSTAT_TOKEN=abc", "DOCKSTAT_TOKEN=[hidden]"],
    ["MYSQL_ROOT_PASSWORD: hunter2", "MYSQL_ROOT_PASSWORD: [hidden]"],
    ["access_token=abc, retry", "access_token=[hidden], retry"],
    ["client-secret=abc", "client-secret=[hidden]"],
    ['{"token":"abc","user":"me"}', '{"token":"[hidden]","user":"me"}'],
    ["{'password': 'hunter2'}", "{'password': '[hidden]'}"],
    ['password="hunter2"', 'password="[hidden]"'],
  ] as const
) {
  Deno.test(`hides the secret in ${text}`, () => {
    assertEquals(withoutSecrets(text), expected);
  });
}

for (
  const [text, expected] of [
    ["ssh://me@nas", "ssh://[hidden]@nas"],
    ["tcp://me:hunter2@nas:2376", "tcp://[hidden]@nas:2376"],
    ["tcp://me:p@ss@nas:2376", "tcp://[hidden]@nas:2376"],
    ["http://a:b@one and http://c:d@two", "http://[hidden]@one and http://[hidden]@two"],
  ] as const
) {
  Deno.test(`hides the credentials in ${text}`, () => {
    assertEquals(withoutSecrets(text), expected);
  });
}

Deno.test("hides a long random text at any position", () => {
  assertEquals(withoutSecrets(`${RANDOM} and /x/${RANDOM}/y`), "[hidden] and /x/[hidden]/y");
});

Deno.test("shortens a container id", () => {
  assertEquals(withoutSecrets(`no container ${ID}.`), `no container ${ID.slice(0, 12)}….`);
});

for (
  const text of [
    "Docker 28.5.2, API 1.51, linux, 4 CPUs, 7.75 GiB",
    "unix:///var/run/docker.sock",
    "http://127.0.0.1:9876/#/containers/Localhost",
    "https://hub.docker.com/r/library/nginx@1.29",
    "connected; last closed with 1006 (connection lost); /stacks?since=41",
    "view only, without the token",
    "tokens are never logged",
  ]
) {
  Deno.test(`hides nothing in ${text}`, () => {
    assertEquals(withoutSecrets(text), text);
  });
}
