import { RowProgress } from "../../server/cli/progress.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";

Deno.test("shows one row per resource on a terminal, with its newest message and its duration", () => {
  let now = 0;
  const screens: string[] = [];
  {
    const size = () => ({ columns: 40, rows: 3 });
    using rows = new RowProgress((text) => screens.push(text), size, () => now);
    const network = { kind: "network", name: "web_default", parent: null } as const;
    rows.report("deploying", {
      message: "Creating network web_default",
      resource: network,
      state: "working",
    });
    now = 1500;
    rows.report("deploying", { message: "Created network web_default", resource: network, state: "done" });
    const web = { kind: "service", name: "web", parent: null } as const;
    rows.report("deploying", { message: "Pulling web: 20 %", resource: web, state: "working" });
    now = 2000;
    const container = { kind: "container", name: "web-a-1", parent: null } as const;
    rows.report("deploying", {
      message: "Creating container\x1b[2J web-a-1",
      resource: container,
      state: "working",
    });
  }
  assertEquals(screens[0], "\r\x1b[2KCreating network web_default  0.0s\n\x1b[J");
  assertStringIncludes(screens[2]!, "\x1b[1A\r\x1b[2KCreated network web_default  1.5s\n");
  // Three rows do not fit; control sequences in a message are shown as text.
  assertEquals(
    screens.at(-1),
    "\x1b[2A\r\x1b[2K… 2 more above\n\x1b[2KCreating container [2J web-a-1\n\x1b[J",
  );
});

Deno.test("shows the bytes of a pull that is running, and none once it is done", () => {
  const screens: string[] = [];
  {
    using rows = new RowProgress((text) => screens.push(text), () => ({ columns: 80, rows: 9 }), () => 0);
    const resource = { kind: "image", name: "a", parent: null } as const;
    const bytes = { current: 12 * 1024 ** 2, total: 30 * 1024 ** 2 };
    rows.report("deploying", { message: "Pulling a: 40 %", resource, state: "working", ...bytes });
    rows.report("deploying", { message: "Pulled image a", resource, state: "done", ...bytes });
  }
  assertStringIncludes(screens[0]!, "Pulling a: 40 % (12 MiB of 30 MiB)");
  assertStringIncludes(screens[1]!, "Pulled image a\n");
});

Deno.test("shows a warning beside the rows, and resources of the same name apart", () => {
  let screen = "";
  {
    const size = () => ({ columns: 80, rows: 9 });
    using rows = new RowProgress((text) => screen = text, size, () => 0);
    rows.report("deploying", { message: "The variable is not set.", resource: null, state: "warning" });
    for (const kind of ["network", "volume"] as const) {
      const resource = { kind, name: "__proto__", parent: null };
      rows.report("deploying", { message: `Created ${kind} __proto__`, resource, state: "done" });
    }
  }
  for (
    const row of [
      "Warning: The variable is not set.",
      "Created network __proto__",
      "Created volume __proto__",
    ]
  ) {
    assertStringIncludes(screen, `${row}\n`);
  }
});
