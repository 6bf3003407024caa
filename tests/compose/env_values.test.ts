import { redactEnvValues } from "../../server/compose/env_values.ts";
import { assertEquals } from "../assert.ts";

for (
  const [env, text] of [
    ["PW=hunter2secret # prod db", 'exec: "hunter2secret": not found'],
    ['PW="hunter2secret" # prod', "hunter2secret"],
    ["PW: hunter2secret # prod", "hunter2secret"],
    ["PW='hunter2secret'", "hunter2secret"],
    ['PW="hunter2secret\nsecond-line"', "hunter2secret and second-line"],
    ["PW=${NOPE:-hunter2secret}", "hunter2secret"],
    ['PW="hunter2\\"secret"', 'hunter2"secret'],
    ["PW=pa$$word-secret", "pa$word-secret"],
    ['PW="hunter2\\tsecret\\x"', "Invalid containerPort: hunter2\tsecret\\x"],
    ['PW="hunter2\\n\\r\\a\\v\\\\secret"', "hunter2\n\r\x07\v\\secret"],
    ['PW="hunter2\\0101secret"', "hunter2Asecret"],
  ] as const
) {
  Deno.test(`redacts the values of ${JSON.stringify(env)}`, () => {
    const clean = redactEnvValues(env)(text);
    assertEquals(/hunter2|second-line|word-secret/.test(clean), false, clean);
  });
}

Deno.test("a long line is processed in linear time", () => {
  redactEnvValues(`A=b${" ".repeat(500_000)}c`)("nothing");
});

Deno.test("redacts the values of an env text in output of Compose", () => {
  const hide = redactEnvValues("# note\nPASS='pa$$word'\nexport KEY=s3cr3t-value\r\nN=1\nEMPTY=\n");
  assertEquals(hide("pa$$word and pa$word, s3cr3t-value, N=1"), "[redacted] and [redacted], [redacted], N=1");
  assertEquals(
    hide('unexpected character in variable name near "SECRET x"'),
    "unexpected character in variable name near [redacted]",
  );
  assertEquals(
    hide(`unexpected character "'" in variable name "'b-part-of-a-value'"`),
    `unexpected character "'" in variable name [redacted]`,
  );
});
