import { sentence } from "../../../server/stacks/progress/sentence.ts";
import { assertEquals } from "../../assert.ts";

for (
  const [what, id, kind, verb, reason, expected] of [
    ["a verb of two words", "Container a", "container", "Being odd", undefined, "container a: Being odd"],
    ["a verb in lower case", "Container a", "container", "pulling", undefined, "container a: pulling"],
    ["an id without a kind", "a", "container", "Starting", undefined, "Starting a"],
    ["a secret", "Secret a", "secret", "Created", undefined, "Created secret a"],
    ["a service with its kind", "Service a", "service", "Building", undefined, "Building service a"],
    ["a service without its kind", "a", "service", "Building", undefined, "Building a"],
    ["a step", "step:a", "step", "Running", undefined, "Running a"],
    ["an interruption", "Image a", "image", "Interrupted", undefined, "image a: Interrupted"],
    ["a warning", "Image a", "image", "Warning", "no such image", "image a: no such image"],
    ["a skipped image", "Image a", "image", "Skipped", "built here", "image a: Skipped - built here"],
  ] as const
) {
  Deno.test(`the sentence about ${what} is "${expected}"`, () => {
    const resource = { kind, name: "a", parent: null };
    const state = "working";
    const bytes = { current: undefined, total: undefined };
    assertEquals(sentence({ kind: "resource", id, resource, state, verb, reason, ...bytes }), expected);
  });
}
