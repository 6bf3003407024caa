import { redactEnvValues } from "../../server/compose/env_values.ts";
import { assertEquals } from "../assert.ts";

for (
  const [env, said] of [
    ["PW=hunter2secret # prod db", 'exec: "hunter2secret": not found'],
    ['PW="hunter2secret" # prod', "hunter2secret"],
    ["PW: hunter2secret # prod", "hunter2secret"],
    ["PW='hunter2secret'", "hunter2secret"],
    ['PW="hunter2secret\nsecond-line"', "hunter2secret and second-line"],
    ["PW=${NOPE:-hunter2secret}", "hunter2secret"],
    ['PW="hunter2\\"secret"', 'hunter2"secret'],
    ["PW=pa$$word-secret", "pa$word-secret"],
  ] as const
) {
  Deno.test(`of ${JSON.stringify(env)} nothing is said`, () => {
    const clean = redactEnvValues(env)(said);
    assertEquals(/hunter2|second-line|word-secret/.test(clean), false, clean);
  });
}

Deno.test("a long line does not keep us busy", () => {
  redactEnvValues(`A=b${" ".repeat(500_000)}c`)("nothing");
});
