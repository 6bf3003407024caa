import { isLayerId, resourceOf } from "../../server/compose/resource.ts";
import { stateOfVerb, VERB } from "../../server/compose/verbs.ts";
import { assertEquals } from "../assert.ts";

for (
  const [id, parent, verb, kind, name, of] of [
    ["Network web_default", undefined, "Created", "network", "web_default", null],
    ["Volume web_data", undefined, "Created", "volume", "web_data", null],
    ["Container web-a-1", undefined, "Started", "container", "web-a-1", null],
    ["Image nginx:1.29", undefined, "Pulling", "image", "nginx:1.29", null],
    ["service:web:1", undefined, "Running", "service", "web", null],
    ["hook:web:post_start", undefined, "Running", "service", "web", null],
    ["web", undefined, "Pulling", "service", "web", null],
    ["shop/web:1", undefined, "Built", "image", "shop/web:1", null],
    ["7db2133dafb9", "web", "Downloading", "layer", "7db2133dafb9", "web"],
    ["7db2133dafb9", "Image nginx:1.29", "Downloading", "layer", "7db2133dafb9", "nginx:1.29"],
    ["7db2133dafb9", "", "Downloading", "layer", "7db2133dafb9", null],
    ["Toaster web", undefined, "Created", "service", "Toaster web", null],
    ["constructor web", undefined, "Created", "service", "constructor web", null],
    ["Container ", undefined, "Created", "service", "Container ", null],
    ["Network a\nb", undefined, "Created", "network", "a\nb", null],
    ["", undefined, "Created", "service", "", null],
  ] as const
) {
  Deno.test(`${JSON.stringify([id, parent, verb])} is the ${kind} ${JSON.stringify(name)}`, () => {
    assertEquals(resourceOf(id, parent, verb), { kind, name, parent: of });
  });
}

Deno.test("the id of a layer has 12 hexadecimal digits", () => {
  const ids = ["7db2133dafb9", "7db2133dafb", "7db2133dafb99", "7DB2133DAFB9", "7db2133dafbg", ""];
  assertEquals(ids.map(isLayerId), [true, false, false, false, false, false]);
});

for (
  const [state, verbs] of [
    ["done", [
      "Built",
      "Created",
      "Started",
      "Healthy",
      "Exited",
      "Pull complete",
      "Already exists",
      "Download complete",
    ]],
    ["working", [
      "Creating",
      "Pulling fs layer",
      "Downloading",
      "Extracting",
      "Verifying Checksum",
      "Waiting",
      "Recreate",
    ]],
    ["warning", [
      "Warning",
      "Interrupted",
      "Resource is still in use",
      'No resource found to remove for project "web"',
    ]],
    ["error", ["Error", "Error response from daemon"]],
    [undefined, ["", "created", "Errors", "Createdness", "constructor", "__proto__", "Done and dusted"]],
  ] as const
) {
  Deno.test(`the state of ${verbs.length} verbs is ${state ?? "unknown"}`, () => {
    assertEquals(verbs.map(stateOfVerb), verbs.map(() => state));
  });
}

Deno.test("a verb has one to three words and starts with a capital", () => {
  const texts = [
    "Created",
    "Pulling fs layer",
    "Image is up to date",
    "created",
    "Created!",
    "",
    "Pull  complete",
  ];
  assertEquals(texts.map((text) => VERB.test(text)), [true, true, false, false, false, false, false]);
});
