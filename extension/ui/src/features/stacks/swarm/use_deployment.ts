import { useEffect, useState } from "react";
import type { OperationWithMessages } from "../../../../../../server/protocol/operations.ts";
import { useClient } from "../../../lib/client.ts";
import { followOperation } from "../../../lib/operation.ts";
import { reasonOf, Refusal } from "../../../lib/transport/transport.ts";
import { type EditorIssue, errorsOf } from "../editor/issues.ts";
import { cancelOperation, deployTexts, type SwarmPlace, type TypedTexts } from "./requests.ts";

/** A requested deployment. */
interface Asked {
  readonly place: SwarmPlace;
  readonly texts: TypedTexts;
  readonly replaces: boolean;
}

/** The deployment that the page follows. */
export interface DeploymentState {
  readonly isRunning: boolean;
  /** The operation, once it has started. */
  readonly operation: OperationWithMessages | undefined;
  /** Errors of the texts. */
  readonly issues: readonly EditorIssue[];
  /** Sentence about a refusal, or about a failure of the operation. */
  readonly failure: string | undefined;
  /** True for a name that another stack of the swarm has. */
  readonly isTaken: boolean;
  readonly run: (asked: Asked) => void;
  readonly cancel: () => void;
}

type Result = Pick<DeploymentState, "operation" | "issues" | "failure" | "isTaken">;

const NOTHING: Result = { operation: undefined, issues: [], failure: undefined, isTaken: false };

/**
 * Starts one deployment at a time and follows it to its end.
 *
 * @param onDeployed Called with the deployed texts after a success.
 */
export function useDeployment(onDeployed: (asked: Asked) => void): DeploymentState {
  const { transport } = useClient();
  const [asked, setAsked] = useState<Asked>();
  const [result, setResult] = useState(NOTHING);
  useEffect(() => {
    if (asked === undefined) return;
    const stop = new AbortController();
    const show = (change: Partial<Result>) =>
      stop.signal.aborted || setResult((last) => ({ ...last, ...change }));
    const follow = async () => {
      const { operation_id } = await deployTexts(transport, asked.place, asked.texts, asked.replaces);
      const report = (operation = undefined as OperationWithMessages | undefined) =>
        operation && show({ operation });
      const ended = await followOperation(transport, operation_id, { signal: stop.signal, report });
      show({ operation: ended });
      if (ended.state === "succeeded") onDeployed(asked);
      else show({ failure: ended.error ?? ended.messages.at(-1) ?? ended.state });
    };
    setResult(NOTHING);
    follow().catch((error) => show(refused(error))).finally(() => stop.signal.aborted || setAsked(undefined));
    return () => stop.abort();
  }, [transport, asked]);
  const id = result.operation?.operation_id;
  const cancel = () =>
    void (id !== undefined &&
      cancelOperation(transport, id).catch((error) =>
        setResult((last) => ({ ...last, failure: reasonOf(error) }))
      ));
  return { ...result, isRunning: asked !== undefined, run: setAsked, cancel };
}

function refused(error: unknown): Partial<Result> {
  const issues = errorsOf(error);
  const isTaken = error instanceof Refusal && error.problem.status === 409 &&
    /did not deploy/.test(error.problem.detail);
  return {
    issues,
    isTaken,
    failure: issues.some(({ place }) => place !== "form") ? undefined : reasonOf(error),
  };
}
