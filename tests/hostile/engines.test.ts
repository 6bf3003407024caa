/** Tests with generated data of engines, which is used only as far as it makes sense. */
import fc from "fast-check";
import { type RawContainer, statusText, toContainer, withInspection } from "../../server/docker/container.ts";
import { Demux, type OutputLine } from "../../server/docker/demux.ts";
import { toCounters, toSample } from "../../server/docker/sample.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";

const SEED = 20_260_801;

const json = fc.jsonValue({ maxDepth: 3 });
const count = fc.oneof(fc.double(), fc.integer(), json);
const stats = fc.record({
  read: fc.oneof(fc.date({ noInvalidDate: true }).map((date) => date.toISOString()), json),
  cpu_stats: fc.oneof(
    json,
    fc.record({ cpu_usage: fc.record({ total_usage: count }), system_cpu_usage: count, online_cpus: count }),
  ),
  memory_stats: fc.oneof(
    json,
    fc.record({
      usage: count,
      limit: count,
      stats: fc.dictionary(fc.constantFrom("inactive_file", "total_inactive_file"), count),
    }),
  ),
  networks: fc.oneof(json, fc.dictionary(fc.string(), fc.record({ rx_bytes: count, tx_bytes: count }))),
  blkio_stats: fc.oneof(
    json,
    fc.record({ io_service_bytes_recursive: fc.array(fc.record({ op: json, value: count })) }),
  ),
  pids_stats: fc.oneof(json, fc.record({ current: count })),
}, { requiredKeys: [] });

Deno.test("2,000 pairs of generated stats give finite numbers or null", () => {
  const traits = { cpus: 2, os: "linux", cpuClock: "system" } as const;
  fc.assert(
    fc.property(stats, stats, (one, other) => {
      const [before, after] = [one, other].map((raw) => toCounters(raw as never, traits));
      const sample = before && after && toSample(before, after);
      if (sample === undefined) return;
      for (const [key, value] of Object.entries(sample)) {
        assert(
          typeof value === "string" || value === null || Number.isFinite(value) && value >= 0,
          `${key} is ${value}`,
        );
      }
      assert(sample.cpuUsage <= sample.onlineCpus * 100 && sample.memoryUsage >= 0);
    }),
    { numRuns: 2000, seed: SEED },
  );
});

Deno.test("1,000 generated containers have text where text is expected", () => {
  const raw = fc.record({
    Id: fc.string(),
    Names: json,
    Image: json,
    ImageID: json,
    State: json,
    Status: json,
    Labels: json,
  }, { requiredKeys: ["Id"] });
  fc.assert(
    fc.property(raw, json, (raw, inspection) => {
      const container = withInspection(toContainer(raw as unknown as RawContainer), inspection as never);
      for (const text of [container.name, container.image, statusText(container, Date.now())]) {
        assertEquals(typeof text, "string");
      }
    }),
    { numRuns: 1000, seed: SEED },
  );
});

Deno.test("500 streams of random bytes are split into lines or refused", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 8 }), (tty, chunks) => {
      const demux = new Demux(tty);
      let lines: readonly OutputLine[] = [];
      try {
        lines = [...chunks.flatMap((chunk) => demux.push(chunk)), ...demux.end()];
      } catch (error) {
        assertStringIncludes(String(error), "announced a frame of");
      }
      for (const { message, stream } of lines) {
        assert(typeof message === "string" && /^std(out|err)$/.test(stream));
      }
    }),
    { numRuns: 500, seed: SEED },
  );
});
