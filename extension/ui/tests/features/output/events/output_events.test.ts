import { assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { OutputEvents } from "../../../../src/features/output/events/output_events.ts";
import { LineStore } from "../../../../src/lib/lines/line_store.ts";
import { at } from "../../../fakes/messages.ts";
import { FakeTransport } from "../../../fakes/transport.ts";

const ID = "a".repeat(64);

function event(
  id: number,
  seconds: number,
  kind: string,
  more: Readonly<Record<string, unknown>> & { readonly containerId?: null } = {},
) {
  return {
    ...{ id, timestamp: at(seconds), hostId: "nas", kind, name: "web", project: "shop" },
    containerId: ID as string | null,
    ...{ stack_id: null, service: null, exitCode: null, count: 1, state: null, action: null },
    ...{ operation_id: null, message: null, late: false, hasLog: false },
    ...more,
  };
}

/** A log with lines at some seconds, and its events on the server. */
function open(
  events: readonly ReturnType<typeof event>[],
  nameOf?: (id: string, past: string | null) => string,
) {
  const transport = new FakeTransport();
  const ask = transport.ask.bind(transport);
  transport.ask = <T>(path: string) => {
    const isOfContainer = new URLSearchParams(path.split("?")[1]).has("container");
    const found = events.filter((event) => (event.containerId !== null) === isOfContainer);
    const place = { hostId: "nas", project: "shop", service: "web" };
    transport.answers[path] = path.startsWith("/docker/stats") ? [place] : { events: found, next: null };
    return ask<T>(path);
  };
  const store = new LineStore();
  const target = { containers: [{ hostId: "nas", containerId: ID }] };
  const notes = new OutputEvents({ transport, store, target, nameOf });
  const write = (...seconds: readonly number[]) => {
    for (const second of seconds) store.push({ timestamp: at(second), text: `line ${second}` });
    store.flush();
  };
  const texts = () => store.view.value.entries.map(({ head }) => head.text);
  return {
    transport,
    store,
    write,
    texts,
    [Symbol.dispose]() {
      notes[Symbol.dispose]();
      store[Symbol.dispose]();
    },
  };
}

Deno.test("ends, starts and deployments appear between the lines, by time", async () => {
  using it = open([
    event(1, 2, "exit", { exitCode: 137 }),
    event(2, 3, "restart"),
    event(3, 5, "deploy", { containerId: null, action: "deploy", state: "succeeded" }),
  ]);
  it.write(1, 4, 6);
  await eventually("the notes", () => it.texts().length === 6);
  assertEquals(it.texts(), [
    "line 1",
    "Exited with 137",
    "Restarted",
    "line 4",
    "Deploy: succeeded",
    "line 6",
  ]);
});

Deno.test("deployments of other services, projects and hosts do not separate lines", async () => {
  const deploy = { containerId: null, action: "deploy", state: "succeeded" } as const;
  using it = open([
    event(1, 2, "deploy", { ...deploy, service: "db" }),
    event(2, 2, "deploy", { ...deploy, project: "blog" }),
    event(3, 2, "deploy", { ...deploy, hostId: "vps" }),
    event(4, 3, "deploy", { ...deploy, service: "web" }),
  ]);
  it.write(1, 4);
  await eventually("the note", () => it.texts().length > 2);
  assertEquals(it.texts(), ["line 1", "Deploy: succeeded", "line 4"]);
});

Deno.test("notes of a merged log name the container, which can be muted with them", async () => {
  using it = open([event(1, 2, "start")], () => "web-1");
  it.write(1, 4);
  const note = await eventually("the note", () => it.store.view.value.entries.find(({ head }) => head.note));
  assertEquals([note.head.text, note.head.source], ["web-1: Started", ID]);
});

Deno.test("each note appears once when older lines are loaded", async () => {
  using it = open([event(1, 5, "start"), event(2, 2, "exit", { exitCode: 0 })]);
  it.write(4, 6);
  await eventually("the note", () => it.texts().length === 3);
  it.store.prepend([{ timestamp: at(1), text: "line 1" }, { timestamp: at(3), text: "line 3" }]);
  await eventually("the older note", () => it.texts().length === 6);
  assertEquals(it.texts(), ["line 1", "Exited with 0", "line 3", "line 4", "Started", "line 6"]);
});

Deno.test("notes return after a jump back", async () => {
  using it = open([event(1, 5, "start")]);
  it.write(4, 6);
  await eventually("the note", () => it.texts().length === 3);
  it.store.replace([{ timestamp: at(4.5), text: "line 4.5" }, { timestamp: at(6), text: "line 6" }], true);
  await eventually("the note again", () => it.texts().length === 3);
  assertEquals(it.texts(), ["line 4.5", "Started", "line 6"]);
});

Deno.test("asks for the events since the first line only", async () => {
  using it = open([]);
  it.write(7, 8);
  const asked = await eventually("the request", () => it.transport.asked[0]);
  const options = new URLSearchParams(asked.split("?")[1]);
  assertEquals([options.get("since"), options.get("container")], [at(7), ID]);
});

Deno.test("a note of a merged log has the name that the container had", async () => {
  using it = open([event(1, 2, "exit", { exitCode: 137 })], (_, past) => past ?? "unknown");
  it.write(1);
  await eventually("the note", () => it.texts().length === 2);
  assertEquals(it.texts()[1], "web: Exited with 137");
});
