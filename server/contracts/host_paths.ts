/** Paths of hosts that are added in DockStat, a part of the table behind `/openapi.json`. */
import { BODY_REFUSALS, type HttpPath } from "./http_operation.ts";

const plain = { tag: "containers", need: "change" } as const;

/** Paths of hosts. */
export const HOST_PATHS: Readonly<Record<string, HttpPath>> = {
  "/hosts": {
    post: {
      ...plain,
      id: "addHost",
      summary: "Add a host",
      body: "NewHost",
      answers: {
        201: { description: "The host, which is read from now on.", schema: "HostReport", location: true },
      },
      refusals: [409, ...BODY_REFUSALS, 507],
    },
  },
  "/hosts/test": {
    post: {
      ...plain,
      id: "testHost",
      summary: "Test whether an engine answers at an address; ten times a minute at most",
      body: "HostAddress",
      answers: { 200: { description: "The outcome.", schema: "HostTest" } },
      refusals: [...BODY_REFUSALS],
    },
  },
  "/hosts/{hostId}": {
    delete: {
      ...plain,
      id: "removeHost",
      summary: "Stop reading a host that was added in DockStat; its containers keep running",
      answers: { 204: { description: "The host is no longer read.", empty: true } },
      refusals: [404, 409, 507],
    },
  },
};
