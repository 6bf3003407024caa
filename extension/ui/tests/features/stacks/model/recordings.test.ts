/** Recorded output of Compose through parser, events and wire to the page: its states must be those of Compose. */
import { BuildOutput } from "../../../../../../server/compose/build_output.ts";
import { parseProgressLine, type ProgressLine } from "../../../../../../server/compose/progress.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { DetailedStackEvent } from "../../../../../../server/protocol/stack_events.ts";
import {
  errorEvent,
  operationOwner,
  progressEvent,
  statusEvent,
} from "../../../../../../server/stacks/progress/events.ts";
import { ProgressFilter } from "../../../../../../server/stacks/progress/progress_filter.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { foldEvent, type Run } from "../../../../src/features/stacks/model/runs.ts";

const RECORDINGS = new URL("../../../../../../tests/fixtures/compose/recorded/", import.meta.url);
const VERSIONS = ["2.40", "5"];

const OPERATION: Operation = {
  ...{
    operation_id: 1,
    stack_id: 12,
    project: "shop",
    hostId: "Localhost",
    target: { kind: "stack", name: "shop", id: "12" },
    action: "deploying",
    state: "running",
  },
  ...{
    created_at: "2026-08-01T12:00:00.000Z",
    started_at: null,
    ended_at: null,
    exit_code: null,
    error: null,
  },
};

/** The state of each text of Compose 2, from its `NewEvent()` and `progress.Event` calls; other texts are errors. */
const VERSION_2: Readonly<Record<string, string>> = {
  ...of("working", "Building Creating Pulling Recreate Removing Restarting Starting Stopping Waiting"),
  ...of("working", "Downloading Extracting Pulling_fs_layer Verifying_Checksum"),
  ...of("done", "Built Created Exited Healthy Pulled Recreated Removed Running Started Stopped"),
  ...of("done", "Already_exists Download_complete Pull_complete"),
  ...of("done", "Skipped_-_Image_can_be_built Skipped_-_No_image_to_be_pulled"),
  ...of("warning", "Interrupted Resource_is_still_in_use Warning"),
};

function of(state: string, texts: string): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.split(" ").map((text) => [text.replaceAll("_", " "), state]));
}

/** A step and the state that Compose gives it, read from the line without the parser. */
function expected(
  line: string,
  isPlain: boolean,
): { readonly name: string; readonly state: string } | undefined {
  if (isPlain) {
    const [, id, rest = ""] =
      /^ (?:(?:Network|Volume|Container|Image|Service) )?([\w./:-]+) {1,2}(\S.*?) *$/.exec(line) ?? [];
    if (id === undefined) return undefined;
    const name = withoutNumber(id);
    const text = rest.replace(/ +\[[=> -]*\].*$| +[\d.]+[kM]?B$/, "").replace(
      /^(Error|Warning|Skipped) (?!-).*/,
      "$1",
    );
    return { name, state: VERSION_2[text] ?? (text === "Skipped" ? "done" : "error") };
  }
  const { id, status, text } = line.startsWith("{") ? JSON.parse(line) : {};
  if (id === undefined) return undefined;
  const name = id.replace(/^(Network|Volume|Container|Image|Service) /, "").replace(
    /^service:(.+):\d+$/,
    "$1",
  );
  const stated = { Working: "working", Done: "done", Warning: "warning", Error: "error" }[status as string];
  return { name, state: stated ?? VERSION_2[text ?? status] ?? "error" };
}

/** The service of an internal id such as "service:web:1". */
function withoutNumber(id: string): string {
  return id.replace(/^service:(.+):\d+$/, "$1");
}

/** The page's run while lines arrive. */
class Page {
  run: Run | undefined;
  readonly #filter = new ProgressFilter();

  show(line: ProgressLine | undefined): void {
    if (line?.kind === "warning") this.#fold(progressEvent(OPERATION, line.message, { state: "warning" }));
    if (line === undefined) return;
    for (const { step, message } of this.#filter.take(line)) {
      this.#fold(progressEvent(OPERATION, message, step));
    }
  }

  end(code: number): void {
    const owner = operationOwner(OPERATION);
    this.#fold(code === 0 ? statusEvent(owner, "deployed", "", "running") : errorEvent(OPERATION, "failed"));
  }

  stateOf(name: string): string | undefined {
    return this.run?.resources.find((resource) => resource.name === name)?.state;
  }

  #fold(event: DetailedStackEvent): void {
    this.run = foldEvent(this.run, JSON.parse(JSON.stringify(event)));
  }
}

async function text(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(name, RECORDINGS));
}

const END = {
  working: { ok: "done", failed: "failed" },
  done: "done",
  warning: "warning",
  error: "error",
} as const;

for (const version of VERSIONS) {
  for await (const { name: file } of Deno.readDir(new URL(`${version}/`, RECORDINGS))) {
    const [, scenario, form] = /^(.+)\.(json|plain)\.stderr$/.exec(file) ?? [];
    if (scenario === undefined) continue;
    // Plain text of Compose 5 does not mark a warning, and DockStat never asks for it.
    if (version === "5" && form === "plain" && /down-profile|pull-build-image/.test(scenario)) continue;
    Deno.test(`shows the states of Compose ${version} in ${scenario} (${form})`, async () => {
      const page = new Page();
      const states = new Map<string, string>();
      const wrong: string[] = [];
      let warnings = 0;
      for (const line of (await text(`${version}/${file}`)).split("\n")) {
        page.show(parseProgressLine(line));
        if (/"level":"warning"|level=warning|"tail":true,"text":"WARNING|^WARNING: /.test(line)) warnings++;
        const step = expected(line, form === "plain");
        if (step === undefined) continue;
        states.set(step.name, step.state);
        const shown = page.stateOf(step.name);
        if (shown !== step.state) wrong.push(`${line}: ${shown} instead of ${step.state}`);
      }
      const code = Number(await text(`${version}/${scenario}.exit`));
      page.end(code);
      for (const [name, state] of states) {
        const end = END[state as keyof typeof END];
        const last = typeof end === "string" ? end : end[code === 0 ? "ok" : "failed"];
        if (page.stateOf(name) !== last) {
          wrong.push(`${name} at the end: ${page.stateOf(name)} instead of ${last}`);
        }
      }
      assertEquals(wrong, []);
      assertEquals(page.run?.warnings.length ?? 0, warnings);
    });
  }
}

for (const version of VERSIONS) {
  for (const scenario of ["build", "build-without-buildx", "build-classic"]) {
    for (const form of ["json", "plain"]) {
      Deno.test(`shows the steps of ${scenario} with Compose ${version} (${form})`, async () => {
        for (const failing of [false, true]) {
          const name = failing ? `${scenario}-failing` : scenario;
          const page = new Page();
          const output = new BuildOutput();
          const lines = (await text(`${version}/${name}.${form}.stdout`)).split("\n").flatMap((line) =>
            output.parse(line)
          );
          lines.forEach((line) => page.show(line));
          page.end(failing ? 1 : 0);
          const steps = page.run!.resources.map((
            { name, state },
          ) => [name.replace(/^.*(?=RUN )/, ""), state]);
          const states = Object.fromEntries(steps);
          assertEquals(states["RUN cat /hello && sleep 1"], "done");
          const last = failing
            ? states["RUN echo compiling && cat /missing"]
            : states["RUN echo second step"];
          assert(failing ? last === "error" || last === "failed" : last === "done", `${name}: ${last}`);
          const printed = lines.filter(({ kind }) => kind === "output").map((line) =>
            "message" in line && line.message
          );
          assert(printed.join("\n").includes(failing ? "compiling" : "hello"), printed.join("\n"));
        }
      });
    }
  }
}

Deno.test("warns that a volume keeps its old settings", async () => {
  for (const version of VERSIONS) {
    for (const form of ["json", "plain"]) {
      const page = new Page();
      const output = new BuildOutput();
      output.parse(await text(`${version}/up-volume-changed.${form}.stdout`)).forEach((line) =>
        page.show(line)
      );
      page.end(0);
      const [volume] = page.run!.resources;
      assertEquals([volume?.label, volume?.state], ["volume shop_data", "warning"]);
      assert(volume?.text.includes("keeps"), volume?.text);
    }
  }
});

Deno.test("shows the bytes of each layer below its image", async () => {
  for (const version of VERSIONS) {
    const filter = new ProgressFilter();
    const reports = (await text(`${version}/pull-layers.json.stderr`)).split("\n").flatMap((line) => {
      const parsed = parseProgressLine(line);
      return parsed === undefined ? [] : filter.take(parsed);
    });
    const layers = reports.filter(({ step }) => step.resource?.kind === "layer");
    assert(
      layers.some(({ step: { current, total } }) => current !== null && total !== null && current < total),
    );
    assert(
      layers.every(({ step: { resource, percent }, detailOnly }) =>
        detailOnly && resource?.parent && (percent ?? 0) <= 100
      ),
    );
    const perVerb = Map.groupBy(layers, ({ step: { resource, verb } }) => `${resource?.name} ${verb}`);
    assert([...perVerb.values()].every((all) => all.length <= 12), "at most one event per ten percent");
  }
});
