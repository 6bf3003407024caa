import { checkLabels, checkName, type Labels } from "../../extension/package/label_rules.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { dockerfileLabels } from "./dockerfile.ts";

const GOOD = await dockerfileLabels();

function faults(changes: Labels): string[] {
  return checkLabels({ ...GOOD, ...changes });
}

Deno.test("the labels of the Dockerfile are as Docker Desktop asks", () => {
  assertEquals(checkLabels(GOOD), []);
});

Deno.test("each label that Docker Desktop demands is missed by its name", () => {
  const demanded = Object.keys(GOOD).filter((name) =>
    /(title|description|vendor)$|api\.version|extension\.icon|screenshots|publisher|categories|changelog/
      .test(name)
  );
  assertEquals(demanded.length, 10);
  for (const name of demanded) {
    assertEquals(faults({ [name]: "" }), [`label ${name}: it is missing or empty`]);
  }
});

Deno.test("what Docker Desktop does not take in a label is told with what it takes", () => {
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
  for (const [name, text, words] of cases) {
    const [sentence, ...others] = faults({ [name]: text });
    assertEquals(others, []);
    assertStringIncludes(sentence ?? "nothing", words);
  }
});

Deno.test("a tag that is no version is refused", () => {
  assertEquals(checkName("dockstat/dockstat:1.2.0"), []);
  assertEquals(checkName("localhost:5000/dockstat:1.2.0-rc.1"), []);
  assertEquals(checkName("localhost:5000/dockstat").length, 1);
  assertStringIncludes(checkName("dockstat/dockstat:latest")[0] ?? "", 'found "latest": expected a version');
});
