/** A stack with one service whose updates a test decides, and automatic updates of it. */
import { eventually } from "../../assert.ts";
import type { Container } from "../../../server/docker/container.ts";
import { freshFolder } from "../../client.ts";
import { openHistory } from "../../../server/history/open.ts";
import type { ImageUpdate } from "../../../server/protocol/images/updates.ts";
import { type OpenStacks, openStacks } from "../../../server/stacks/open.ts";
import type { StoredService } from "../../../server/store/stack_record.ts";
import { Feed } from "../../../server/stats/feed.ts";
import { Nightly } from "../../../server/updates/automatic/nightly.ts";
import { ManagedServices } from "../../../server/updates/managed_services.ts";
import type { TimeWindow } from "../../../server/time_window.ts";
import { FakeCompose } from "../../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { QUICK } from "../../fakes/times.ts";

/** Digests before and after the update. */
export const [OLD, NEW] = ["1", "2"].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];
/** Compose text with the policy. */
export const TEXT = "services:\n  web:\n    image: busybox:1\n    labels: { dockstat.update: nightly }\n";

const ALWAYS: TimeWindow = { from: "00:00", to: "00:00", zone: "UTC" };
const SINCE = "2026-08-01T00:00:00.000Z";

/** Conditions of a test. */
export interface NightOptions {
  readonly text?: string;
  readonly window?: TimeWindow | undefined;
  /** Digest and container at the begin. */
  readonly initial?: readonly [digest: string, changes: Partial<Container>];
  /** Container after the update. */
  readonly updated?: Partial<Container>;
  readonly data?: string;
  readonly healthyMs?: number;
  /** Called when Compose runs; a rejection is a failed run. */
  readonly onRun?: (args: readonly string[]) => void | Promise<void>;
}

/** A stack with automatic updates. */
export interface Night extends AsyncDisposable {
  readonly data: string;
  readonly host: FakeHost;
  readonly compose: FakeCompose;
  readonly opened: OpenStacks;
  readonly stackId: number;
  /** Checks of the registries, with their number. */
  readonly updates: { checks: number };
  /** States of the updates, newest first. */
  readonly states: () => string[];
  /** Starts automatic updates. */
  readonly start: () => Nightly;
}

/** An engine with the container of the service. */
class FakeHost {
  digest = OLD;
  readonly engine = new FakeEngine();

  constructor() {
    this.engine.onCall = ({ path }) =>
      path.startsWith("/images/") ? { RepoDigests: [`busybox@${this.digest}`] } : [LISTED];
  }

  set(digest: string, changes: Partial<Container>): void {
    this.digest = digest;
    const service = { project: "shop", service: "web", number: 1, health: "healthy" };
    this.engine.put({ ...fakeContainer("shop-web-1", service), ...changes });
  }
}

/** Opens the stack of a folder, which is created if it is new. */
export async function openNight(options: NightOptions = {}): Promise<Night> {
  const stack = new AsyncDisposableStack();
  const { text = TEXT, data = freshFolder(), healthyMs = 60_000, initial = [OLD, {}] } = options;
  const host = new FakeHost();
  host.set(...initial);
  const compose = composeOf(host, options);
  const recorded = stack.use(openHistory(undefined, { keepMs: 60_000 }));
  const past = { recorded, always: false };
  const feed = stack.use(new Feed([{ id: "Localhost", engine: host.engine }], { past, times: QUICK }));
  const hosts = new Map([["Localhost", { url: "unix:///none" }]]);
  const opened = stack.use(
    await openStacks({ data, compose, hosts, feed, parallel: 4, allowKeys: [], shared: false }),
  );
  await eventually("the host", () => feed.containers("Localhost") !== undefined);
  const stackId = await storedStack(opened, text);
  const updates = {
    checks: 0,
    check: () => Promise.resolve(void updates.checks++),
    list: () => Promise.resolve([entry(host.digest)]),
  };
  const parts = { feed, updates, managed: new ManagedServices(opened), healthyMs, ...opened };
  const window = "window" in options ? options.window : ALWAYS;
  const times = { tick: 5, poll: 5, settle: 20, retry: 5 };
  return {
    ...{ data, host, compose, opened, stackId, updates },
    start: () => stack.use(new Nightly({ ...parts, window, times })),
    states: () => opened.imageUpdates.all().map(({ state }) => state),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** A pull gets the new image, and a run with pinned images uses the old one. */
function composeOf(host: FakeHost, { onRun, updated = {} }: NightOptions): FakeCompose {
  const compose = new FakeCompose();
  compose.engine = host.engine;
  compose.work = async (_write, args, _signal, _project, files) => {
    await onRun?.(args);
    if ((files?.overrides ?? []).length > 0) host.set(OLD, {});
    else if (args.includes("pull")) host.set(NEW, updated);
    return { code: 0, error: undefined };
  };
  return compose;
}

async function storedStack({ store }: OpenStacks, compose: string): Promise<number> {
  const known = store.named("Localhost", "shop");
  if (known !== undefined) return known.stackId;
  const place = { name: "shop", hostId: "Localhost", status: "deployed" } as const;
  return (await store.create({ ...place, services: [WEB], compose, env: undefined })).stackId;
}

const WEB: StoredService = {
  ...{ name: "web", wanted: 1, image: "busybox:1", containerName: null, builds: false, buildHash: null },
  ...{ contextFolder: null, contentHash: null, contentFiles: [] },
};

const LISTED = {
  Id: "a",
  ImageID: `sha256:${"a".repeat(64)}`,
  Labels: { "com.docker.compose.project": "shop", "com.docker.compose.service": "web" },
};

/** The image as `GET /updates` reports it. */
function entry(digest: string): ImageUpdate {
  const labels = { stackId: 1, policy: "nightly", previousDigest: null, undone: null } as const;
  return {
    ...{ hostId: "Localhost", image: "busybox:1", reason: null, since: SINCE, checkedAt: SINCE },
    ...{ digest, newestDigest: NEW, newerTag: null, sourceUrl: null },
    state: digest === NEW ? "current" : "newer",
    containers: [{ id: "a", name: "shop-web-1", project: "shop", service: "web", ...labels }],
  };
}
