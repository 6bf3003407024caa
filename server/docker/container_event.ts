/** Pure: converts the events that an engine sends. */
import { countOf, fieldsOf, textOf } from "../untrusted_json.ts";
import type { ContainerEvent } from "./engine.ts";
import { membershipOf } from "./text/membership.ts";

/** Full id of a container. */
export const CONTAINER_ID = /^[0-9a-f]{64}$/;

/** Converts an event of the engine; `undefined` if it names no container. */
export function toContainerEvent(raw: unknown): ContainerEvent | undefined {
  const { Action, id, Actor, time, timeNano } = fieldsOf(raw);
  const { ID, Attributes } = fieldsOf(Actor);
  const of = textOf(ID) ?? textOf(id) ?? "";
  if (!CONTAINER_ID.test(of)) return undefined;
  const labels = fieldsOf(Attributes);
  const membership = membershipOf(labels);
  const seconds = countOf(time);
  const nanoseconds = countOf(timeNano);
  return {
    id: of,
    action: textOf(Action) ?? "",
    at: nanoseconds !== undefined
      ? Math.round(nanoseconds / 1000) / 1000
      : seconds !== undefined
      ? seconds * 1000
      : undefined,
    // Podman has another name for it.
    exitCode: codeOf(labels["exitCode"] ?? labels["containerExitCode"]),
    name: textOf(labels["name"])?.replace(/^\//, "") || undefined,
    project: membership.project ?? undefined,
    service: membership.service ?? undefined,
  };
}

function codeOf(text: unknown): number | undefined {
  return typeof text === "string" && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
