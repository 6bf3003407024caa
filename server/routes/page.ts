/** What the dashboard is loaded from, and what it asks first: who am I, and what may I do. */
import { type AccessRules, isTrusted } from "../access/access.ts";
import { readBody } from "../http/body.ts";
import { jsonResponse } from "../http/problem.ts";
import { type About } from "../protocol/about.ts";
import { SessionRequest } from "../protocol/session.ts";
import type { Path } from "../http/router.ts";
import { VERSION } from "../version.ts";
import { dashboardFile } from "./dashboard.ts";
import { withoutOptions } from "./filters.ts";
import { type CookieMaker, getRoot } from "./root.ts";
import { beginSession, type SessionParts } from "./session.ts";

/** How long a page may take to load and open its sockets, ms. */
const LOADING_MS = 3000;

/** What the page's paths are served from. */
export interface PageParts {
  readonly access: AccessRules;
  readonly cookie: CookieMaker;
  readonly sessions: SessionParts;
  /** Whether all containers are made up. */
  readonly simulated: boolean;
}

/** The paths of the page. */
export function pagePaths(
  { access, cookie, sessions, simulated }: PageParts,
  bodyBytes: number,
): Readonly<Record<string, Path>> {
  return {
    "/": {
      // The link that signs in carries the token in its address.
      need: (url) => url.searchParams.has("token") ? "nothing" : "view",
      GET: ({ request, url }) => {
        sessions.feed.expect(LOADING_MS);
        return getRoot(request, url, cookie);
      },
    },
    "/assets/{name}": {
      GET: withoutOptions(({ request, params }) => dashboardFile(request, `assets/${params["name"]}`)),
    },
    "/icon.svg": { GET: withoutOptions(({ request }) => dashboardFile(request, "icon.svg")) },
    "/about": {
      GET: withoutOptions(({ request, channel }) => {
        const full = isTrusted(request, access, channel);
        const about: About = {
          version: VERSION,
          access: full ? "full" : "view",
          readOnly: access.readOnly,
          simulated,
        };
        return jsonResponse(about);
      }),
    },
    "/session": {
      channel: "unix",
      // It changes nothing that others see: also with --read-only.
      reads: true,
      POST: withoutOptions(async ({ request }) =>
        beginSession(await readBody(request, SessionRequest, bodyBytes), sessions)
      ),
    },
  };
}
