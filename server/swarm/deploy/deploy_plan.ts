/** The operation that deploys a stack to a swarm. */
import type { DockerStack } from "../../compose/docker_stack/docker_stack.ts";
import { redactEnvValues } from "../../compose/env_values.ts";
import type { ComposeEnd } from "../../compose/compose.ts";
import type { Endpoint } from "../../config/docker_context.ts";
import type { Plan, RunContext } from "../../stacks/running.ts";
import { AtomicWrites, removeTree } from "../../store/files.ts";
import type { StackStore } from "../../store/stack_store.ts";
import type { SwarmTexts, SwarmTextStore } from "../../store/swarm/swarm_texts.ts";
import type { Manager } from "../manager.ts";
import type { CheckedText } from "./checked_text.ts";
import { DeployOutput } from "./deploy_output.ts";
import { followStack } from "./follow_stack.ts";

/** A deployment whose texts were checked. */
export interface Deployment {
  readonly manager: Manager;
  readonly name: string;
  readonly texts: SwarmTexts;
  readonly checked: CheckedText;
  readonly docker: Pick<DockerStack, "deploy">;
  readonly endpoint: Endpoint;
  readonly withLogins: boolean;
  readonly store: Pick<StackStore, "files">;
  readonly swarmTexts: Pick<SwarmTextStore, "keep">;
}

/** Returns the plan of a deployment, which ends when every service runs its wanted tasks. */
export function deployPlan(deployment: Deployment): Plan {
  const { manager, name, texts, checked, swarmTexts } = deployment;
  return {
    ...{ command: "deploy", action: "deploying", stackId: null, hostId: manager.hostId, project: name },
    swarm: manager.clusterId,
    target: { kind: "stack", name, id: null },
    hide: redactEnvValues(texts.env, [...checked.names, name]),
    work: async (context) => {
      for (const message of checked.warnings) context.report({ kind: "warning", message });
      // Stored before the manager receives anything, so that the texts of what may run are available.
      swarmTexts.keep({ clusterId: manager.clusterId, name }, manager.hostId, texts);
      const end = await send(deployment, context);
      if (end.code === 0) await followStack(manager, name, context);
      return end;
    },
    success: { status: "deployed", message: `Stack "${name}" deployed successfully` },
  };
}

/** Sends the checked text to the manager. */
async function send(
  { name, checked, docker, endpoint, withLogins, store }: Deployment,
  { signal, report }: RunContext,
): Promise<ComposeEnd> {
  const folder = store.files.draftFolder();
  const output = new DeployOutput(report);
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    const file = `${folder}/compose.yaml`;
    await using drafts = new AtomicWrites();
    await drafts.write(file, new TextEncoder().encode(checked.text));
    await drafts.settle();
    const run = { folder, file, name, endpoint, withLogins };
    const end = await docker.deploy(run, (line) => output.take(line), signal);
    output.end(end);
    return end;
  } finally {
    await removeTree(folder);
  }
}
