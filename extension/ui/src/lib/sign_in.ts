/** Signing in with a link, while the network may change. */
import { Unreachable } from "./transport/transport.ts";

/** Attempts to reach the server. */
const ATTEMPTS = 3;
/** Delay between two attempts, ms. */
const RETRY_MS = 500;

/** Signs in. After a refusal, or without a server, the page shows what works without the token and asks for it. */
export async function signInWithRetry(
  signIn: () => Promise<void>,
  retryMs: number = RETRY_MS,
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      return await signIn();
    } catch (error) {
      if (!(error instanceof Unreachable)) return;
      // Browsers abort requests when an engine adds a network.
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
