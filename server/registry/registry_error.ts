/** Reasons for which a registry cannot be read; they contain nothing that it has sent. */
import type { OutboundFailure } from "../outbound/outcome.ts";

/** A registry that cannot be read; the message is the part after "because". */
export class RegistryError extends Error {
  override readonly name = "RegistryError";

  /** @param retryAt Earliest time of the next request, epoch ms; `undefined` for any time. */
  constructor(message: string, readonly retryAt?: number) {
    super(message);
  }
}

/** Returns the reason behind a request that got no answer. */
export function failureReason(failure: OutboundFailure): string {
  switch (failure.kind) {
    case "timeout":
      return "the registry did not answer within 10 s";
    case "too-large":
      return "the answer of the registry is too large";
    case "blocked":
      return blockedReason(failure.why);
    case "unreachable":
      return UNREACHABLE[failure.why];
  }
}

const UNREACHABLE = {
  name: "the name of the registry does not exist",
  connection: "the registry cannot be reached",
  certificate: "the certificate of the registry is not trusted",
  answer: "the registry does not speak HTTP",
} as const;

function blockedReason(why: Extract<OutboundFailure, { kind: "blocked" }>["why"]): string {
  if (why === "redirect") return "the registry redirects to another host";
  if (why === "scheme") return "the registry names an address that is not http or https";
  return `the address of the registry is refused (${why}); outbound.allow in dockstat.yaml can allow it`;
}
