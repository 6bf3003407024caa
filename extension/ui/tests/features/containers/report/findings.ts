import type { Finding, FindingKind, Report } from "../../../../../../server/protocol/past/report.ts";

/** A finding about the container "web" of the stack "shop", changed as a test needs. */
export function finding(kind: FindingKind, changes: Partial<Finding> = {}): Finding {
  return {
    kind,
    hostId: "Localhost",
    name: "shop-web-1",
    project: "shop",
    service: "web",
    count: 1,
    first: "2026-08-01T02:00:00.000Z",
    last: "2026-08-01T03:00:00.000Z",
    exitCode: null,
    durationMs: null,
    from: null,
    to: null,
    action: null,
    message: null,
    ...changes,
  };
}

/** A report of twelve hours without findings, changed as a test needs. */
export function report(changes: Partial<Report> = {}): Report {
  return {
    since: "2026-07-31T20:00:00.000Z",
    until: "2026-08-01T08:00:00.000Z",
    ...{ restarted: [], failed: [], grew: [], ranOut: [] },
    complete: true,
    ...changes,
  };
}
