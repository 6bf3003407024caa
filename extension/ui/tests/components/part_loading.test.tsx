import { lazy, Suspense } from "react";
import { TestPage } from "../dom.ts";
import { assert, assertEquals } from "../../../../tests/assert.ts";
import { PartLoading } from "../../src/components/part_loading.tsx";

const SOURCES = new URL("../../src/", import.meta.url);

/** Files whose parts appear without a click, so no user waits for them. */
const QUIET = [
  "app/alert_count.tsx",
  "app/app.tsx",
  "app/sign_in/sign_in_page.tsx",
  "features/containers/list/containers_page.tsx",
  "features/containers/list/containers_toolbar.tsx",
  "features/containers/list/selection/selection_area.tsx",
  "features/containers/overview/attention_panel.tsx",
  "features/stacks/stacks_page.tsx",
];

async function* componentsIn(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* componentsIn(new URL(`${name}/`, folder));
    else if (name.endsWith(".tsx")) yield new URL(name, folder);
  }
}

Deno.test("shows a bar until the code of a part has arrived", async () => {
  const loaded = Promise.withResolvers<{ default: () => JSX.Element }>();
  const Part = lazy(() => loaded.promise);
  await using page = new TestPage();
  const view = page.render(
    <Suspense fallback={<PartLoading />}>
      <Part />
    </Suspense>,
  );
  assert(view.getByRole("progressbar", { name: "Loading" }));
  loaded.resolve({ default: () => <p>the part</p> });
  assert(await view.findByText("the part"));
  assertEquals(view.queryByRole("progressbar"), null);
});

Deno.test("every part that a click opens shows that it is loading", async () => {
  const found: string[] = [];
  for await (const url of componentsIn(SOURCES)) {
    const source = await Deno.readTextFile(url);
    if (/<Suspense>|<Suspense fallback=\{null\}>/.test(source)) {
      found.push(url.href.slice(SOURCES.href.length));
    }
  }
  assertEquals(found.sort(), QUIET);
});
