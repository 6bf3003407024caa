/** Pure: outcomes of requests to other places. */
import type { Forbidden } from "./addresses.ts";

/** Failure of a request, without anything that the other side has sent. */
export type OutboundFailure =
  /** The address is refused, the URL is not http or https, or a redirect leads elsewhere. */
  | { readonly kind: "blocked"; readonly why: Forbidden | "scheme" | "redirect" }
  | { readonly kind: "unreachable"; readonly why: "name" | "connection" | "certificate" | "answer" }
  | { readonly kind: "timeout" }
  | { readonly kind: "too-large" };

/** Answer or failure of a request. */
export type OutboundOutcome =
  | {
    readonly kind: "answered";
    readonly status: number;
    /** Headers with names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  }
  | OutboundFailure;
