import { TestPage } from "../dom.ts";
import { assert, assertEquals } from "../../../../tests/assert.ts";
import { SilentConsole } from "../fakes/console.ts";
import { ErrorBoundary } from "../../src/components/error_boundary.tsx";

function Faulty({ message }: { readonly message: string | undefined }) {
  if (message !== undefined) throw new Error(message);
  return <p>All is well</p>;
}

function view(resetKey: string, message: string | undefined) {
  return <ErrorBoundary resetKey={resetKey}>{<Faulty message={message} />}</ErrorBoundary>;
}

Deno.test("shows a view without an error", async () => {
  await using page = new TestPage();
  assert(page.render(view("log", undefined)).getByText("All is well"));
});

Deno.test("shows the error instead of the view and offers a reload", async () => {
  await using page = new TestPage();
  using _console = new SilentConsole();
  const rendered = page.render(view("log", "no such thing"));
  const alert = rendered.getByRole("alert");
  assert(alert.textContent?.includes("no such thing"));
  assert(rendered.getByRole("button"));
  assertEquals(rendered.queryByText("All is well"), null);
});

Deno.test("resets the error for another view", async () => {
  await using page = new TestPage();
  using _console = new SilentConsole();
  const rendered = page.render(view("log", "no such thing"));
  rendered.rerender(view("stacks", undefined));
  assert(rendered.getByText("All is well"));
  assertEquals(rendered.queryByRole("alert"), null);
});

Deno.test("keeps the error for the same view", async () => {
  await using page = new TestPage();
  using _console = new SilentConsole();
  const rendered = page.render(view("log", "no such thing"));
  rendered.rerender(view("log", undefined));
  assert(rendered.getByRole("alert"));
});
