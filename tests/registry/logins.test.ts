import { assertEquals } from "../assert.ts";
import { loginIn, loginsOf } from "../../server/registry/logins.ts";
import { freshFolder } from "../client.ts";

const CONFIG = {
  auths: {
    "https://index.docker.io/v1/": { auth: "aHVi" },
    "ghcr.io": { auth: "Z2hjcg==" },
    "https://quay.io": { auth: "cXVheQ==" },
    "bad.example": { auth: "a\r\nX-Injected: 1" },
    "helper.example": {},
  },
  credHelpers: { "helper.example": "pass" },
};

const FOUND: Readonly<Record<string, string | undefined>> = {
  "docker.io": "aHVi",
  "ghcr.io": "Z2hjcg==",
  "quay.io": "cXVheQ==",
  "bad.example": undefined,
  "helper.example": undefined,
  "ghcr.io.attacker.example": undefined,
  "__proto__": undefined,
};
for (const [registry, login] of Object.entries(FOUND)) {
  Deno.test(`finds ${login === undefined ? "no login" : "the login"} for ${registry}`, () => {
    assertEquals(loginIn(CONFIG, registry), login);
  });
}

Deno.test("reads the logins of the Docker CLI", async () => {
  const folder = freshFolder();
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(CONFIG));
  assertEquals(await loginsOf(folder)("ghcr.io"), "Z2hjcg==");
});

Deno.test("a missing or broken configuration has no logins", async () => {
  const folder = freshFolder();
  assertEquals(await loginsOf(undefined)("ghcr.io"), undefined);
  assertEquals(await loginsOf(folder)("ghcr.io"), undefined);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/config.json`, "{");
  assertEquals(await loginsOf(folder)("ghcr.io"), undefined);
});
