import { TestPage, within } from "../../dom.ts";
import { assertEquals, eventually } from "../../../../../tests/assert.ts";
import { LogDownload } from "../../../src/components/lines/log_download.tsx";
import type { LineText } from "../../../src/lib/lines/line.ts";
import type { ArchiveFile, LogArchive } from "../../../src/lib/lines/log_archive.ts";
import { openLogView } from "../../fakes/log_view.tsx";

/** Delay after which a file is released. */
const RELEASE_MS = 10_000;

const line = (text: string): LineText => ({ timestamp: "2026-08-01T12:00:00.000Z", text });

/** A log whose pages and address a test sets; saved files are recorded. */
function open(page: TestPage, archive: Partial<LogArchive>) {
  const files: Blob[] = [];
  const { createObjectURL } = URL;
  const { setTimeout: real } = globalThis;
  // A timer releases each file, which is of no concern here.
  const later = (run: () => void, ms?: number) => ms === RELEASE_MS ? 0 : real(run, ms);
  Object.assign(globalThis, { setTimeout: later });
  URL.createObjectURL = (blob) => {
    files.push(blob as Blob);
    return "blob:test";
  };
  const whole: LogArchive = {
    addressOf: () => Promise.resolve(undefined),
    async *read() {
      yield [line("old"), line("ERROR old")];
      yield [line("one")];
    },
    ...archive,
  };
  const log = openLogView(page, {
    controls: (state) => <LogDownload state={state} archive={whole} fileName="web.log.txt" />,
  });
  const dialog = async () => {
    await page.user.click(log.button(/download/i));
    return within(log.view.getByRole("dialog", { name: "Download" }));
  };
  return {
    ...log,
    files,
    dialog,
    [Symbol.dispose]() {
      URL.createObjectURL = createObjectURL;
      Object.assign(globalThis, { setTimeout: real });
      log.store[Symbol.dispose]();
    },
  };
}

Deno.test("saves the loaded lines with the times of the view", async () => {
  await using page = new TestPage();
  using log = open(page, {});
  await log.push("one", "two");
  const dialog = await log.dialog();
  await page.user.click(dialog.getByRole("radio", { name: "UTC" }));
  await page.user.click(dialog.getByRole("button", { name: "Download" }));
  assertEquals(await log.files[0]!.text(), "2026-08-01T12:00:00.000Z one\n2026-08-01T12:00:00.000Z two\n");
});

Deno.test("saves the whole log with the filters of the view", async () => {
  await using page = new TestPage();
  using log = open(page, {});
  await log.push("one", "ERROR two");
  await page.user.click(log.button(/^Error/));
  const dialog = await log.dialog();
  await page.user.click(dialog.getByRole("radio", { name: "Whole log" }));
  await page.user.click(dialog.getByRole("radio", { name: "No times" }));
  await page.user.click(dialog.getByRole("button", { name: "Download" }));
  const file = await eventually("the file", () => log.files[0]);
  assertEquals(await file.text(), "ERROR old\n");
});

for (const [isFiltered, levels] of [[true, ["error"]], [false, []]] as const) {
  Deno.test(`leaves the whole log ${isFiltered ? "with" : "without"} filters to the server`, async () => {
    await using page = new TestPage();
    const asked: ArchiveFile[] = [];
    const addressOf = (file: ArchiveFile) => {
      asked.push(file);
      return Promise.resolve("#saved");
    };
    using log = open(page, { addressOf });
    await log.push("one", "ERROR two");
    await page.user.click(log.button(/^Error/));
    const dialog = await log.dialog();
    await page.user.click(dialog.getByRole("radio", { name: "Whole log" }));
    await page.user.click(dialog.getByRole("radio", { name: "UTC" }));
    if (!isFiltered) await page.user.click(dialog.getByRole("checkbox"));
    await page.user.click(dialog.getByRole("button", { name: "Download" }));
    const { times, lines } = await eventually("the address", () => asked[0]);
    assertEquals<readonly unknown[]>([times, ...lines.filter.levels], ["utc", ...levels]);
    assertEquals(log.files, []);
  });
}

Deno.test("can be cancelled, and reports a failure", async () => {
  await using page = new TestPage();
  let signal: AbortSignal | undefined;
  const read = async function* (_span: unknown, stop: AbortSignal) {
    signal = stop;
    yield [line("old")];
    await new Promise((_resolve, reject) => stop.addEventListener("abort", () => reject(stop.reason)));
  };
  using log = open(page, { read });
  await log.push("one");
  const dialog = await log.dialog();
  await page.user.click(dialog.getByRole("radio", { name: "Whole log" }));
  await page.user.click(dialog.getByRole("button", { name: "Download" }));
  await dialog.findByText("1 line read…");
  await page.user.click(dialog.getByRole("button", { name: "Cancel" }));
  assertEquals([signal?.aborted, log.files], [true, []]);
});
