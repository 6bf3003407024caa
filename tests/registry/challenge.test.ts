import { assert, assertEquals } from "../assert.ts";
import { mayReceiveLogin, parseChallenge, tokenUrl } from "../../server/registry/challenge.ts";

const HUB = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"';

Deno.test("parses the sign-in of Docker Hub", () => {
  const challenge = parseChallenge(HUB);
  assert(challenge?.kind === "bearer");
  assertEquals(
    tokenUrl(challenge, "library/nginx"),
    "https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Alibrary%2Fnginx%3Apull",
  );
});

Deno.test("parses basic authentication", () => {
  assertEquals(parseChallenge('Basic realm="Registry"'), { kind: "basic" });
});

const UNKNOWN = [
  undefined,
  "",
  "Digest realm=x",
  "Bearer",
  'Bearer realm="not a url"',
  `Bearer ${"x".repeat(5000)}`,
];
for (const header of UNKNOWN) {
  Deno.test(`does not accept the challenge ${header?.slice(0, 30)}`, () => {
    assertEquals(parseChallenge(header), undefined);
  });
}

const REALMS: readonly (readonly [string, string, boolean])[] = [
  ["https://auth.docker.io/token", "https://registry-1.docker.io", true],
  ["https://ghcr.io/token", "https://ghcr.io", true],
  ["http://ghcr.io/token", "https://ghcr.io", false],
  ["https://ghcr.io:444/token", "https://ghcr.io", false],
  ["https://auth.docker.io/token", "https://ghcr.io", false],
  ["https://ghcr.io.attacker.example/token", "https://ghcr.io", false],
  ["http://auth.docker.io/token", "https://registry-1.docker.io", false],
  ["http://127.0.0.1:5000/token", "http://127.0.0.1:5000", true],
  ["http://127.0.0.1:5001/token", "http://127.0.0.1:5000", false],
];
for (const [realm, registry, may] of REALMS) {
  Deno.test(`${may ? "sends" : "does not send"} the login of ${registry} to ${realm}`, () => {
    assertEquals(mayReceiveLogin(realm, registry), may);
  });
}
