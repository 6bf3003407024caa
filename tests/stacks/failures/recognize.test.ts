import { recognizeFailure } from "../../../server/stacks/failures/recognize.ts";
import { assertEquals } from "../../assert.ts";

const RECORDED = new URL("../../fixtures/compose/recorded/", import.meta.url);

/** Returns the error that a recorded Compose printed last. */
function recordedError(version: string, name: string): string {
  const text = Deno.readTextFileSync(new URL(`${version}/${name}.json.stderr`, RECORDED));
  const errors = text.split("\n").filter((line) => line.includes('"error":true'));
  return JSON.parse(errors.at(-1)!).message;
}

for (
  const [name, kind, subjects] of [
    ["up-failing-port", "port-in-use", ["18080", "18080"]],
    ["up-failing-image", "image-not-found", [
      "127.0.0.1:5000/shop/missing:1",
      "127.0.0.1:5000/shop/missing:1",
    ]],
    ["pull-failing", "image-not-found", ["127.0.0.1:5000/shop/missing:1", "127.0.0.1:5000/shop/missing:1"]],
    ["up-failing-registry", "registry-unreachable", ["127.0.0.1:5999", "127.0.0.1:5999"]],
    ["up-unhealthy-dependency", "unhealthy", ["shop-db-1", "shop-db-1"]],
    ["up-oneshot-failing", "failed-dependency", ["migrate", "migrate"]],
    ["up-existing-name", "name-in-use", ["blocker", "blocker"]],
    ["build-failing", "build-failed", [
      "echo compiling && cat /missing",
      "echo compiling && cat /missing",
    ]],
  ] as const
) {
  Deno.test(`recognizes ${kind} in the recording ${name}`, () => {
    for (const [index, version] of ["2.40", "5"].entries()) {
      const { kind: found, subject } = recognizeFailure(recordedError(version, name));
      assertEquals([found, subject], [kind, subjects[index]!], version);
    }
  });
}

for (
  const [error, kind, subject] of [
    [
      "Error response from daemon: failed to set up container networking: driver failed programming external " +
      "connectivity on endpoint web (ab): failed to bind host port for 127.0.0.1:8080:172.18.0.2:80/tcp: " +
      "address already in use",
      "port-in-use",
      "8080",
    ],
    ["listen tcp4 0.0.0.0:80: bind: address already in use", "port-in-use", "80"],
    [
      "Error response from daemon: pull access denied for private/app, repository does not exist or may require " +
      "'docker login': denied: requested access to the resource is denied",
      "authentication",
      "private/app",
    ],
    [
      'Error response from daemon: Head "http://127.0.0.1:5000/v2/app/manifests/1": no basic auth credentials',
      "authentication",
      "127.0.0.1:5000",
    ],
    [
      'failed to resolve reference "r.example/app:1": failed to authorize: authorization failed: no basic auth credentials',
      "authentication",
      "r.example/app:1",
    ],
    ["toomanyrequests: You have reached your pull rate limit", "rate-limit", ""],
    ["write /var/lib/docker/tmp/x: no space left on device", "no-space", ""],
    [
      'Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host',
      "registry-unreachable",
      "registry.example",
    ],
    ["Docker daemon not reachable", "engine-unreachable", ""],
    ["Something new", "unknown", ""],
  ] as const
) {
  Deno.test(`recognizes ${kind} in "${error.slice(0, 60)}"`, () => {
    const found = recognizeFailure(error);
    assertEquals([found.kind, found.subject], [kind, subject]);
  });
}

Deno.test("a hostile text is searched in time", () => {
  const texts = [
    'Head "http://'.repeat(20_000),
    'failed to resolve reference "a'.repeat(20_000),
    "a/".repeat(1e6),
  ];
  assertEquals(texts.map((text) => recognizeFailure(text).kind), ["unknown", "unknown", "unknown"]);
});
