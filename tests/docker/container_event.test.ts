import { toContainerEvent } from "../../server/docker/container_event.ts";
import { assertEquals } from "../assert.ts";

const ID = "a".repeat(64);

Deno.test("an event has the time, the exit code and the names of its container", () => {
  const Attributes = {
    name: "shop-web-1",
    exitCode: "137",
    "com.docker.compose.project": "shop",
    "com.docker.compose.service": "web",
  };
  const raw = { Action: "die", Actor: { ID, Attributes }, time: 1767225600, timeNano: 1767225600250000000 };
  assertEquals(toContainerEvent(raw), {
    ...{ id: ID, action: "die", at: 1767225600250, exitCode: 137 },
    ...{ name: "shop-web-1", project: "shop", service: "web" },
  });
});

Deno.test("values of the wrong type count as absent, and an event without a container is dropped", () => {
  const raw = { Action: 7, id: ID, Actor: { Attributes: { name: 5, exitCode: "-1" } }, timeNano: "soon" };
  assertEquals(toContainerEvent(raw), {
    ...{ id: ID, action: "", at: undefined, exitCode: undefined },
    ...{ name: undefined, project: undefined, service: undefined },
  });
  for (const broken of [null, {}, { Actor: { ID: "../x" } }]) {
    assertEquals(toContainerEvent(broken), undefined);
  }
});

Deno.test("an engine without nanoseconds states seconds", () => {
  assertEquals(toContainerEvent({ id: ID, time: 1767225600 })?.at, 1767225600000);
});
