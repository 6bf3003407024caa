/** Requests to reload the configuration, which the signals of the process make. */
import { Hub } from "../hub.ts";

/** The requests of this process; nothing listens unless it serves. */
export const reloads: Hub<"reload"> = new Hub();
