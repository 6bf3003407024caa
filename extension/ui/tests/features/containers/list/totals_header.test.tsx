import { TestPage } from "../../../dom.ts";
import { assert } from "../../../../../../tests/assert.ts";
import {
  TotalsHeader,
  type TotalsHeaderProps,
} from "../../../../src/features/containers/list/totals_header.tsx";
import { TotalsHistory } from "../../../../src/features/containers/model/totals.ts";
import { host } from "../../../fakes/messages.ts";

const TOTALS = { containers: 5, running: 3, silent: 0, cpu: 100, memoryBytes: 1024 ** 3 };

function textOf(page: TestPage, totals: Partial<typeof TOTALS> = {}, props: Partial<TotalsHeaderProps> = {}) {
  const view = page.render(
    <TotalsHeader
      view={{ rows: [], totals: { ...TOTALS, ...totals }, second: 0 }}
      history={new TotalsHistory()}
      hosts={new Map([["Localhost", host({ cpus: 4, memoryBytes: 8 * 1024 ** 3 })]])}
      scale="core"
      {...props}
    />,
  );
  return view.container.textContent ?? "";
}

function hasParts(text: string, ...parts: readonly string[]): void {
  for (const part of parts) assert(text.includes(part), `${part} in ${text}`);
}

Deno.test("shows the number of running containers and their total usage", async () => {
  await using page = new TestPage();
  hasParts(textOf(page), "3", "5", "100 %", "1.00 GiB", "8.00 GiB");
});

Deno.test("shows CPU as a share of the host when chosen", async () => {
  await using page = new TestPage();
  hasParts(textOf(page, {}, { scale: "host" }), "25.0 %", "4");
});

Deno.test("adds up the capacity of reachable hosts", async () => {
  await using page = new TestPage();
  const hosts = new Map([
    ["a", host({ hostId: "a", cpus: 4, memoryBytes: 1024 ** 3 })],
    ["b", host({ hostId: "b", cpus: 4, memoryBytes: 1024 ** 3 })],
    ["c", host({ hostId: "c", cpus: 64, memoryBytes: 1024 ** 4, state: "down" })],
  ]);
  hasParts(textOf(page, {}, { scale: "host", hosts }), "12.5 %", "2.00 GiB", "3 hosts");
});

Deno.test("falls back to one core when the number of cores is unknown", async () => {
  await using page = new TestPage();
  hasParts(textOf(page, {}, { scale: "host", hosts: undefined }), "100 %");
});

Deno.test("shows no totals for silent hosts", async () => {
  await using page = new TestPage();
  const text = textOf(page, { silent: 5, running: 0 });
  assert(!text.includes("%") && !text.includes("GiB"), text);
});

Deno.test("counts containers on silent hosts separately", async () => {
  await using page = new TestPage();
  hasParts(textOf(page, { silent: 2 }), "3", "5", "2", "100 %");
});
