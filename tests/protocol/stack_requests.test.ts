import { Adoption, NewStack, StackChange, StackDraft } from "../../server/protocol/stack_requests.ts";
import { assertEquals } from "../assert.ts";
import * as v from "valibot";

const NAMES: readonly (readonly [name: unknown, isValid: boolean])[] = [
  ["web", true],
  ["0", true],
  ["a".repeat(63), true],
  ["a_b-c", true],
  ["constructor", true],
  ["", false],
  ["a".repeat(64), false],
  ["__proto__", false],
  ["-web", false],
  ["_web", false],
  ["Web", false],
  ["web\n", false],
  ["web\0", false],
  ["we b", false],
  ["wéb", false],
  ["ｗeb", false],
  ["../web", false],
  ["web/..", false],
  [7, false],
  [null, false],
  [["web"], false],
];

for (const [name, isValid] of NAMES) {
  Deno.test(`${isValid ? "accepts" : "refuses"} the stack name ${JSON.stringify(name).slice(0, 80)}`, () => {
    assertEquals(v.is(NewStack, { name, compose: "" }), isValid);
    assertEquals(v.is(Adoption, { project: name, hostId: "nas" }), isValid);
  });
}

const BODIES: readonly (readonly [what: string, schema: v.GenericSchema, body: unknown, isValid: boolean])[] =
  [
    ["a new stack without texts", NewStack, { name: "web" }, false],
    ["a new stack with an unknown key", NewStack, { name: "web", compose: "", folder: "/" }, false],
    ["a new stack with null for its env", NewStack, { name: "web", compose: "", env: null }, false],
    ["a new stack with text for a flag", NewStack, { name: "web", compose: "", deploy: "true" }, false],
    ["a new stack on a host without a name", NewStack, { name: "web", compose: "", hostId: "" }, false],
    ["a list", NewStack, [{ name: "web", compose: "" }], false],
    ["null", NewStack, null, false],
    ["a change of nothing", StackChange, {}, true],
    ["a change of one text", StackChange, { env: "" }, true],
    ["a change of the name", StackChange, { name: "db" }, false],
    ["a change of the host", StackChange, { hostId: "nas" }, false],
    ["a draft with an id", StackDraft, { compose: "", stack_id: 1 }, true],
    ["a draft with text for an id", StackDraft, { compose: "", stack_id: "1" }, false],
    ["a draft with NaN for an id", StackDraft, { compose: "", stack_id: NaN }, false],
    ["a draft without texts", StackDraft, { stack_id: 1 }, false],
    ["an adoption without a host", Adoption, { project: "web" }, false],
    ["a lone surrogate", StackDraft, { compose: "a\ud800" }, false],
    ["a lone surrogate in the env", StackChange, { env: "\udc00=1" }, false],
    ["letters beyond 16 bits", StackChange, { compose: "# 😀" }, true],
  ];

for (const [what, schema, body, isValid] of BODIES) {
  Deno.test(`${isValid ? "accepts" : "refuses"} ${what}`, () => {
    assertEquals(v.is(schema, body), isValid);
  });
}

for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
  Deno.test(`refuses a body with the unknown key ${key}`, () => {
    const body = JSON.parse(`{"compose": "a", ${JSON.stringify(key)}: {"deploy": true}}`);
    assertEquals(v.is(StackChange, body), false);
  });
}
