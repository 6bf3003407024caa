import { toStatsRequest } from "../../../server/cli/stats/flags.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

Deno.test("without flags all containers are shown, live", () => {
  assertEquals(toStatsRequest([], {}, undefined), {
    names: [],
    hostId: undefined,
    sort: undefined,
    once: false,
  });
});

Deno.test("names, host, order and --no-stream are taken from the command line", () => {
  assertEquals(toStatsRequest(["web"], { sort: "cpu", noStream: true }, "nas"), {
    names: ["web"],
    hostId: "nas",
    sort: "cpu",
    once: true,
  });
  assertEquals(toStatsRequest([], { on: "nas" }, undefined).hostId, "nas");
});

Deno.test("an unknown order is refused with a suggestion", () => {
  const error = assertThrows(
    () => toStatsRequest([], { sort: "cpi" }, undefined),
    AppError,
    "did you mean cpu?",
  );
  assertEquals(error.code, "usage");
  assertThrows(() => toStatsRequest([], { sort: "size" }, undefined), AppError, "one of cpu, mem, name, net");
});

Deno.test("two different hosts are refused", () => {
  assertThrows(() => toStatsRequest([], { on: "nas" }, "vps"), AppError, "different hosts");
});
