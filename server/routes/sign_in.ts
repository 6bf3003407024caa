/** What a browser sees where the token is needed even to look: a page without scripts that takes the token. */
// @ts-types="../types/negotiation.d.ts"
import { accepts } from "@std/http/negotiation";
import { AppError } from "../errors.ts";
import { COMMON_HEADERS } from "../http/problem.ts";
import { PAGE_POLICY } from "./dashboard.ts";

/** The page for a browser that asked for `/` and was refused for want of the token; `undefined` for everything else. */
export function signInPage(request: Request, refusal: unknown): Response | undefined {
  if (!(refusal instanceof AppError) || refusal.code !== "unauthorized" || request.method !== "GET") {
    return undefined;
  }
  if (
    new URL(request.url).pathname !== "/" ||
    accepts(request, "application/problem+json", "text/html") !== "text/html"
  ) return undefined;
  const wrong = new URL(request.url).searchParams.has("token");
  return new Response(page(wrong), {
    status: 401,
    headers: {
      ...COMMON_HEADERS,
      ...refusal.headers,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": PAGE_POLICY,
      "referrer-policy": "no-referrer",
    },
  });
}

function page(wrong: boolean): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>DockStat: sign in</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1rem }
  input, button { font: inherit; padding: .5rem .75rem } input { width: 100%; box-sizing: border-box; margin: .25rem 0 1rem }
</style>
<main>
  <h1>DockStat needs its token</h1>
  ${wrong ? '<p role="alert"><strong>This token is not the one of this server.</strong></p>' : ""}
  <p>Open the link that DockStat printed as it started, or paste the token here: <code>dockstat token</code>, on the
  machine where it runs, prints it.</p>
  <form action="/" method="get">
    <label>Token <input name="token" type="password" required autofocus autocomplete="off"></label>
    <button>Sign in</button>
  </form>
</main>
</html>
`;
}
