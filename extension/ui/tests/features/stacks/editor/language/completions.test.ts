import { assert, assertEquals } from "../../../../../../../tests/assert.ts";
import { completionsAt, tagAt } from "../../../../../src/features/stacks/editor/language/completions.ts";

const BASE = "services:\n  web:\n    image: nginx\n  db:\n    image: db\nnetworks:\n  front:\n";

/** Returns the texts that can be typed at the end, as far as they begin with what is typed. */
function offered(text: string, env = ""): readonly string[] {
  const found = completionsAt(text, text.length, env);
  return found?.options.filter(({ label }) => label.startsWith(found.typed)).map(({ apply }) => apply) ?? [];
}

Deno.test("completes a key of a service with its colon", () => {
  assertEquals(offered("services:\n  web:\n    por"), ["ports:"]);
  assertEquals(offered("services:\n  web:\n    ima"), ["image: "]);
});

Deno.test("completes the values of an enumeration", () => {
  assert(
    offered("services:\n  web:\n    depends_on:\n      db:\n        condition: service_h").includes(
      "service_healthy",
    ),
  );
});

Deno.test("completes names of services and networks", () => {
  assertEquals(offered(`${BASE}  x:\nservices:\n  web:\n    networks:\n      - f`), ["front"]);
  const text = BASE.replace("  db:", "    depends_on:\n      - d\n  db:");
  const at = text.indexOf("- d\n") + 3;
  assertEquals(completionsAt(text, at, "")?.options.map(({ apply }) => apply), ["db"]);
});

Deno.test("completes the variables of the environment", () => {
  assertEquals(offered("services:\n  web:\n    image: nginx:${TA", "TAG=1\nOTHER=2"), ["TAG"]);
  assertEquals(offered("services:\n  web:\n    image: nginx:$$TA", "TAG=1"), []);
});

Deno.test("offers nothing in a comment or at a free name", () => {
  assertEquals(offered("services:\n  web:\n    # por"), []);
  assertEquals(offered("services:\n  we"), []);
});

Deno.test("finds the image whose tag is typed, with the registry's port", () => {
  const typed = (line: string) => {
    const text = `services:\n  web:\n    ${line}`;
    return tagAt(text, text.length);
  };
  assertEquals(typed("image: nginx:1."), { image: "nginx", typed: "1." });
  assertEquals(typed("image: registry.lan:5000/app:"), { image: "registry.lan:5000/app", typed: "" });
  assertEquals(typed("image: nginx"), undefined);
  assertEquals(typed("image: nginx:${TAG"), undefined);
  assertEquals(typed("user: nginx:1"), undefined);
});
