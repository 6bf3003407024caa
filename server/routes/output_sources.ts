/** Finds the containers whose output a request names. */
import { AppError } from "../errors.ts";
import type { OutputSource } from "../output/frame.ts";
import type { Feed } from "../stats/feed.ts";

/** Names hosts that cannot be read, since one of them may have the container. */
function missing(text: string, hostId: string | undefined, feed: Feed): AppError {
  const asked = feed.reports().filter((host) => hostId === undefined || host.hostId === hostId);
  const unread = asked.filter((host) => feed.containers(host.hostId) === undefined)
    .map(({ hostId, error }) => `host "${hostId}" cannot be read now${error === null ? "" : ` (${error})`}`);
  const sentence = `There is no container "${text}"${hostId === undefined ? "" : ` on host "${hostId}"`}`;
  if (unread.length === 0) return new AppError("not-found", sentence);
  if (unread.length < asked.length) return new AppError("not-found", `${sentence}; but ${unread.join(", ")}`);
  return new AppError("engine-unreachable", `Cannot find container "${text}": ${unread.join(", ")}`);
}

/**
 * Finds one container by name or start of its id.
 *
 * @throws {AppError} "not-found" or "engine-unreachable" for none, "malformed" for several.
 */
export function findSource(feed: Feed, text: string, hostId: string | undefined): OutputSource {
  const found = feed.find(text, hostId);
  const [one, ...others] = found;
  if (one === undefined) {
    throw missing(text, hostId, feed);
  }
  if (others.length > 0) {
    const names = found.map(({ hostId, name }) => `"${name}" on "${hostId}"`).join(", ");
    const message = `found "${text}", which is ${names}: expected one, by its full id and host`;
    throw new AppError("malformed", `Cannot choose a container: ${message}`, {
      issues: [{ path: "container", message }],
    });
  }
  return one;
}
