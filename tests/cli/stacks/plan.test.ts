import { renderPlan } from "../../../server/cli/stacks/plan.ts";
import type { DeploymentPlan, PlannedService } from "../../../server/protocol/stacks.ts";
import { assertEquals } from "../../assert.ts";

const EMPTY: DeploymentPlan = { services: [], images: [], volumes: [], networks: [], clashes: [] };

function service(
  name: string,
  action: PlannedService["action"],
  rest: Partial<PlannedService> = {},
): PlannedService {
  return { service: name, action, reasons: [], containers: [], downtime: null, ...rest };
}

Deno.test("lists each service with its change, its downtime and the reasons", () => {
  const services = [
    service("db", "unchanged"),
    service("web", "recreate", {
      reasons: ["image", "environment (A)"],
      downtime: { seconds: 2.34, measured: true },
    }),
    service("x", "unknown", { reasons: ["cannot tell: depends_on changed"] }),
  ];
  assertEquals(renderPlan({ ...EMPTY, services }), [
    "SERVICE   DEPLOYMENT    DOWNTIME      REASON",
    "db        unchanged     -",
    "web       recreate      about 2.3 s   image; environment (A)",
    "x         cannot tell   -             depends_on changed",
  ]);
});

Deno.test("a downtime that was not measured is the time to stop", () => {
  const services = [service("web", "recreate", { downtime: { seconds: 10, measured: false } })];
  assertEquals(
    renderPlan({ ...EMPTY, services })[1],
    "web       recreate     up to 10 s, plus startup",
  );
});

Deno.test("images, volumes, networks and conflicts have a table each", () => {
  const plan: DeploymentPlan = {
    ...EMPTY,
    images: [{ image: "busybox:2", action: "pull", services: ["api", "web"] }],
    volumes: [{ name: "web_data", action: "unknown", reason: "cannot tell: its driver changed" }],
    networks: [{ name: "web_default", action: "create", reason: null }],
    clashes: [
      { service: "web", message: "port 80/tcp is taken" },
      { service: null, message: "two services have one name" },
    ],
  };
  assertEquals(renderPlan(plan), [
    "IMAGE       DEPLOYMENT   SERVICES",
    "busybox:2   pull         api, web",
    "",
    "VOLUME     DEPLOYMENT    REASON",
    "web_data   cannot tell   its driver changed",
    "",
    "NETWORK       DEPLOYMENT   REASON",
    "web_default   create",
    "",
    "CONFLICT   REASON",
    "web        port 80/tcp is taken",
    "-          two services have one name",
  ]);
});

Deno.test("control characters of names and reasons do not reach the terminal", () => {
  const networks = [{ name: "a\x1b[2J", action: "create", reason: "x\u202ey" }] as const;
  assertEquals(renderPlan({ ...EMPTY, networks })[1], "a [2J     create       x y");
});
