/** Alerts that have not ended, read while a part of the page shows them. */
import { useEffect, useState } from "react";
import type { Alert, AlertPage } from "../../../../server/protocol/alerts/alert.ts";
import { useClient, useMayView } from "./client.ts";
import { Observable } from "./observable.ts";
import type { Transport } from "./transport/transport.ts";
import { useObservable } from "./use_observable.ts";

/** Interval between two readings, ms. */
const INTERVAL_MS = 5000;

/** The newest page of alerts; `undefined` until the server has answered. */
export class OpenAlerts {
  /** Alerts that have not ended, then past ones. */
  readonly page = new Observable<AlertPage | undefined>(undefined);
  #viewers = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly transport: Transport) {}

  /** Reads now and then until the returned function is called. */
  watch(): () => void {
    if (this.#viewers++ === 0) void this.read();
    return () => {
      if (--this.#viewers === 0) clearTimeout(this.#timer);
    };
  }

  /** Reads now. */
  async read(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      const page = await this.transport.ask<AlertPage>("/alerts");
      // An older server answers with something else.
      if (Array.isArray(page.alerts)) this.page.set(page);
    } catch {
      // The sockets report that the server is unreachable.
    }
    clearTimeout(this.#timer);
    if (this.#viewers > 0) this.#timer = setTimeout(() => void this.read(), INTERVAL_MS);
  }
}

const OPEN = new WeakMap<Transport, OpenAlerts>();

/** Returns the alerts of the server. */
export function useOpenAlerts(): OpenAlerts {
  const { transport } = useClient();
  const mayView = useMayView();
  const [alerts] = useState(() => OPEN.get(transport) ?? new OpenAlerts(transport));
  OPEN.set(transport, alerts);
  useEffect(() => mayView ? alerts.watch() : undefined, [alerts, mayView]);
  return alerts;
}

/** Returns the alerts that are firing, newest first. */
export function useFiring(): readonly Alert[] {
  const page = useObservable(useOpenAlerts().page);
  return page?.alerts.filter(({ state }) => state === "firing") ?? [];
}
