import { withOneService } from "../../../server/stacks/changes/one_service.ts";
import type { Resolved } from "../../../server/stacks/validate/resolve.ts";
import { assertEquals } from "../../assert.ts";

const SERVICE = {
  ...{ image: null, wanted: 1, builds: false, containerName: null },
  ...{ buildHash: null, contextFolder: null, contentHash: null, contentFiles: [] },
};
const PROJECT: Resolved = {
  written: {},
  services: [{ ...SERVICE, name: "db" }, { ...SERVICE, name: "web" }],
  every: ["db", "web"],
  config: {
    db: { volumes: [{ type: "volume", source: "data" }], networks: { back: null } },
    web: { volumes: [{ type: "bind", source: "data" }, { type: "volume" }] },
  },
  parts: new Map(),
  volumes: { data: { name: "shop_data" } },
  networks: { back: {}, front: {} },
  notes: [],
};

Deno.test("keeps the service, and the volumes and networks that it uses", () => {
  const { services, volumes, networks } = withOneService(PROJECT, "db");
  assertEquals([services.map(({ name }) => name), Object.keys(volumes), Object.keys(networks)], [
    ["db"],
    ["data"],
    ["back"],
  ]);
});

Deno.test("leaves out bind mounts and anonymous volumes", () => {
  const { volumes, networks } = withOneService(PROJECT, "web");
  assertEquals([volumes, networks], [{}, {}]);
});
