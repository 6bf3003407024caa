import { useTheme } from "@mui/material";
import { useEffect, useState } from "react";
import type { HostReport } from "../../../../../server/protocol/hosts.ts";
import { recordOf, useAbout, useClient } from "../../lib/client.ts";
import { reasonOf, type Transport } from "../../lib/transport/transport.ts";
import { useNow } from "../../lib/use_now.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { PAGE_VERSION } from "../../lib/version.ts";
import type { Answer, Facts, SessionAnswer } from "./report.ts";

/** Returns the current facts, updated every second. */
export function useFacts(): Facts {
  const { transport, sockets, closed, desktop } = useClient();
  const { palette } = useTheme();
  const answers = useAnswers(transport);
  return {
    now: useNow(true),
    pageVersion: PAGE_VERSION,
    about: useAbout(),
    transport: transport.describe(),
    sockets: [...useObservable(sockets)].map(([name, socket]) => recordOf(name, socket)),
    closed: [...closed.values()],
    page: {
      "origin": globalThis.origin,
      "protocol": location.protocol,
      "view": location.hash || "#/",
      "browser": navigator.userAgent,
      "window": `${innerWidth} × ${innerHeight}, pixel ratio ${devicePixelRatio}`,
      "theme": `${palette.mode}, ${desktop === undefined ? "DockStat's" : "Docker Desktop's"}`,
    },
    ...answers,
  };
}

/** Requests hosts and session once. */
function useAnswers(transport: Transport): Pick<Facts, "session" | "hosts"> {
  const [session, setSession] = useState<Facts["session"]>(transport.kind === "browser" ? null : undefined);
  const [hosts, setHosts] = useState<Facts["hosts"]>();
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const unlessAborted = <T>(set: (answer: Answer<T>) => void) => (answer: Answer<T>) => {
      if (!signal.aborted) set(answer);
    };
    settle(transport.ask<readonly HostReport[]>("/docker/hosts", { signal })).then(unlessAborted(setHosts));
    if (transport.kind === "desktop") {
      settle(requestSession(transport, signal)).then(unlessAborted(setSession));
    }
    return () => stop.abort();
  }, [transport]);
  return { session, hosts };
}

/** Requests a session and drops its ticket. */
async function requestSession(transport: Transport, signal: AbortSignal): Promise<SessionAnswer> {
  const body = { origin: location.origin, protocol: location.protocol };
  const { wsBase, expiresAt } = await transport.ask<SessionAnswer>("/session", {
    method: "POST",
    body,
    signal,
  });
  return { wsBase, expiresAt };
}

async function settle<T>(question: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await question };
  } catch (error) {
    return { error: reasonOf(error) };
  }
}
