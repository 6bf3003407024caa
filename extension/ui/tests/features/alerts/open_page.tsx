/** Renders the page of alerts with answers of a fake server. */
import AlertsPage from "../../../src/features/alerts/alerts_page.tsx";
import { TestPage } from "../../dom.ts";
import { fakeClient } from "../../fakes/client.ts";

/** Opens a tab of the page; the first one is "". */
export function open(tab: string, answers: Record<string, unknown>) {
  const { transport, client } = fakeClient();
  Object.assign(transport.answers, { "/alerts": { alerts: [], next: null } }, answers);
  const page = new TestPage(client);
  return { transport, page, view: page.render(<AlertsPage path={tab === "" ? [] : [tab]} />) };
}
