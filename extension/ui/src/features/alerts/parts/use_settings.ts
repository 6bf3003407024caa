/** Rules and channels of the server, with requests that change them. */
import { useCallback, useEffect, useState } from "react";
import type { Channel } from "../../../../../../server/protocol/alerts/channel.ts";
import type { Rule } from "../../../../../../server/protocol/alerts/rule.ts";
import { useAbout, useClient } from "../../../lib/client.ts";
import type { Question, Transport } from "../../../lib/transport/transport.ts";

/** Rules and channels; `undefined` until the server has answered. */
export interface AlertSettings {
  readonly rules: readonly Rule[] | undefined;
  readonly channels: readonly Channel[] | undefined;
  /** Reason of the last request of the page that failed; dialogs show their own. */
  readonly failure: string | undefined;
  /** Sends a change and reads everything again; a failure is shown on the page. */
  readonly change: (path: string, question: Question) => Promise<void>;
  /** Sends a change of a dialog and reads everything again; returns the reason of a failure. */
  readonly save: (path: string, question: Question) => Promise<string | undefined>;
  /**
   * Adds a channel, and returns the reason of a failure.
   *
   * @param isForAll Delivers the alerts of all stored rules to it.
   */
  readonly addChannel: (body: object, isForAll: boolean) => Promise<string | undefined>;
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
  const run = useCallback(async (work: () => Promise<unknown>) => setFailure(await failureOf(work)), []);
  useEffect(() => {
    if (mayRead) void run(read);
  }, [mayRead, read, run]);
  const send = useCallback(async (path: string, question: Question) => {
    await transport.ask(path, question);
    await read();
  }, [read, transport]);
  const change = useCallback(
    (path: string, question: Question) => run(() => send(path, question)),
    [run, send],
  );
  const save = useCallback(
    (path: string, question: Question) => failureOf(() => send(path, question)),
    [send],
  );
  const addChannel = useCallback(async (body: object, isForAll: boolean) => {
    const added: { channel?: Channel } = {};
    const reason = await failureOf(async () => {
      added.channel = await transport.ask<Channel>("/alerts/channels", { method: "POST", body });
    });
    const { channel } = added;
    if (channel === undefined) return reason;
    // The channel exists from here on, so that a failure is shown on the page and not in the dialog.
    await run(async () => {
      if (isForAll) await deliverAll(transport, channel.id);
      await read();
    });
    return undefined;
  }, [run, read, transport]);
  return { ...settings, failure, change, save, addChannel };
}

/** Runs a request, and returns the reason of a failure. */
async function failureOf(work: () => Promise<unknown>): Promise<string | undefined> {
  return await work().then(
    () => undefined,
    (error) => error instanceof Error ? error.message : String(error),
  );
}

/** Adds a channel to all rules that the page may change. */
async function deliverAll(transport: Transport, id: string): Promise<void> {
  const rules = await transport.ask<Rule[]>("/alerts/rules");
  for (const rule of rules.filter(({ source, deliver }) => source === "stored" && !deliver.includes(id))) {
    const body = { ...rule, deliver: [...rule.deliver, id] };
    await transport.ask(`/alerts/rules/${rule.id}`, { method: "PUT", body });
  }
}
