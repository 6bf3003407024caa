/** Plans of commands on stacks: the files that Compose reads, the checks before it runs, and what is kept after it. */
import { isOfProject } from "../docker/text/membership.ts";
import { AppError } from "../errors.ts";
import { type Command, COMMANDS } from "../protocol/commands.ts";
import { layeredEnv, repositoryEnv } from "../store/git/environment.ts";
import { OVERRIDE_FILE } from "../store/git/git_files.ts";
import type { StackRecord } from "../store/stack_record.ts";
import type { StackStore } from "../store/stack_store.ts";
import type { CommandOptions } from "./commands.ts";
import { composePlan, type ComposeTarget, type PlanParts } from "./compose_plan.ts";
import { planDeployment } from "./deployment.ts";
import { endContainers } from "./run/ending.ts";
import { stackTarget } from "./progress/events.ts";
import { type ImagePins, NO_PINS } from "./run/image_pins.ts";
import { findWriter } from "./run/file_paths.ts";
import { endpointOf } from "./hosts.ts";
import { areUnchanged, changedFiles, compareFiles } from "./run/changed_files.ts";
import { writeCheckedCopy } from "./run/checked_copy.ts";
import { volumeFolders } from "./run/named_files.ts";
import { followersOf, recordUpdate } from "./run/update_record.ts";
import type { Plan } from "./running.ts";
import type { StackParts } from "./parts.ts";
import { checkBeforeRun } from "./validate/whole_project.ts";

/** Commands that need no compose file: Compose finds the containers by the project's name. */
const BY_NAME: readonly Command[] = ["stop", "remove"];

/** Commands that make Compose run the programs of a `provider`: `up` and `down` do. */
const RUNS_PROGRAMS: ReadonlySet<Command> = new Set(["deploy", "update", "remove"]);

/** Returns what plans of Compose need. */
export function planParts({ compose, feed }: Pick<StackParts, "compose" | "feed">): PlanParts {
  const engineOf = (hostId: string) => {
    const engine = feed.engine(hostId);
    if (engine === undefined) throw new AppError("engine-unreachable", `There is no host "${hostId}"`);
    return engine;
  };
  return {
    compose,
    list: async (hostId, project, signal) =>
      (await engineOf(hostId).list(signal)).filter((container) => isOfProject(container, project)),
    end: (hostId, ...rest) => endContainers(engineOf(hostId), ...rest),
  };
}

/**
 * Returns the plan of a command on a stack.
 *
 * @throws {AppError} "busy" when a file differs from the stored text and the command needs it.
 */
export async function stackPlan(
  command: Command,
  record: StackRecord,
  options: CommandOptions,
  parts: StackParts,
): Promise<Plan> {
  const { store, hosts } = parts;
  const { stackId, hostId, name, services } = record;
  const endpoint = endpointOf(hosts, hostId);
  const compared = await compareFiles(store.paths(stackId), store.rows.get(stackId));
  const compose = compared.compose.bytes;
  const base = repositoryEnv(store.database, stackId);
  const readable = services.flatMap((
    { name, image, containerName },
  ) => [name, image ?? "", containerName ?? ""]);
  const ending = await endingOf(command, record, options, parts);
  const common = {
    stackId,
    hostId,
    env: layeredEnv(base, store.texts(stackId).env),
    readable,
    ...ending.finished === undefined ? {} : { finished: ending.finished },
    ...ending.record === undefined ? {} : { record: ending.record },
    ...ending.resolve === undefined ? {} : { resolve: ending.resolve },
  };
  if (compose === undefined || !areUnchanged(compared)) {
    if (!BY_NAME.includes(command)) throw changedFiles(command, stackId, compared, store.rows.get(stackId));
    return composePlan(command, { ...common, project: { name, endpoint } }, options, planParts(parts));
  }
  const texts = { compose, env: withBase(base, compared.env.bytes) };
  const target = { ...common, ...filesTarget(command, record, texts, options.pins, parts) };
  return composePlan(command, target, ending.options, planParts(parts));
}

/** Adds the `.env` of the repository, which the stored one overrides. */
function withBase(base: string | undefined, own: Uint8Array | undefined): Uint8Array | undefined {
  if (base === undefined) return own;
  return new TextEncoder().encode(
    layeredEnv(base, new TextDecoder("utf-8", { ignoreBOM: true }).decode(own)),
  );
}

/** Options that a command needs beside those of the request, and what it stores after a success. */
async function endingOf(
  command: Command,
  record: StackRecord,
  options: CommandOptions,
  parts: StackParts,
): Promise<{ readonly options: CommandOptions } & Pick<ComposeTarget, "finished" | "record" | "resolve">> {
  if (command === "remove") {
    const { stackId, name } = record;
    const isSafe = await isSafeFor(record, parts, (project) => project !== name);
    const finished = () => parts.store.forget(stackId, isSafe);
    return { options, finished };
  }
  if (command !== "deploy" && command !== "update") return { options };
  const built = withBuilds(command, record, options);
  const ending = options.service === undefined
    ? await planDeployment(record, built, parts)
    : { options: await withFollowers(built, record, parts) };
  return command === "update" ? await withRecord(record, ending, parts) : ending;
}

/** Adds the services whose containers refer to the one that is recreated. */
async function withFollowers(
  options: CommandOptions,
  { stackId }: StackRecord,
  { store }: StackParts,
): Promise<CommandOptions> {
  const { service } = options;
  const { compose } = store.texts(stackId);
  return service === undefined ? options : { ...options, followers: await followersOf(compose, service) };
}

/** Adds the record of the images that an update has changed. */
async function withRecord(
  record: StackRecord,
  ending: { readonly options: CommandOptions } & Pick<ComposeTarget, "record" | "resolve">,
  parts: StackParts,
) {
  const changed = await recordUpdate(record, parts.feed.engine(record.hostId), parts.imageUpdates);
  return {
    ...ending,
    record: async () => {
      const [first, second] = [await ending.record?.(), await changed()];
      return () => {
        first?.();
        second();
      };
    },
  };
}

/** An update builds every service that it can, or the one that it is for. */
function withBuilds(command: Command, { services }: StackRecord, options: CommandOptions): CommandOptions {
  if (command !== "update") return options;
  const built = services.filter(({ name, builds }) => builds && (options.service ?? name) === name);
  return { ...options, build: built.map(({ name }) => name) };
}

/**
 * Returns a function that reports whether no container can move the folders above a file of a stack.
 *
 * @param counts Selects the projects whose containers count.
 */
async function isSafeFor(
  { stackId, hostId, name }: Pick<StackRecord, "stackId" | "hostId" | "name">,
  { feed, store }: Pick<StackParts, "feed" | "store">,
  counts = (_project: string | null) => true,
): Promise<(path: string) => boolean> {
  const volumes = await volumeFolders(store.texts(stackId).compose, stackId);
  return (path) => {
    const containers = (feed.containers(hostId) ?? []).filter(({ project }) => counts(project));
    return findWriter({ stackId, folder: null, name, volumes }, path, containers) === undefined;
  };
}

/** The part of a target that is about the files that Compose reads. */
function filesTarget(
  command: Command,
  { stackId, hostId, name, composeFile }: StackRecord,
  { compose, env }: { readonly compose: Uint8Array; readonly env: Uint8Array | undefined },
  pins: ImagePins = NO_PINS,
  { store, hosts, feed, compose: runs, ...parts }: StackParts,
): Pick<ComposeTarget, "project" | "copies" | "prepare" | "check" | "notes"> {
  const paths = store.paths(stackId);
  const override = store.further.read(stackId, OVERRIDE_FILE);
  const files = {
    folder: paths.folder,
    compose: paths.run.compose,
    env: paths.run.env,
    overrides: [
      ...override === undefined ? [] : [paths.run.override],
      ...pins.text === undefined ? [] : [paths.run.pins],
    ],
  };
  const project = { name, endpoint: endpointOf(hosts, hostId), files };
  const adopted = composeFile !== null;
  const prepare = async () => {
    const isSafe = await isSafeFor({ stackId, hostId, name }, { feed, store });
    const isEnding = BY_NAME.includes(command);
    return await writeCheckedCopy(store, {
      ...{ stackId, paths, compose, override, env, adopted, isEnding, isSafe },
      pins: pins.text,
      isLayered: repositoryEnv(store.database, stackId) !== undefined,
    });
  };
  const unchecked = {
    compose: new TextDecoder().decode(compose),
    env: store.texts(stackId).env,
    project,
    adopted,
    // A project with unknown keys can always be removed.
    allowKeys: command === "remove" ? undefined : parts.allowKeys,
  };
  const check = (signal: AbortSignal) => checkBeforeRun(unchecked, runs, signal);
  const copies = paths.run.files;
  return {
    project,
    copies,
    prepare,
    notes: pins.notes,
    ...adopted && RUNS_PROGRAMS.has(command) ? { check } : {},
  };
}

/** Returns the plan that deletes the record of a stack and nothing else. */
export function releasePlan({ stackId, hostId, name }: StackRecord, store: StackStore): Plan {
  return {
    command: "release",
    storedOnly: true,
    action: COMMANDS.remove.action,
    stackId,
    hostId,
    project: name,
    target: stackTarget(stackId, name),
    hide: (text) => text,
    work: () => Promise.resolve({ code: 0, error: undefined }),
    finished: () => store.release(stackId),
    success: { status: undefined, message: "Stack released: its containers and its files stay" },
  };
}
