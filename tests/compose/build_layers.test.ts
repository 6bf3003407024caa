import { BuildLayers, parseBlobStatus } from "../../server/compose/build_layers.ts";
import { BuildOutput } from "../../server/compose/build_output.ts";
import type { ResourceProgress } from "../../server/compose/progress.ts";
import { ProgressFilter } from "../../server/stacks/progress/progress_filter.ts";
import { assert, assertEquals } from "../assert.ts";

const FIXTURES = new URL("../fixtures/compose/", import.meta.url);
const LAYER = `sha256:${"a1".repeat(32)}`;
const FROM = "[web 1/2] FROM nas:5000/base:1@sha256:" + "0".repeat(64);

/** Parses a recorded build, and returns its progress. */
function recorded(name: string): readonly ResourceProgress[] {
  const output = new BuildOutput();
  return Deno.readTextFileSync(new URL(name, FIXTURES)).split("\n").flatMap((line) => output.parse(line))
    .filter((line) => line.kind === "resource");
}

for (
  const [form, layer, total] of [
    ["json", "9797921dc5fa", 32_541_769],
    ["plain", "3fcb00777e0a", 22_060_000],
  ] as const
) {
  Deno.test(`a recorded build reports its layers like a pull, as ${form}`, () => {
    const lines = recorded(`2.40-${form}-build-pull.txt`);
    const layers = lines.filter(({ resource }) => resource.kind === "layer");
    assertEquals(new Set(layers.map(({ resource }) => resource.name)), new Set([layer]));
    assertEquals(
      new Set(layers.map(({ resource }) => resource.parent)),
      new Set(["127.0.0.1:5000/shop/base:1"]),
    );
    assertEquals(new Set(layers.map((line) => line.total)), new Set([total, undefined]));
    assertEquals([...new Set(layers.map(({ verb }) => verb))].sort(), [
      "Download complete",
      "Downloading",
      "Extracting",
      "Pull complete",
    ]);
    const images = lines.filter(({ resource }) => resource.kind === "image");
    assertEquals(images.map(({ verb, state }) => [verb, state]), [["Pulling", "working"], [
      "Pulled",
      "done",
    ]]);
  });

  Deno.test(`a recorded build reports every ten percent of the pull to every client, as ${form}`, () => {
    const filter = new ProgressFilter();
    const reports = recorded(`2.40-${form}-build-pull.txt`).flatMap((line) => filter.take(line));
    const pulls = reports.filter(({ detailOnly, message }) => !detailOnly && /: \d+ %$/.test(message));
    assert(pulls.length >= 5, `${pulls.length} reports`);
    assertEquals(pulls.at(-1)!.message, "Pulling 127.0.0.1:5000/shop/base:1: 100 %");
    assertEquals(pulls.at(-1)!.step.resource?.kind, "image");
  });
}

for (
  const [text, current, total, isDone] of [
    [`${LAYER} 2.10MB / 22.06MB 0.5s`, 2_100_000, 22_060_000, false],
    [`${LAYER} 528B / 528B done`, 528, 528, true],
    [`${LAYER} 1.5kB / 1.02GB 10.0s done`, 1500, 1_020_000_000, true],
    [`extracting ${LAYER} 0.1s`, 0, 0, false],
    [`extracting ${LAYER} 0.2s done`, 0, 0, true],
  ] as const
) {
  Deno.test(`reads "${text.replace(LAYER, "sha256:…")}"`, () => {
    const status = parseBlobStatus(text);
    assertEquals([status?.current, status?.total, status?.isDone], [current, total, isDone]);
  });
}

for (const text of ["", "sha256:abc 1B / 2B", `${LAYER} and more`, `resolve a@${LAYER} done`, `x ${LAYER}`]) {
  Deno.test(`reads no layer from "${text.replace(LAYER, "sha256:…")}"`, () => {
    assertEquals(parseBlobStatus(text), undefined);
  });
}

const status = { id: LAYER, current: 5, total: 10, isDone: false };

for (
  const [step, image] of [
    [FROM, "nas:5000/base:1"],
    ["[1/2] FROM alpine", "alpine"],
    ["FROM docker.io/library/alpine:3", "docker.io/library/alpine:3"],
    ["docker-image://docker.io/docker/dockerfile:1", "docker.io/docker/dockerfile:1"],
  ] as const
) {
  Deno.test(`a layer of the step "${step.slice(0, 60)}" belongs to ${image}`, () => {
    const [begin, layer] = new BuildLayers().take(step, status);
    assertEquals([begin?.resource.name, layer?.resource.parent], [image, image]);
  });
}

for (
  const step of ["[1/2] RUN echo FROM a", "[internal] load build context", "exporting to image", "FROM a b"]
) {
  Deno.test(`a blob of the step "${step}" does not count as a layer`, () => {
    assertEquals(new BuildLayers().take(step, status), []);
  });
}

Deno.test("a blob that is complete at its first status does not count as a layer: it may be a manifest", () => {
  assertEquals(new BuildLayers().take(FROM, { ...status, isDone: true }), []);
});

Deno.test("a layer has no more bytes than its total", () => {
  const [, layer] = new BuildLayers().take(FROM, { ...status, current: 50 });
  assertEquals([layer?.current, layer?.total], [10, 10]);
});

Deno.test("remembers 5000 layers at most", () => {
  const layers = new BuildLayers();
  const lines = Array.from({ length: 5002 }, (_, index) => {
    const id = `sha256:${String(index).padStart(12, "0")}${"0".repeat(52)}`;
    return layers.take(FROM, { ...status, id });
  });
  assertEquals(lines.flat().length, 5001);
});

Deno.test("a step without layers ends no pull", () => {
  assertEquals(new BuildLayers().end(FROM), []);
});
