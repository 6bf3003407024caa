/** The key `outbound` of `dockstat.yaml`: addresses that requests for users may reach beside public and private ones. */
import * as v from "valibot";
import { ALLOWED_ADDRESS, parseAllowed } from "../outbound/addresses.ts";

const Allowed = v.pipe(
  v.string(ALLOWED_ADDRESS),
  v.check((text) => parseAllowed(text) !== undefined, ALLOWED_ADDRESS),
);

/** Schema of the key; addresses are texts such as `127.0.0.1:8080`. */
export const OutboundKeys = v.strictObject({
  allow: v.optional(v.array(Allowed, "a list of addresses")),
}, "the key allow");
