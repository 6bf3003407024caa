import type { Notice, NoticeItem } from "../../../server/alerts/channels/notice.ts";

/** An alarm about a container. */
export const ITEM: NoticeItem = {
  ...{ id: "a1", event: "alarm", rule: "Sick", ruleId: "sick", state: "firing", host: "nas" },
  ...{ container: "web", project: "shop", service: "web", name: "web", reason: "The health check fails" },
  ...{ value: null, unit: null, since: "2026-06-01T00:00:00.000Z", ended: null, line: null, count: 1 },
  link: "http://127.0.0.1:9876/#/containers/nas/1",
};

/** Creates a message about an alarm, changed as a test needs, and further alerts. */
export function fakeNotice(changes: Partial<NoticeItem> = {}, ...others: readonly NoticeItem[]): Notice {
  return { key: "k", items: [{ ...ITEM, ...changes }, ...others] };
}
