import { looksSecret, toVariables } from "../../server/containers/environment.ts";
import { assertEquals } from "../assert.ts";

const SECRETS = [
  "DB_PASSWORD",
  "MYSQL_ROOT_PASSWD",
  "PGPASS",
  "api_key",
  "APIKEY",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "GITHUB_TOKEN",
  "SESSION_COOKIE",
  "SENTRY_DSN",
  "JWT",
  "SSH_PRIVATE",
  "TLS_KEY",
  "SLACK_WEBHOOK_URL",
  "BASIC_AUTH",
  "ConnectionString",
];
const PLAIN = [
  "PATH",
  "HOME",
  "LANG",
  "NGINX_VERSION",
  "KEYBOARD",
  "MONKEY",
  "AUTHOR",
  "PORT",
  "TZ",
  "SPIN",
  "PWD",
  "OLDPWD",
];

for (const name of SECRETS) {
  Deno.test(`the value of ${name} looks like a secret`, () => assertEquals(looksSecret(name, "x"), true));
}

for (const name of PLAIN) {
  Deno.test(`the value of ${name} does not look like a secret`, () => {
    assertEquals(looksSecret(name, "x"), false);
  });
}

Deno.test("an address with credentials looks like a secret under any name", () => {
  assertEquals(looksSecret("DATABASE_URL", "postgres://shop:hunter2@db/shop"), true);
  assertEquals(looksSecret("DATABASE_URL", "postgres://db/shop"), false);
});

Deno.test("masks secrets and keeps names, empty values and later equals signs", () => {
  assertEquals(toVariables(["A=1=2", "TOKEN=abc", "PASSWORD=", "ALONE", 7, null], false), [
    { name: "A", value: "1=2", masked: false },
    { name: "TOKEN", value: null, masked: true },
    { name: "PASSWORD", value: "", masked: false },
    { name: "ALONE", value: "", masked: false },
  ]);
});

Deno.test("shows secrets on request", () => {
  assertEquals(toVariables(["TOKEN=abc"], true), [{ name: "TOKEN", value: "abc", masked: false }]);
});

Deno.test("an environment of another type is empty", () => {
  for (const env of [undefined, null, "A=1", { A: "1" }, 5]) assertEquals(toVariables(env, true), []);
});
