import { checkLabels, checkName, type Labels } from "../../extension/package/label_rules.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { dockerfileLabels } from "./dockerfile.ts";

const VALID = await dockerfileLabels();

function faults(changes: Labels): string[] {
  return checkLabels({ ...VALID, ...changes });
}

Deno.test("the labels of the Dockerfile meet the rules of Docker Desktop", () => {
  assertEquals(checkLabels(VALID), []);
});

Deno.test("names each required label that is missing", () => {
  const required = Object.keys(VALID).filter((name) =>
    /(title|description|vendor)$|api\.version|extension\.icon|screenshots|publisher|categories|changelog/
      .test(name)
  );
  assertEquals(required.length, 10);
  for (const name of required) {
    assertEquals(faults({ [name]: "" }), [`label ${name}: missing or empty`]);
  }
});

Deno.test("reports an invalid label with the expected value", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["org.opencontainers.image.title", "DockStat Extension", 'must not contain "extension"'],
    ["com.docker.desktop.extension.api.version", "newest", 'such as ">= 0.3.4"'],
    ["com.docker.desktop.extension.icon", "https://example.org/icon.gif", ".svg, .png or .jpg"],
    ["com.docker.desktop.extension.icon", "icon.svg", "the https address"],
    ["com.docker.extension.publisher-url", "http://example.org", "an https address"],
    ["com.docker.extension.screenshots", "containers.png", '[{"alt":"…","url":"https://…"}]'],
    ["com.docker.extension.screenshots", '[{"alt":"","url":"https://example.org/a.png"}]', "expected JSON"],
    ["com.docker.extension.screenshots", "[]", "expected JSON"],
    ["com.docker.extension.additional-urls", '[{"alt":"a","url":"https://example.org"}]', '"title"'],
    ["com.docker.extension.categories", "utility-tools,monitoring", "one of ci-cd"],
  ];
  for (const [name, text, message] of cases) {
    const [sentence, ...others] = faults({ [name]: text });
    assertEquals(others, []);
    assertStringIncludes(sentence ?? "nothing", message);
  }
});

Deno.test("refuses a tag that is not a version", () => {
  assertEquals(checkName("dockstat/dockstat:1.2.0"), []);
  assertEquals(checkName("localhost:5000/dockstat:1.2.0-rc.1"), []);
  assertEquals(checkName("localhost:5000/dockstat").length, 1);
  assertStringIncludes(checkName("dockstat/dockstat:latest")[0] ?? "", 'found "latest": expected a version');
});
