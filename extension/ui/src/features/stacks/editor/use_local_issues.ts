import { useEffect, useState } from "react";
import type { EditorIssue } from "./issues.ts";

/** Pause in typing before the page checks the texts, ms. */
const PAUSE_MS = 200;

/** Checks the texts in the page whenever typing pauses: the server finds some mistakes only one after the other. */
export function useLocalIssues(compose: string, env: string): readonly EditorIssue[] {
  const [issues, setIssues] = useState<readonly EditorIssue[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { checkTexts } = await import("./language/check.ts");
        if (!stop.signal.aborted) setIssues(checkTexts(compose, env));
      } catch {
        // Without the chunk the server's check remains.
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [compose, env]);
  return issues;
}

/** Adds the issues that the server has not reported at the same line, in the order of the lines. */
export function withLocalIssues(
  server: readonly EditorIssue[],
  local: readonly EditorIssue[],
): readonly EditorIssue[] {
  const lines = new Set(server.map(({ line }) => line));
  return [...server, ...local.filter(({ line }) => !lines.has(line))]
    .sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}
