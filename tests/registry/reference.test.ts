import { assertEquals } from "../assert.ts";
import { parseReference, registryUrl } from "../../server/registry/reference.ts";

const DIGEST = `sha256:${"ab".repeat(32)}`;

const NAMES: Readonly<Record<string, readonly [string, string, string | undefined, string | undefined]>> = {
  "nginx": ["docker.io", "library/nginx", "latest", undefined],
  "nginx:1.27-alpine": ["docker.io", "library/nginx", "1.27-alpine", undefined],
  "bitnami/redis": ["docker.io", "bitnami/redis", "latest", undefined],
  "docker.io/nginx:1": ["docker.io", "library/nginx", "1", undefined],
  "index.docker.io/library/nginx:1": ["docker.io", "library/nginx", "1", undefined],
  "ghcr.io/a/b/c:v2": ["ghcr.io", "a/b/c", "v2", undefined],
  "localhost/app": ["localhost", "app", "latest", undefined],
  "registry.lan:5000/app:2": ["registry.lan:5000", "app", "2", undefined],
  "[::1]:5000/app": ["[::1]:5000", "app", "latest", undefined],
  [`nginx@${DIGEST}`]: ["docker.io", "library/nginx", undefined, DIGEST],
  [`nginx:1.27@${DIGEST}`]: ["docker.io", "library/nginx", "1.27", DIGEST],
};

for (const [name, [registry, repository, tag, digest]] of Object.entries(NAMES)) {
  Deno.test(`parses the image name ${name}`, () => {
    assertEquals(parseReference(name), { registry, repository, tag, digest });
  });
}

const REFUSED: readonly string[] = [
  "",
  DIGEST,
  "0123456789ab",
  "Nginx",
  "nginx:",
  "nginx:a b",
  "nginx:../../x",
  "nginx@sha256:12",
  `nginx@${DIGEST}@${DIGEST}`,
  `nginx@${DIGEST}\n`,
  "a/../b",
  "user:secret@host.example/app",
  "host.example?x/app",
  "host.example#/app",
  "host.example\\@other/app",
  `host.example/${"a".repeat(600)}`,
];

for (const name of REFUSED) {
  Deno.test(`refuses the image name ${JSON.stringify(name.slice(0, 40))}`, () => {
    assertEquals(parseReference(name), undefined);
  });
}

Deno.test("reads a registry over TLS, except on loopback", () => {
  assertEquals(registryUrl("docker.io"), "https://registry-1.docker.io");
  assertEquals(registryUrl("ghcr.io"), "https://ghcr.io");
  assertEquals(registryUrl("10.0.0.5:5000"), "https://10.0.0.5:5000");
  assertEquals(registryUrl("127.0.0.1:5000"), "http://127.0.0.1:5000");
  assertEquals(registryUrl("127.0.0.1.example"), "https://127.0.0.1.example");
});
