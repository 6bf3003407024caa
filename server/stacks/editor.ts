/** Creates, changes and adopts stacks; stores nothing that Compose rejects. */
import type { Issue } from "../errors.ts";
import {
  changedFiles,
  changedModes,
  draftFiles,
  type NewStack,
  type StackChange,
  type StackDraft,
} from "../protocol/stack_requests.ts";
import type { Stack } from "../protocol/stacks.ts";
import type { VersionImage } from "../protocol/stack_versions.ts";
import type { FileChanges } from "../store/further/file_rows.ts";
import { Uploads } from "../store/further/uploads.ts";
import type { FirstFiles, StackTexts } from "../store/stack_record.ts";
import type { VersionContents } from "../store/versions.ts";
import { removedEvent, stackOwner, statusEvent } from "./progress/events.ts";
import { defaultHost, endpointOf, type OwnPlace } from "./hosts.ts";
import { acceptable } from "./run/changed_files.ts";
import { checkFileChanges, checkNewFiles, checkSizes, draftAdopted, safeModes } from "./run/file_edits.ts";
import { checkWriters } from "./run/file_paths.ts";
import { type ImagePins, imagePins } from "./run/image_pins.ts";
import { volumeFolders } from "./run/named_files.ts";
import { Turns } from "./run/turns.ts";
import type { ProjectLock } from "./run/locks.ts";
import { checkSwarmUntaken } from "./run/swarm_names.ts";
import { checkProjectUntaken } from "./run/taken_names.ts";
import type { Running } from "./running.ts";
import type { StackParts } from "./parts.ts";
import type { Stacks } from "./stacks.ts";
import { TextChecker, type TextOwner, type Validated } from "./text_checker.ts";

/** A created or changed stack, with warnings about likely mistakes. */
export interface EditResult {
  readonly stack: Stack;
  readonly warnings: readonly Issue[];
  /** The deployment that was started. */
  readonly running?: Running | undefined;
}

/** Further files of a new stack, with the `.env` of its repository. */
type NewContents = FirstFiles & Pick<TextOwner, "baseEnv">;

const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** Creates and changes stacks. */
export class Editor {
  /** Checks texts. */
  readonly checker: TextChecker;
  /** Bytes of files that saves refer to. */
  readonly uploads = new Uploads();
  /** Each change is checked with the texts that the earlier one leaves. */
  readonly #turns = new Turns<EditResult>();

  /** @param place Where DockStat itself runs. */
  constructor(
    readonly stacks: Stacks,
    readonly parts: StackParts,
    place: OwnPlace,
  ) {
    this.checker = new TextChecker(parts, place);
  }

  /**
   * Validates texts without storing them.
   *
   * @throws {AppError} "invalid" with line and column of each problem, "not-found" when the stack does not exist.
   */
  async validate(draft: StackDraft): Promise<Validated> {
    const { compose, env, hostId, stack_id } = draft;
    const nowhere = { name: undefined, hostId: hostId ?? defaultHost(this.parts.hosts), folder: null };
    const place = stack_id === undefined ? nowhere : this.stacks.record(stack_id);
    const owner = { ...place, files: draftFiles(draft) };
    const { resolved, warnings } = await this.checker.check({ compose, env }, owner);
    return { valid: true, services: Object.keys(resolved.config).sort(), warnings };
  }

  /**
   * Creates a stack and deploys it by default.
   *
   * @throws {AppError} "invalid", "busy" when the name is taken, "failed"; nothing is stored then.
   */
  async create(
    { name, compose, env, deploy = true, files, ...options }: NewStack,
    repository?: NewContents,
  ): Promise<EditResult> {
    const { store, swarmTexts, feed, runner, hosts } = this.parts;
    const hostId = options.hostId ?? defaultHost(hosts);
    endpointOf(hosts, hostId);
    store.checkName(hostId, name);
    checkProjectUntaken({ hostId, name }, swarmTexts, feed.containers(hostId) ?? []);
    await checkSwarmUntaken({ hostId, name }, this.parts);
    runner.checkFree("create", hostId, name, null);
    const further: NewContents = repository ?? {
      files: checkNewFiles(this.#changed(files)),
      modes: safeModes(changedModes({ files })),
    };
    const { resolved, warnings } = await this.checker.check({ compose, env }, {
      name,
      hostId,
      folder: null,
      isIncomplete: !deploy,
      ...further,
    });
    const { services } = resolved;
    // Another request may have started an operation during the check; the lock prevents it from here on.
    using hold = runner.lock("create", hostId, name, null);
    checkProjectUntaken({ hostId, name }, swarmTexts, feed.containers(hostId) ?? []);
    const { stackId } = await store.create({
      ...{ name, hostId, status: "pending", services, compose, env, further },
    });
    const owner = stackOwner({ stackId, hostId, name });
    runner.publish(
      statusEvent(owner, "pending", "Creating stack configuration", this.parts.states.of(hostId, name)),
    );
    const running = deploy ? await this.#deployNew(stackId, hold) : undefined;
    return { stack: this.stacks.get(stackId), warnings, running };
  }

  /** Deploys a new stack; one whose deployment cannot start is deleted again. */
  async #deployNew(stackId: number, hold: ProjectLock): Promise<Running> {
    const { store, runner } = this.parts;
    try {
      return await this.stacks.act(stackId, "deploy", { hold });
    } catch (refusal) {
      const owner = stackOwner(this.stacks.record(stackId));
      await store.forget(stackId);
      runner.publish(removedEvent(owner, "Stack removed: it could not be deployed"));
      throw refusal;
    }
  }

  /**
   * Changes the given texts and files of a stack, as one version, and deploys it if requested.
   *
   * @throws {AppError} "not-found", "invalid", "busy" while an operation runs, "failed"; nothing is changed then.
   */
  async change(stackId: number, change: StackChange): Promise<EditResult> {
    const files = this.#changed(change.files);
    return await this.#turns.run(stackId, () => this.#change(stackId, change, files));
  }

  /**
   * Stores what the files of a stack have now as its texts, after the same checks as a change.
   *
   * @throws {AppError} "not-found", "invalid", "busy" while an operation runs or when the compose file is missing.
   */
  async accept(stackId: number): Promise<EditResult> {
    return await this.#turns.run(stackId, () => this.#accept(stackId));
  }

  /**
   * Stores the texts and files of a version again, after the same checks as a change; deploys nothing.
   *
   * @throws {AppError} "not-found", "invalid", "busy", "failed"; nothing is changed then.
   */
  async restore(stackId: number, version: number, contents: VersionContents): Promise<EditResult> {
    return await this.#turns.run(stackId, () => this.#restore(stackId, version, contents));
  }

  /**
   * Restores a version, and deploys it with the images that it had.
   *
   * @param images Images of its last deployment.
   * @throws {AppError} as {@linkcode restore} does; nothing is changed then.
   */
  async deployVersion(
    stackId: number,
    version: number,
    contents: VersionContents,
    images: readonly VersionImage[],
  ): Promise<EditResult> {
    return await this.#turns.run(stackId, async () => {
      const pins = await imagePins(images, decode(contents.compose));
      return await this.#restore(stackId, version, contents, pins);
    });
  }

  #changed(files: StackChange["files"]): FileChanges {
    return checkSizes(changedFiles({ files }, (digest) => this.uploads.get(digest)));
  }

  async #change(
    stackId: number,
    { deploy = false, files: given, ...texts }: StackChange,
    files: FileChanges,
  ): Promise<EditResult> {
    const { store, runner, feed } = this.parts;
    const { name, hostId, folder } = this.stacks.record(stackId);
    runner.checkFree("change", hostId, name, stackId);
    const whole = { ...await this.stacks.texts(stackId), ...texts } as StackTexts;
    const { resolved, warnings } = await this.checker.check(whole, {
      ...{ name, hostId, folder, stackId, files },
      isIncomplete: !deploy,
    });
    // Compose reads the files while it works, so nothing may start before they are written.
    using hold = runner.lock("change", hostId, name, stackId);
    const record = this.stacks.record(stackId);
    const containers = feed.containers(hostId) ?? [];
    const modes = safeModes(changedModes({ files: given }));
    const changes = await checkFileChanges(store, record, whole.compose, files, modes, containers);
    // Both texts, so that the deployment finds nothing but what was checked.
    const isAdopted = folder !== null;
    await using drafts = isAdopted ? await draftAdopted(store, record, changes, modes) : undefined;
    await store.change(stackId, whole, resolved.services, isAdopted ? {} : { files: changes, modes });
    await drafts?.settle();
    const running = deploy ? await this.stacks.act(stackId, "deploy", { hold }) : undefined;
    return { stack: this.stacks.get(stackId), warnings, running };
  }

  async #restore(
    stackId: number,
    version: number,
    { compose, env, files, modes }: VersionContents,
    pins?: ImagePins,
  ): Promise<EditResult> {
    const { store, runner, feed } = this.parts;
    const { name, hostId, folder } = this.stacks.record(stackId);
    using hold = runner.lock("restore", hostId, name, stackId);
    // A text that is not given stays: a version without an environment has an empty one.
    const none = store.texts(stackId).env === undefined ? undefined : "";
    const texts = { compose: decode(compose), env: env === undefined ? none : decode(env) };
    // With the deletions, so that the check finds no file that the version does not have.
    const changes = store.further.changesTo(stackId, files, modes);
    const owner = { name, hostId, folder, stackId, files: changes };
    const { resolved, warnings } = await this.checker.check(texts, owner);
    if (folder === null) {
      const volumes = await volumeFolders(store.texts(stackId).compose, stackId);
      checkWriters({ stackId, folder, name, volumes }, changes.keys(), feed.containers(hostId) ?? []);
    }
    const why = `restored from version ${version}`;
    const changed = folder === null ? { why, files: changes, modes } : { why };
    await store.change(stackId, texts, resolved.services, changed);
    const running = pins && await this.stacks.act(stackId, "deploy", { hold, pins });
    return { stack: this.stacks.get(stackId), warnings, running };
  }

  async #accept(stackId: number): Promise<EditResult> {
    const { store, runner } = this.parts;
    const { name, hostId, folder } = this.stacks.record(stackId);
    runner.checkFree("accept the files of", hostId, name, stackId);
    using _hold = runner.lock("accept the files of", hostId, name, stackId);
    const compared = await this.stacks.compared(stackId);
    const texts = acceptable(stackId, compared, store.rows.get(stackId));
    const { resolved, warnings } = await this.checker.check(texts, { name, hostId, folder, stackId });
    this.stacks.record(stackId);
    store.accept(stackId, texts, resolved.services);
    return { stack: this.stacks.get(stackId), warnings };
  }
}
