/** Rules and channels of the server, with requests that change them. */
import { useCallback, useEffect, useState } from "react";
import type { Channel } from "../../../../../../server/protocol/alerts/channel.ts";
import type { Rule } from "../../../../../../server/protocol/alerts/rule.ts";
import { useAbout, useClient } from "../../../lib/client.ts";
import type { Question } from "../../../lib/transport/transport.ts";

/** Rules and channels; `undefined` until the server has answered. */
export interface AlertSettings {
  readonly rules: readonly Rule[] | undefined;
  readonly channels: readonly Channel[] | undefined;
  /** Reason of the last request that failed. */
  readonly failure: string | undefined;
  /** Sends a change and reads everything again; returns the reason of a failure. */
  readonly change: (path: string, question: Question) => Promise<string | undefined>;
}

/** Reads the settings, for clients with the token. */
export function useAlertSettings(): AlertSettings {
  const { transport } = useClient();
  const mayRead = useAbout()?.access === "full";
  const [settings, setSettings] = useState<Pick<AlertSettings, "rules" | "channels">>({
    rules: undefined,
    channels: undefined,
  });
  const [failure, setFailure] = useState<string>();
  const read = useCallback(async () => {
    const [rules, channels] = await Promise.all([
      transport.ask<Rule[]>("/alerts/rules"),
      transport.ask<Channel[]>("/alerts/channels"),
    ]);
    setSettings({ rules, channels });
  }, [transport]);
  const run = useCallback(async (work: () => Promise<unknown>) => {
    const reason = await work().then(
      () => undefined,
      (error) => error instanceof Error ? error.message : String(error),
    );
    setFailure(reason);
    return reason;
  }, []);
  useEffect(() => {
    if (mayRead) void run(read);
  }, [mayRead, read, run]);
  const change = useCallback(
    (path: string, question: Question) =>
      run(async () => {
        await transport.ask(path, question);
        await read();
      }),
    [run, read, transport],
  );
  return { ...settings, failure, change };
}
