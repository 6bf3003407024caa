/** Requests to every path of alerts. */
import { eventually } from "../assert.ts";
import { fakeContainer, type FakeEngine } from "../fakes/engine.ts";
import type { Answer, Json } from "./served.ts";

/** Sends requests and validates the responses. */
interface Scene {
  request(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** Fires an alert, and requests everything that concerns it. */
export async function requestAlerts(scene: Scene, engine: FakeEngine): Promise<void> {
  const channel = { id: "page", name: "Page", kind: "browser" };
  await scene.request("POST", "/alerts/channels", channel);
  await scene.request("GET", "/alerts/channels");
  await scene.request("GET", "/alerts/channels/page");
  await scene.request("PUT", "/alerts/channels/page", channel);
  await scene.request("POST", "/alerts/channels/page/test");
  const rule = { id: "sick", name: "Sick", when: { kind: "state", state: "unhealthy" }, deliver: ["page"] };
  await scene.request("POST", "/alerts/rules", rule);
  await scene.request("GET", "/alerts/rules");
  await scene.request("GET", "/alerts/rules/sick");
  await scene.request("PUT", "/alerts/rules/sick", rule);
  engine.put(
    fakeContainer("web", { project: "byhand", service: "web", health: "unhealthy" }),
    "health_status",
  );
  const alert = await eventually("the alert", async () => {
    const { body } = await scene.request("GET", "/alerts");
    return body.alerts.find(({ rule: { id } }: Json) => id === "sick");
  });
  await scene.request("POST", `/alerts/${alert.id}/acknowledge`);
  await scene.request("POST", `/alerts/${alert.id}/silence`, { for: "1h" });
  await scene.request("DELETE", "/alerts/rules/sick");
  await scene.request("DELETE", "/alerts/channels/page");
}
