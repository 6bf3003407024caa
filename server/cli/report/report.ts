/** `dockstat report`: prints what restarted, failed, grew, or ran out of something. */
import { type Flags, loadConfig } from "../../config/config.ts";
import type { Report } from "../../protocol/past/report.ts";
import { openServerClient } from "../server_client.ts";
import { print } from "../terminal.ts";
import type { ReportRequest } from "./flags.ts";
import { reportText } from "./text.ts";

/**
 * Prints the report.
 *
 * @throws {AppError} "unavailable" when no server answers, "failed" when it refuses.
 */
export async function runReport(
  { path, json }: ReportRequest,
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const client = await openServerClient(await loadConfig(flags));
  const report = await client.ask<Report>(path, { signal });
  print(json ? `${JSON.stringify(report)}\n` : reportText(report));
}
