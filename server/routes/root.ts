/** `/`: the printed link leads here, gives a cookie for the token that it carries, and leaves an address without it. */
import { cookieName, type Credential } from "../access/credentials.ts";
import { AppError } from "../errors.ts";
import { COMMON_HEADERS } from "../http/problem.ts";
import { parseOptions } from "../http/query.ts";
import { dashboardFile } from "./dashboard.ts";

/** What turns the token of a link into a cookie. */
export interface CookieMaker {
  /** The cookie that stands for the token; `undefined` where no token is needed. */
  readonly value: string | undefined;
  readonly isToken: (credential: Credential) => boolean;
}

/**
 * Trades the token of the link for a cookie, or gives the dashboard.
 *
 * @throws {AppError} "unauthorized" for a wrong token, "malformed" for any other option, "not-found" without a build.
 */
export async function getRoot(request: Request, url: URL, cookie: CookieMaker): Promise<Response> {
  const { token: [token] } = parseOptions(url.searchParams, {
    token: { parse: (text: string) => text, expected: "the token" },
  });
  if (token === undefined || cookie.value === undefined) return await dashboardFile(request, "index.html");
  if (!cookie.isToken({ kind: "bearer", secret: token })) {
    throw new AppError(
      "unauthorized",
      'Cannot accept this link: its token is not that of this server: "dockstat token" prints the new one',
    );
  }
  const secure = url.protocol === "https:" ? "; Secure" : "";
  return new Response(null, {
    status: 303,
    headers: {
      location: "/",
      "set-cookie": `${
        cookieName(cookie.value)
      }=${cookie.value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000${secure}`,
      "referrer-policy": "no-referrer",
      ...COMMON_HEADERS,
    },
  });
}
