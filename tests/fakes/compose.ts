/** A fake of Compose, controlled by a test. */
import type {
  Compose,
  ComposeEnd,
  ComposeProject,
  ConfigView,
  ResolvedProject,
} from "../../server/compose/compose.ts";
import type { ProgressLine } from "../../server/compose/progress.ts";
import { parseProgressLine } from "../../server/compose/progress.ts";
import type { Container } from "../../server/docker/container.ts";
import { fakeContainer, type FakeEngine } from "./engine.ts";

/** Every run succeeds at once unless the test changes `work`. */
export class FakeCompose implements Compose {
  readonly runs: { readonly project: string; readonly args: readonly string[] }[] = [];
  /** Number of current runs. */
  running = 0;
  /** Largest number of concurrent runs so far. */
  maxRunning = 0;
  /** Work of a run; `write` writes a line to stderr. */
  work: (
    write: (line: string) => void,
    args: readonly string[],
    signal: AbortSignal,
    project: string,
    files: ComposeProject["files"],
  ) => Promise<ComposeEnd> = () => Promise.resolve({ code: 0, error: undefined });
  services = ["web"];
  /** Warnings that Compose prints when it resolves a project. */
  warnings: readonly string[] = [];
  /** Engine whose containers successful runs create, stop and remove. */
  engine: FakeEngine | undefined;
  /** Keys of the project that Compose reads beside the services of the test. */
  hidden: ((project: ComposeProject, view: ConfigView) => object) | undefined;
  /** Called before a project is resolved. */
  onConfig: (project: ComposeProject) => Promise<void> = () => Promise.resolve();

  async run(
    project: ComposeProject,
    args: readonly string[],
    onLine: (line: ProgressLine) => void,
    signal: AbortSignal,
  ): Promise<ComposeEnd> {
    this.runs.push({ project: project.name, args });
    this.maxRunning = Math.max(this.maxRunning, ++this.running);
    const write = (text: string) => {
      const line = parseProgressLine(text);
      if (line !== undefined) onLine(line);
    };
    try {
      const end = await this.work(write, args, signal, project.name, project.files);
      if (end.code === 0 && !signal.aborted) this.#change(project.name, args);
      return end;
    } finally {
      this.running--;
    }
  }

  versions(): ReturnType<Compose["versions"]> {
    return Promise.resolve({ used: "2.40.3", user: "2.40.3", skipped: [] });
  }

  #change(project: string, args: readonly string[]): void {
    const own = [...this.engine?.containers.values() ?? []].filter((container) =>
      container.project === project
    );
    const set = (changes: Partial<Container>) => {
      for (const container of own) this.engine?.put({ ...container, ...changes });
    };
    if (args.includes("up")) {
      for (
        const service of this.services.filter((name) => own.every((container) => container.service !== name))
      ) {
        this.engine?.put(fakeContainer(`${project}-${service}-1`, { project, service, number: 1 }));
      }
    }
    if (args.includes("stop")) set({ state: "exited", exitCode: 137, finishedAt: Date.now() });
    if (["start", "restart", "up"].some((name) => args.includes(name))) {
      set({ state: "running", finishedAt: null });
    }
    if (args.includes("down")) { for (const { name } of own) this.engine?.destroy(name); }
  }

  async config(
    project: ComposeProject,
    _signal: AbortSignal,
    view: ConfigView = "active",
  ): Promise<ResolvedProject> {
    if (view === "active") await this.onConfig(project);
    const services = Object.fromEntries(this.services.map((name) => [name, { image: "busybox:1" }]));
    return {
      code: 0,
      error: undefined,
      warnings: this.warnings,
      output: JSON.stringify({ services, ...this.hidden?.(project, view) }),
    };
  }
}
