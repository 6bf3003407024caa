/** Pure: reasons why git could not fetch. */
import { AppError } from "../errors.ts";
import type { GitSource } from "../protocol/git/git.ts";

/** Reasons by what git or ssh prints, and the code of the error. */
const REASONS:
  readonly (readonly [RegExp, "engine-refused" | "engine-unreachable", (source: GitSource) => string])[] = [
    [
      /could not read Username|Authentication failed|returned error: 40[13]|Permission denied|terminal prompts disabled/i,
      "engine-refused",
      ({ url }) =>
        `${new URL(url).host} refuses the login. Set one for ${originOf(url)} in dockstat.yaml (git: hosts)`,
    ],
    [
      /couldn't find remote ref|Remote branch .* not found/i,
      "engine-refused",
      ({ branch }) => `the repository has no branch "${branch}"`,
    ],
    [
      /repository .* not found|returned error: 404|does not appear to be a git repository/i,
      "engine-refused",
      ({ url }) => `${new URL(url).host} has no such repository, or it needs a login`,
    ],
    [
      /unable to update url base from redirection|returned error: 30\d/i,
      "engine-refused",
      ({ url }) => `${new URL(url).host} redirects to another address. Use that address`,
    ],
    [
      /SSL certificate problem|server certificate verification failed|certificate verify/i,
      "engine-unreachable",
      ({ url }) =>
        `the certificate of ${new URL(url).host} is not trusted. Set its authority with ca (git: hosts)`,
    ],
    [
      /Host key verification failed/i,
      "engine-unreachable",
      ({ url }) => `the host key of ${new URL(url).host} is not known. Set knownHosts (git: hosts)`,
    ],
    [
      /fsck error|error in object|bad config|index-pack failed|invalid index-pack/i,
      "engine-refused",
      () => "the repository contains invalid or very large objects",
    ],
    [
      /ssh: not found|ssh: command not found|cannot run ssh/i,
      "engine-refused",
      () => "ssh is not installed where DockStat runs",
    ],
    [
      /Failed to connect|Could not connect|Connection (?:refused|timed out|reset)|timed out|Could not resolve/i,
      "engine-unreachable",
      ({ url }) => `${new URL(url).host} does not answer`,
    ],
  ];

/** Returns the error of a fetch; text of the other side is never part of it. */
export function gitFailure(source: GitSource, errors: string): AppError {
  const [, code, why] = REASONS.find(([pattern]) => pattern.test(errors)) ?? [];
  const reason = why?.(source) ?? `${new URL(source.url).host} ended the transfer`;
  return new AppError(code ?? "engine-refused", `Cannot fetch branch "${source.branch}": ${reason}`);
}

function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
