import { useCallback, useEffect, useState } from "react";
import type { Swarm } from "../../../../../server/protocol/swarm/swarm.ts";
import { useAbout, useClient } from "../../lib/client.ts";
import { followOperation } from "../../lib/operation.ts";
import { reasonOf } from "../../lib/transport/transport.ts";
import { isOpen } from "./activity_list.tsx";
import { LABELS } from "./labels.ts";
import { type Change, loadSwarms, sendChange } from "./requests.ts";

/** Interval of the readings while the page is shown, ms. */
const EVERY_MS = 5000;
/** The same while an operation runs, ms. */
const BUSY_MS = 1000;

/** Swarms, and the change that the page follows. */
export interface SwarmsState {
  /** `undefined` until they are loaded. */
  readonly swarms: readonly Swarm[] | undefined;
  /** Sentence about the last failure. */
  readonly failure: string | undefined;
  /** Newest message of the change that runs or has ended. */
  readonly message: { readonly text: string; readonly severity: "info" | "success" | "error" } | undefined;
  readonly isBusy: boolean;
  readonly run: (change: Change) => void;
}

/** Reads the swarms of all managers every few seconds, and makes one change at a time. */
export function useSwarms(): SwarmsState {
  const { transport } = useClient();
  const about = useAbout();
  const mayRead = about?.access === "full" && !about.simulated;
  const [round, setRound] = useState(0);
  const [{ swarms, failure }, setLoaded] = useState<Pick<SwarmsState, "swarms" | "failure">>(
    { swarms: undefined, failure: undefined },
  );
  useEffect(() => {
    if (!mayRead) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let everyMs = EVERY_MS;
    const read = async () => {
      try {
        const loaded = await loadSwarms(transport, stop.signal);
        everyMs = loaded.some(({ operations }) => operations.some(isOpen)) ? BUSY_MS : EVERY_MS;
        if (!stop.signal.aborted) setLoaded({ swarms: loaded, failure: undefined });
      } catch (error) {
        if (stop.signal.aborted) return;
        setLoaded((last) => ({ ...last, failure: LABELS.notLoaded(reasonOf(error)) }));
      }
      if (!stop.signal.aborted) timer = setTimeout(() => void read(), everyMs);
    };
    void read();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [transport, mayRead, round]);
  const reload = useCallback(() => setRound((last) => last + 1), []);
  return { swarms, failure, ...useChange(reload) };
}

/** Runs one change at a time and reports its progress. */
function useChange(reload: () => void): Pick<SwarmsState, "message" | "isBusy" | "run"> {
  const { transport } = useClient();
  const [message, setMessage] = useState<SwarmsState["message"]>();
  const [change, setChange] = useState<Change>();
  useEffect(() => {
    if (change === undefined) return;
    const stop = new AbortController();
    const show = (text: string, severity: "info" | "success" | "error") =>
      stop.signal.aborted || setMessage({ text, severity });
    const follow = async () => {
      show(LABELS.working, "info");
      try {
        const { operation_id } = await sendChange(transport, change);
        reload();
        const ended = await followOperation(transport, operation_id, {
          signal: stop.signal,
          report: (operation) => show(operation?.messages.at(-1) ?? LABELS.working, "info"),
        });
        if (ended.state === "succeeded") show(ended.messages.at(-1) ?? LABELS.done, "success");
        else show(ended.error ?? ended.messages.at(-1) ?? ended.state, "error");
      } catch (error) {
        show(reasonOf(error), "error");
      }
      if (stop.signal.aborted) return;
      setChange(undefined);
      reload();
    };
    void follow();
    return () => stop.abort();
  }, [transport, change, reload]);
  return { message, isBusy: change !== undefined, run: setChange };
}
