import { assertEquals, assertRejects } from "../assert.ts";
import { AppError } from "../../server/errors.ts";
import { parseConfigFile } from "../../server/config/config_file.ts";

Deno.test("accepts addresses that requests to other places may reach", async () => {
  const file = await parseConfigFile(
    'outbound:\n  allow: ["127.0.0.1:8080", "[::1]:80", "127.0.0.2"]\n',
    "f.yaml",
  );
  assertEquals(file.outbound?.allow?.length, 3);
});

Deno.test("refuses a name as an allowed address, with its line and column", async () => {
  await assertRejects(
    () => parseConfigFile("outbound:\n  allow: [localhost:80]\n", "f.yaml"),
    AppError,
    'f.yaml:2:11: outbound.allow[0]: found "localhost:80": expected an address such as "127.0.0.1:8080"',
  );
});

Deno.test("refuses an unknown key of outbound", async () => {
  await assertRejects(
    () => parseConfigFile("outbound: {deny: []}\n", "f.yaml"),
    AppError,
    "allowed here is allow",
  );
});
