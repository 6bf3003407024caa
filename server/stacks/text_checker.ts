/** Checks the texts of a stack before they are stored. */
import type { ComposeProject } from "../compose/compose.ts";
import { mayHave } from "../compose/compose_yaml.ts";
import type { Issue } from "../errors.ts";
import { checkFileSize, MOST_FILE_BYTES, MOST_FILES, quotedPath } from "../store/file_limits.ts";
import { readReal } from "../store/real_files.ts";
import { removeTree } from "../store/files.ts";
import { canOverride, OVERRIDE_FILE } from "../store/git/git_files.ts";
import { layeredEnv, repositoryEnv } from "../store/git/environment.ts";
import { storageError } from "../store/stored.ts";
import type { StackTexts } from "../store/stack_record.ts";
import { endpointOf, type OwnPlace, seesOtherFolders } from "./hosts.ts";
import { writeDraft, writeDraftFile } from "./run/draft_files.ts";
import { sharesFiles } from "./run/shared_files.ts";
import { sharedName, type SingleFile, singleFiles } from "./run/single_files.ts";
import { Semaphore } from "../semaphore.ts";
import type { StackParts } from "./parts.ts";
import { invalidStack } from "./validate/issues.ts";
import { type Resolved, resolveStack } from "./validate/resolve.ts";
import { missingPaths } from "./validate/empty_binds.ts";
import { positionAt } from "./validate/yaml_tokens.ts";
import { findWarnings } from "./validate/warnings.ts";

/** Project that unsaved texts belong to. */
export interface TextOwner {
  /** Name of the project; `undefined` if it is not known yet. */
  readonly name: string | undefined;
  /** `undefined` for a stack that does not exist yet. */
  readonly stackId?: number;
  /** Further files by path, instead of those that are stored; `null` for a deleted one. */
  readonly files?: ReadonlyMap<string, Uint8Array | null>;
  /** The `.env` of a repository that is not stored yet, instead of the stored one; empty for none. */
  readonly baseEnv?: string;
  /** Override that pins images; it overrides every other text. */
  readonly pins?: string;
  readonly hostId: string;
  /** True if files may be added later: nothing is deployed now. */
  readonly isIncomplete?: boolean;
  /** Folder of an adopted project. */
  readonly folder: string | null;
}

/** Texts that Compose accepts, as Compose reads them. */
export interface CheckedTexts {
  readonly resolved: Resolved;
  readonly warnings: readonly Issue[];
}

/** Texts that Compose accepts. */
export interface Validated {
  readonly valid: true;
  /** Names of the services. */
  readonly services: readonly string[];
  readonly warnings: readonly Issue[];
}

/** Project name of texts whose name is not known yet. */
const NAMELESS = "draft";
/** Maximum number of checks at once, because a hostile text can cost a core. */
const CHECKS_AT_ONCE = 2;
/** Names of the texts that a draft has beside its `.env`. */
const DRAFT_TEXTS: readonly string[] = ["compose.yaml", OVERRIDE_FILE];
/** Name of the override that pins images; no file of a stack can have it. */
const PINS_FILE = "docker-compose.override.yaml";
/** Largest number of warnings about files that a stack does not have. */
const MOST_WARNINGS = 50;
/** Texts that may have bind mounts with relative paths. */
const MAY_BIND = /\.[/:]|\bsource\b/;
const NEVER = new AbortController().signal;

/** Checks texts in a private folder, so that nothing is stored before Compose has accepted them. */
export class TextChecker {
  readonly #running = new Semaphore(CHECKS_AT_ONCE);

  /** @param place Where DockStat itself runs. */
  constructor(
    readonly parts: Pick<StackParts, "store" | "feed" | "hosts" | "compose" | "allowKeys">,
    readonly place: OwnPlace,
  ) {}

  /**
   * Checks texts.
   *
   * @throws {AppError} "invalid" with line and column of each problem, "too-large" or "no-space" for files beyond the
   *   limits, "unavailable" without Compose, "failed".
   */
  async check(texts: StackTexts, owner: TextOwner): Promise<CheckedTexts> {
    const { folder: place, files, stackId = 0 } = owner;
    // First, since Compose takes time, and would read files that cannot be stored.
    checkFileSize("the compose text", bytesOf(texts.compose));
    checkFileSize("the environment", bytesOf(texts.env ?? ""));
    if (place === null && files !== undefined) this.parts.store.further.checkLimits(stackId, files);
    const folder = this.parts.store.files.draftFolder();
    using _slot = await this.#running.acquire(NEVER);
    try {
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
      return await this.#checkIn(folder, texts, owner);
    } catch (cause) {
      throw storageError("check the stack", cause);
    } finally {
      await removeTree(folder);
    }
  }

  /**
   * Adds the files that Compose reads to a draft: those of the stack, or those that were put into its folder.
   *
   * @returns Warnings about files that an incomplete stack does not have yet; they are empty in the draft.
   */
  async #addFiles(draft: string, compose: string, owner: TextOwner): Promise<Issue[]> {
    const { stackId, files, isIncomplete = false } = owner;
    const { store } = this.parts;
    const missing: SingleFile[] = [];
    for (const file of await filesToRead(compose)) {
      const { path } = file;
      // The draft has the checked texts at these names, and Compose must read nothing else there.
      if (DRAFT_TEXTS.includes(path.toLowerCase())) continue;
      const stored = stackId === undefined ? undefined : store.further.read(stackId, path) ??
        await readReal(store.paths(stackId).folder, path, MOST_FILE_BYTES);
      const bytes = files?.has(path) ? files.get(path) ?? undefined : stored;
      if (bytes !== undefined || isIncomplete) {
        const written = await writeDraftFile(draft, path, bytes ?? new Uint8Array());
        if (!written) throw invalidStack([issueAt(compose, file, noFile(path))]);
      }
      if (bytes === undefined) missing.push(file);
    }
    return isIncomplete ? missing.slice(0, MOST_WARNINGS).map((file) => warnMissing(compose, file)) : [];
  }

  #override({ stackId, files }: TextOwner): string | undefined {
    if (stackId === undefined || !canOverride(this.parts.store.database, stackId)) return undefined;
    const stored = this.parts.store.further.read(stackId, OVERRIDE_FILE);
    const bytes = files?.has(OVERRIDE_FILE) ? files.get(OVERRIDE_FILE) ?? undefined : stored;
    return bytes && decodeOverride(bytes);
  }

  #baseEnv({ baseEnv, stackId }: TextOwner): string | undefined {
    if (baseEnv !== undefined || stackId === undefined) return baseEnv;
    return repositoryEnv(this.parts.store.database, stackId);
  }

  async #checkIn(draft: string, { compose, env: own }: StackTexts, owner: TextOwner): Promise<CheckedTexts> {
    const env = layeredEnv(this.#baseEnv(owner), own);
    const { feed, hosts, allowKeys } = this.parts;
    const { name, hostId, folder } = owner;
    const endpoint = endpointOf(hosts, hostId);
    const containers = feed.containers(hostId) ?? [];
    const override = this.#override(owner);
    const files = await writeDraft(draft, {
      compose,
      env,
      overrides: [[OVERRIDE_FILE, override], [PINS_FILE, owner.pins]],
    });
    const project: ComposeProject = {
      name: name ?? NAMELESS,
      endpoint,
      files: { ...files, folder: folder ?? draft },
    };
    const missing = folder === null ? await this.#addFiles(draft, compose, owner) : [];
    if (override !== undefined) await this.#addFiles(draft, override, { ...owner, isIncomplete: true });
    const adopted = folder !== null;
    // An adopted project with unknown keys can be stored and read, but not deployed.
    const unchecked = {
      compose,
      override,
      env,
      project,
      adopted,
      allowKeys: adopted ? undefined : allowKeys,
    };
    const resolved = await resolveStack(unchecked, this.parts.compose);
    const warnings = await findWarnings(compose, resolved, {
      project: name,
      env: own,
      containers,
      isMissing: folder === null ? missingPaths(this.parts.store, owner) : undefined,
      // The folder of an adopted project is one that its engine sees.
      foreignFolders: folder === null && mayHave(compose, MAY_BIND) &&
        seesOtherFolders(endpoint, this.place, containers) &&
        !(endpoint.url.startsWith("unix:") && await sharesFiles(feed.engine(hostId))),
    });
    return { resolved, warnings: [...missing, ...warnings] };
  }
}

/**
 * Finds the files that Compose reads, each once.
 *
 * @throws {AppError} "invalid" when there are more than a stack can have, or when a copy cannot replace one.
 */
async function filesToRead(compose: string): Promise<SingleFile[]> {
  const found = new Map<string, SingleFile>();
  for (const file of await singleFiles(compose)) {
    if (file.use !== "read") continue;
    if (file.isShared) throw invalidStack([issueAt(compose, file, sharedName(file.path))]);
    if (file.path !== ".env" && !found.has(file.path)) found.set(file.path, file);
    if (found.size <= MOST_FILES) continue;
    throw invalidStack([issueAt(compose, file, `expected ${MOST_FILES} files at most`)]);
  }
  return [...found.values()];
}

function warnMissing(compose: string, file: SingleFile): Issue {
  const message = `the stack has no file ${JSON.stringify(file.path)} yet: add it before you deploy`;
  return issueAt(compose, file, message);
}

function issueAt(compose: string, { range: [from] }: SingleFile, message: string): Issue {
  return { path: "compose", ...positionAt(compose, from), message };
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function noFile(path: string): string {
  return `found ${quotedPath(path)}: expected the path of a file, beside the other files`;
}

function decodeOverride(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalidStack([{ path: OVERRIDE_FILE, message: "expected UTF-8" }]);
  }
}
