/** Stacks of swarms: their texts, deployments and removals. */
import type { DockerStack } from "../../compose/docker_stack/docker_stack.ts";
import { AppError } from "../../errors.ts";
import { STACK_NAME } from "../../protocol/stack_requests.ts";
import type { SwarmStackDraft, SwarmStackTexts } from "../../protocol/swarm/swarm.ts";
import { Semaphore } from "../../semaphore.ts";
import { endpointOf, type StackHosts } from "../../stacks/hosts.ts";
import { nodesAmong } from "../../stacks/run/swarm_names.ts";
import { hasProject, projectNameTaken } from "../../stacks/run/taken_names.ts";
import type { Running } from "../../stacks/running.ts";
import { removeTree } from "../../store/files.ts";
import type { StackStore } from "../../store/stack_store.ts";
import { storageError } from "../../store/stored.ts";
import { swarmDraft } from "../../store/drafts/draft_store.ts";
import type {
  SwarmStackKey,
  SwarmTexts,
  SwarmTextStore,
  SwarmVersion,
} from "../../store/swarm/swarm_texts.ts";
import { toNodes } from "../lists.ts";
import { type Manager, readSwarm } from "../manager.ts";
import { type Managers, PATIENCE_MS } from "../managers.ts";
import { removalPlan } from "../plans.ts";
import { type CheckedText, checkText } from "./checked_text.ts";
import { deployPlan } from "./deploy_plan.ts";

/** Parts that the stacks are built from. */
export interface SwarmStackParts {
  readonly managers: Managers;
  readonly store: Pick<StackStore, "named" | "files">;
  readonly swarmTexts: SwarmTextStore;
  readonly hosts: StackHosts;
  readonly docker: DockerStack;
  /** Reports whether this machine has logins to registries, which the nodes then receive. */
  readonly hasLogins: () => Promise<boolean>;
}

/** Maximum number of checks at once, because a hostile text can cost a core. */
const CHECKS_AT_ONCE = 2;
const NEVER = new AbortController().signal;

/** The stacks of all swarms. */
export class SwarmStacks {
  readonly #checks = new Semaphore(CHECKS_AT_ONCE);

  constructor(readonly parts: SwarmStackParts) {}

  /**
   * Returns the texts of a stack that DockStat has deployed.
   *
   * @param version The newest unless given.
   * @throws {AppError} "not-found", "engine-unreachable", "engine-refused".
   */
  async texts(hostId: string, name: string, version?: number): Promise<SwarmStackTexts> {
    const { managers, swarmTexts } = this.parts;
    const { clusterId } = await managers.get(hostId);
    const key = { clusterId, name };
    const found = this.#kept(key, version);
    return {
      name,
      ...{ compose: found.compose, env: found.env, version: found.version, deployed_at: found.deployedAt },
      versions: swarmTexts.versions(key).map((one) => ({
        version: one.version,
        deployed_at: one.deployedAt,
      })),
    };
  }

  /**
   * Returns the owner of the draft of a stack that DockStat has deployed, or of a new one.
   *
   * @throws {AppError} "not-found", "engine-unreachable", "engine-refused".
   */
  async draftOwner(hostId: string, name: string | undefined): Promise<string> {
    const { clusterId } = await this.parts.managers.get(hostId);
    if (name !== undefined) this.#kept({ clusterId, name });
    return swarmDraft(clusterId, name);
  }

  /**
   * Checks the texts of a stack and starts its deployment.
   *
   * @param replaces True to replace a stack that DockStat has not deployed.
   * @throws {AppError} "forbidden" on a view-only host, "invalid" with line and column of each mistake, "busy" for a
   *   name that is taken or while an operation runs, "unavailable" without the Docker CLI, "not-found".
   */
  async deploy(
    hostId: string,
    name: string,
    { compose, env = "" }: SwarmStackDraft,
    replaces = false,
  ): Promise<Running> {
    const { managers, docker, hosts, store, swarmTexts, hasLogins } = this.parts;
    checkName(name);
    const endpoint = endpointOf(hosts, hostId);
    const manager = await managers.changeable(hostId);
    managers.parts.runner.checkFree("deploy", hostId, name, null, { swarm: manager.clusterId });
    await this.#checkUntaken(manager, name, replaces);
    const texts = { compose, env };
    const checked = await this.#check(texts);
    const withLogins = await hasLogins();
    // A Compose stack of this name may have been created during the check.
    await this.#checkCompose(manager, name);
    return managers.parts.runner.begin(deployPlan(
      { manager, name, texts, checked, docker, endpoint, store, swarmTexts, withLogins },
    ));
  }

  /** Starts the removal of a stack with its services, networks, configs and secrets, and of its kept texts. */
  async remove(hostId: string, name: string): Promise<Running> {
    const { managers, swarmTexts } = this.parts;
    const manager = await managers.changeable(hostId);
    const key = { clusterId: manager.clusterId, name };
    const { stacks } = await readSwarm(
      manager,
      swarmTexts.names(key.clusterId),
      AbortSignal.timeout(PATIENCE_MS),
    );
    if (!stacks.some((one) => one.name === name)) {
      throw new AppError("not-found", `There is no stack "${name.slice(0, 80)}" in the swarm`);
    }
    const forget = () => {
      swarmTexts.forget(key);
      return Promise.resolve([]);
    };
    return managers.parts.runner.begin({ ...removalPlan(manager, { stack: name }), finished: forget });
  }

  #kept(key: SwarmStackKey, version?: number): SwarmVersion {
    const found = this.parts.swarmTexts.get(key, version);
    if (found !== undefined) return found;
    const what = version === undefined ? "texts" : `version ${version}`;
    throw new AppError("not-found", `DockStat has no ${what} of the swarm stack "${key.name.slice(0, 80)}"`);
  }

  async #check(texts: SwarmTexts): Promise<CheckedText> {
    const { docker, store } = this.parts;
    const folder = store.files.draftFolder();
    using _slot = await this.#checks.acquire(NEVER);
    try {
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
      return await checkText(texts, docker, folder);
    } catch (cause) {
      throw storageError("check the stack", cause);
    } finally {
      await removeTree(folder);
    }
  }

  /** Refuses the name of a Compose stack on a node of the swarm. */
  async #checkCompose({ hostId, engine }: Manager, name: string): Promise<void> {
    const { managers: { parts: { feed } }, store } = this.parts;
    const having = feed.hostIds.filter((id) =>
      hasProject({ hostId: id, name }, store, feed.containers(id) ?? [])
    );
    if (having.length === 0) return;
    const listed = toNodes(
      await engine.call({ method: "GET", path: "/nodes" }, AbortSignal.timeout(PATIENCE_MS)),
    );
    const nodes = new Set(listed.map(({ id }) => id));
    const [taker] = having.includes(hostId) ? [hostId] : await nodesAmong(having, nodes, feed);
    if (taker !== undefined) throw projectNameTaken(taker, name);
  }

  /** Refuses the name of a Compose stack on a node, and of a stack that DockStat did not deploy. */
  async #checkUntaken(manager: Manager, name: string, replaces: boolean): Promise<void> {
    await this.#checkCompose(manager, name);
    const { clusterId } = manager;
    if (replaces || this.parts.swarmTexts.get({ clusterId, name }) !== undefined) return;
    const { stacks } = await readSwarm(manager, [], AbortSignal.timeout(PATIENCE_MS));
    if (!stacks.some((one) => one.name === name)) return;
    throw new AppError(
      "busy",
      `Cannot deploy stack "${name}": the swarm has a stack of this name that DockStat did not deploy. ` +
        "Choose another name, or replace it with replace=1",
    );
  }
}

function checkName(name: string): void {
  if (STACK_NAME.test(name)) return;
  const message =
    `found ${JSON.stringify(name.slice(0, 80))}: expected lowercase letters, digits, "_" and "-", ` +
    "63 at most, beginning with a letter or digit";
  throw new AppError("invalid", `Cannot use this stack name: ${message}`, {
    issues: [{ path: "name", message }],
  });
}
