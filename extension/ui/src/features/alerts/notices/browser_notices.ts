/** Notifications of the browser about alerts whose rule delivers to a browser channel. */
import type { Alert } from "../../../../../../server/protocol/alerts/alert.ts";
import type { Channel } from "../../../../../../server/protocol/alerts/channel.ts";
import type { Rule } from "../../../../../../server/protocol/alerts/rule.ts";
import { hrefTo } from "../../../lib/route.ts";
import { type ShowNotice, showNotice } from "../parts/show_notice.ts";
import { safeText } from "../../../lib/safe_text.ts";
import type { Transport } from "../../../lib/transport/transport.ts";

/** Longest text of a notification, characters. */
const LONGEST = 200;

/** Alerts that this page has seen, each of which is shown once. */
export class BrowserNotices {
  readonly #seen = new Set<string>();
  #isFirst = true;

  constructor(readonly transport: Transport, readonly show: ShowNotice = showNotice) {}

  /** Takes the alerts that are firing; those of the first call are not new. */
  async take(firing: readonly Alert[]): Promise<void> {
    const fresh = firing.filter(({ id }) => !this.#seen.has(id));
    for (const { id } of fresh) this.#seen.add(id);
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    if (isFirst || fresh.length === 0) return;
    try {
      const rules = await this.#rulesForBrowsers();
      for (const alert of fresh) if (rules.has(alert.rule.id)) this.#notify(alert);
    } catch {
      // Without the token the rules are not known, and the page shows the alerts anyway.
    }
  }

  async #rulesForBrowsers(): Promise<ReadonlySet<string>> {
    const [rules, channels] = await Promise.all([
      this.transport.ask<Rule[]>("/alerts/rules"),
      this.transport.ask<Channel[]>("/alerts/channels"),
    ]);
    const browsers = new Set(channels.filter(({ kind }) => kind === "browser").map(({ id }) => id));
    return new Set(rules.filter(({ deliver }) => deliver.some((id) => browsers.has(id))).map(({ id }) => id));
  }

  #notify({ id, rule, name, reason, hostId, containerId }: Alert): void {
    const title = cut(`${rule.name}${name === null ? "" : ` (${name})`}`);
    const isContainer = hostId !== null && containerId !== null;
    this.show(
      title,
      cut(reason),
      id,
      isContainer ? hrefTo("containers", hostId, containerId) : hrefTo("alerts"),
    );
  }
}

function cut(text: string): string {
  return safeText(text).slice(0, LONGEST).toWellFormed();
}
