/** Options of the server for a search of a whole log. */
import type { LevelChoice } from "../../../lib/lines/line_filter.ts";
import { patternOf } from "../../../components/lines/search/log_search.ts";
import type { SearchRequest } from "../../../lib/lines/log_archive.ts";
import type { ContainerKey, OutputTarget } from "../output_target.ts";
import { targetOptions } from "../output_target.ts";

/** Levels of the server for each choice. */
const LEVELS: Readonly<Record<LevelChoice, readonly string[]>> = {
  error: ["error", "fatal"],
  warning: ["warn"],
  info: ["info"],
  debug: ["debug", "trace"],
};

/**
 * Returns the options that filter lines.
 *
 * @param sources The known containers of the log, of which those that are muted are left out.
 */
export function filterOptions(
  { query, isExclude, context, filter: { levels, stream, span, muted } }: SearchRequest,
  target: OutputTarget,
  sources: readonly ContainerKey[],
): URLSearchParams {
  const left = sources.filter(({ containerId }) => !muted.has(containerId));
  const shown = muted.size > 0 && left.length > 0 ? { containers: left } : target;
  const options = new URLSearchParams(targetOptions(shown));
  if (query.text !== "") options.set(isExclude ? "exclude" : "match", patternOf(query));
  if (query.matchCase) options.set("case", "1");
  if (context > 0) options.set("context", String(context));
  if (levels.size > 0) options.set("levels", [...levels].flatMap((level) => LEVELS[level]).join(","));
  if (stream !== "all") options.set("stream", stream);
  if (span !== undefined && Number.isFinite(span.from)) {
    options.set("since", new Date(span.from).toISOString());
  }
  if (span !== undefined && Number.isFinite(span.to)) options.set("until", new Date(span.to).toISOString());
  return options;
}
