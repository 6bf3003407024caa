import type { Sample } from "../../../server/docker/sample.ts";
import { FastViewer } from "../../../server/stats/fast/fast_viewer.ts";
import { ContainerUpdate } from "../../../server/stats/update.ts";
import { ContainerNames } from "../../../server/stats/viewer.ts";
import { assertEquals } from "../../assert.ts";
import { fakeContainer, idOf } from "../../fakes/container.ts";

const HOST = "Localhost";

function viewer(names: readonly string[] = ["web"], left = new AbortController().signal): FastViewer {
  return new FastViewer({ containers: new ContainerNames(names) }, 100, left);
}

function update(name: string, changed = false): ContainerUpdate {
  const facts = { hostId: HOST, container: fakeContainer(name), status: "Up", stale: false, changed };
  return new ContainerUpdate({ ...facts, sample: undefined as Sample | undefined });
}

Deno.test("receives its running containers, and leaves their regular samples out", () => {
  const close = viewer();
  close.note(HOST, fakeContainer("web"));
  close.note(HOST, fakeContainer("db"));
  assertEquals(close.idsOn(HOST), [idOf("web")]);
  assertEquals([close.repeats(update("web")), close.repeats(update("db"))], [true, false]);
});

Deno.test("a change of a container is never left out", () => {
  const close = viewer();
  close.note(HOST, fakeContainer("web"));
  assertEquals(close.repeats(update("web", true)), false);
});

Deno.test("a container that stops or is renamed is no longer read", () => {
  const close = viewer();
  for (const change of [fakeContainer("web", { state: "exited" }), fakeContainer("web", { name: "other" })]) {
    close.note(HOST, fakeContainer("web"));
    close.note(HOST, change);
    assertEquals(close.idsOn(HOST), []);
  }
});

Deno.test("paces the samples of each container", () => {
  const close = new FastViewer(
    { containers: new ContainerNames(["web"]) },
    500,
    new AbortController().signal,
  );
  close.note(HOST, fakeContainer("web"));
  const sent = [0, 100, 300, 440, 460, 900, 960].filter((now) =>
    close.select([update("web")], now).length > 0
  );
  assertEquals(sent, [0, 460, 960]);
});

Deno.test("does not receive the samples of other viewers", () => {
  const close = viewer();
  close.note(HOST, fakeContainer("web"));
  assertEquals(close.select([update("db")], 0), []);
});

Deno.test("falls back when more than ten containers match, on all hosts together", () => {
  const names = Array.from({ length: 11 }, (_, index) => `web${index}`);
  const close = viewer(names);
  for (const [index, name] of names.slice(0, 10).entries()) {
    close.note(`host${index % 2}`, fakeContainer(name));
  }
  assertEquals(close.notice, undefined);
  close.note("nas", fakeContainer("web10"));
  assertEquals(close.notice, { hostId: "nas", intervalMs: 1000, reason: "more than 10 containers match" });
});

Deno.test("falls back once, and receives the regular samples from then on", () => {
  const close = viewer();
  close.note(HOST, fakeContainer("web"));
  close.fallBack(HOST, "the first");
  close.fallBack(HOST, "the second");
  assertEquals([close.notice?.reason, close.signal.aborted, close.repeats(update("web"))], [
    ...["the first", true, false],
  ]);
});

Deno.test("a viewer that has left does not fall back", () => {
  const close = viewer(["web"], AbortSignal.abort());
  close.fallBack(HOST, "too late");
  assertEquals(close.notice, undefined);
});
