/** The dashboard's files, and the paths that it requests first. */
import { type AccessRules, isTrusted } from "../access/access.ts";
import { credentialsOf } from "../access/credentials.ts";
import { isLocal } from "../access/local.ts";
import { AppError } from "../errors.ts";
import type { ComposeVersions } from "../compose/command.ts";
import { readBody } from "../http/body.ts";
import { jsonResponse } from "../http/problem.ts";
import { type About } from "../protocol/about.ts";
import { SessionRequest } from "../protocol/session.ts";
import type { Path, RoutedRequest } from "../http/router.ts";
import { VERSION } from "../version.ts";
import { dashboardFile } from "./dashboard.ts";
import { withoutOptions } from "./filters.ts";
import { beginSession, type SessionParts } from "./session.ts";

/** Time for a page to load and open its sockets, ms. */
const LOADING_MS = 3000;

/** Files beside the page, whose names do not change with their content. */
const BESIDE_PAGE = [
  ...["icon.svg", "icon-192.png", "icon-512.png", "icon-maskable-512.png"],
  ...["manifest.webmanifest", "sw.js"],
];

/** Services of the page's paths. */
export interface PageParts {
  readonly access: AccessRules;
  readonly sessions: SessionParts;
  /** True when all containers are simulated. */
  readonly simulated: boolean;
  readonly composeVersions: () => Promise<ComposeVersions>;
}

/** Returns the paths of the page. */
export function pagePaths(
  parts: PageParts,
  bodyBytes: number,
): Readonly<Record<string, Path>> {
  const { sessions } = parts;
  return {
    "/": {
      // The page holds no data; it asks the user for the token where one is needed.
      need: "nothing",
      GET: withoutOptions(({ request }) => {
        sessions.feed.expect(LOADING_MS);
        return dashboardFile(request, "index.html");
      }),
    },
    "/assets/{name}": {
      need: "nothing",
      GET: withoutOptions(({ request, params }) => dashboardFile(request, `assets/${params["name"]}`)),
    },
    ...Object.fromEntries(BESIDE_PAGE.map((name) => [`/${name}`, {
      need: "nothing" as const,
      GET: withoutOptions(({ request }) => dashboardFile(request, name)),
    }])),
    "/about": { need: "nothing", GET: withoutOptions((call) => about(call, parts)) },
    "/session": {
      channel: "unix",
      // Allowed with --read-only, since other clients see no change.
      reads: true,
      POST: withoutOptions(async ({ request }) =>
        beginSession(await readBody(request, SessionRequest, bodyBytes), sessions)
      ),
    },
  };
}

/** Describes the server to a client, as far as the client may view it. */
async function about(
  { request, url, channel }: RoutedRequest,
  { access, simulated, composeVersions }: PageParts,
): Promise<Response> {
  const full = isTrusted(request, access, channel);
  if (!full && credentialsOf(request.headers).length > 0) {
    throw new AppError("unauthorized", "Cannot accept this token or session: it is not valid on this server");
  }
  if (!full && !isLocal(request, url, access)) {
    return jsonResponse({ version: VERSION, access: "none" } satisfies About);
  }
  const { used, user } = simulated ? { used: null, user: null } : await composeVersions();
  const level = full ? "full" as const : "view" as const;
  const { readOnly } = access;
  return jsonResponse(
    {
      version: VERSION,
      access: level,
      readOnly,
      simulated,
      compose: used,
      composeUser: user,
    } satisfies About,
  );
}
