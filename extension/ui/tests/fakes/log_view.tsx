/** A log view of a store that a test fills. */
import type { TestPage } from "../dom.ts";
import { LogDownload } from "../../src/components/lines/log_download.tsx";
import { LogView, type LogViewProps } from "../../src/components/lines/log_view.tsx";
import type { LineText } from "../../src/lib/lines/line.ts";
import { LineStore } from "../../src/lib/lines/line_store.ts";
import type { LogPaging, PagingState } from "../../src/lib/lines/log_paging.ts";
import { Observable } from "../../src/lib/observable.ts";

/** Renders a log view of a store. */
export function openLogView(page: TestPage, props: Partial<LogViewProps> = {}, bounds?: LineStore["bounds"]) {
  const store = new LineStore(bounds);
  const view = page.render(
    <LogView
      store={store}
      name="The log"
      empty={<p>No lines</p>}
      controls={(state) => <LogDownload state={state} fileName="log.txt" />}
      {...props}
    />,
  );
  const push = (...lines: readonly (string | Partial<LineText>)[]) =>
    page.act(() => {
      for (const line of lines) {
        store.push({
          timestamp: "2026-08-01T12:00:00.000Z",
          text: "",
          ...typeof line === "string" ? { text: line } : line,
        });
      }
      store.flush();
    });
  // Open menus hide the log from roles.
  const shown = () =>
    [...view.container.querySelectorAll("[role=listitem] .text")].map(({ textContent }) => textContent);
  const button = (name: RegExp) => view.getByRole("button", { name });
  return { store, view, push, shown, button };
}

/** Paging that records its requests. */
export class FakePaging implements LogPaging {
  readonly calls: string[] = [];
  readonly state = new Observable<PagingState>({
    busy: undefined,
    atStart: false,
    error: undefined,
    target: undefined,
  });
  readonly older = () => this.#called("older");
  readonly newer = () => this.#called("newer");
  readonly jump = (at: number) => this.#called(`jump ${new Date(at).toISOString()}`);
  readonly open = (cursor: string) => this.#called(`open ${cursor}`);
  readonly toEnd = () => this.#called("end");

  async #called(what: string): Promise<void> {
    this.calls.push(what);
    await Promise.resolve();
  }
}
