import { useTheme } from "@mui/material";
import { useEffect, useState } from "react";
import type { HostReport } from "../../../../../server/protocol/hosts.ts";
import { recordOf, useAbout, useClient } from "../../lib/client.ts";
import type { Transport } from "../../lib/transport/transport.ts";
import { useNow } from "../../lib/use_now.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { PAGE_VERSION } from "../../lib/version.ts";
import type { Answer, Facts, SessionAnswer } from "./report.ts";

/** The facts as they are now, each second. */
export function useFacts(): Facts {
  const { transport, sockets, left, desktop } = useClient();
  const { palette } = useTheme();
  const asked = useAnswers(transport);
  return {
    now: useNow(true),
    pageVersion: PAGE_VERSION,
    about: useAbout(),
    way: transport.describe(),
    sockets: [...useObservable(sockets)].map(([name, socket]) => recordOf(name, socket)),
    left: [...left.values()],
    page: {
      "origin": globalThis.origin,
      "protocol": location.protocol,
      "place": location.hash || "#/",
      "browser": navigator.userAgent,
      "window": `${innerWidth} × ${innerHeight}, pixel ratio ${devicePixelRatio}`,
      "theme": `${palette.mode}, ${desktop === undefined ? "DockStat's" : "Docker Desktop's"}`,
    },
    ...asked,
  };
}

/** What has to be asked for, once. */
function useAnswers(transport: Transport): Pick<Facts, "session" | "hosts"> {
  const [session, setSession] = useState<Facts["session"]>(transport.kind === "browser" ? null : undefined);
  const [hosts, setHosts] = useState<Facts["hosts"]>();
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const tell = <T>(set: (answer: Answer<T>) => void) => (answer: Answer<T>) => {
      if (!signal.aborted) set(answer);
    };
    answered(transport.ask<readonly HostReport[]>("/docker/hosts", { signal })).then(tell(setHosts));
    if (transport.kind === "desktop") answered(askSession(transport, signal)).then(tell(setSession));
    return () => stop.abort();
  }, [transport]);
  return { session, hosts };
}

/** The ticket stays out of it. */
async function askSession(transport: Transport, signal: AbortSignal): Promise<SessionAnswer> {
  const body = { origin: location.origin, protocol: location.protocol };
  const { wsBase, expiresAt } = await transport.ask<SessionAnswer>("/session", {
    method: "POST",
    body,
    signal,
  });
  return { wsBase, expiresAt };
}

async function answered<T>(question: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await question };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
