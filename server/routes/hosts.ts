/** `/hosts`: hosts that are added, tested and removed in the page. */
import type { AddedHosts } from "../hosts/added_hosts.ts";
import type { HostTests } from "../hosts/host_tests.ts";
import { readBody } from "../http/body.ts";
import { jsonResponse, NO_STORE } from "../http/problem.ts";
import type { Path } from "../http/router.ts";
import { HostAddress, NewHost } from "../protocol/hosts/new_host.ts";
import type { Feed } from "../stats/feed.ts";
import { withoutOptions } from "./filters.ts";

/** Services of these paths. */
export interface HostServices {
  readonly feed: Feed;
  readonly addedHosts: AddedHosts;
  readonly hostTests: HostTests;
}

/** Returns the paths of hosts that are added in DockStat. */
export function hostPaths(
  { feed, addedHosts, hostTests }: HostServices,
  bodyBytes: number,
): Readonly<Record<string, Path>> {
  return {
    "/hosts": {
      POST: withoutOptions(async ({ request }) => {
        const host = await readBody(request, NewHost, bodyBytes);
        await addedHosts.add(host);
        const report = feed.reports().find(({ hostId }) => hostId === host.id);
        return jsonResponse(report, 201, { location: "/docker/hosts" });
      }),
    },
    "/hosts/test": {
      POST: withoutOptions(async ({ request }) =>
        jsonResponse(await hostTests.run(await readBody(request, HostAddress, bodyBytes)))
      ),
    },
    "/hosts/{hostId}": {
      DELETE: withoutOptions(async ({ params: { hostId = "" } }) => {
        await addedHosts.remove(hostId);
        return new Response(null, { status: 204, headers: NO_STORE });
      }),
    },
  };
}
