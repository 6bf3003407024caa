/** Security headers that every response carries. */

const HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
  // For data: a browser that displays it loads and runs nothing. The page has its own policy.
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/** Adds the security headers that a response does not set itself. */
export function withSecurityHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}
