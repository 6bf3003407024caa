/** Pure: the page that opens while DockStat cannot be reached. It holds no data. */

/** Nothing runs in the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const STYLE = `:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-content:center;gap:8px;text-align:center;padding:16px;
font:13px/20px system-ui,sans-serif;background:#f6f7f9;color:#475467}
h1{margin:0;font-size:18px;line-height:26px;color:#101828}a{color:#1758d8}
@media(prefers-color-scheme:dark){body{background:#0d1117;color:#a4afbf}h1{color:#e8ecf2}a{color:#5b9dff}}`;

/** Returns the page, which reloads every five seconds. */
export function offlinePage(): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="5">
<title>DockStat</title><style>${STYLE}</style></head><body><main><h1>Cannot reach DockStat</h1>
<p>This page opens when DockStat is reachable again. <a href="./">Try again</a></p></main></body></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": POLICY,
    "cache-control": "no-store",
  };
  return new Response(html, { status: 503, headers });
}
