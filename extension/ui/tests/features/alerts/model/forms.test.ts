import * as v from "valibot";
import { RuleDraft, type RuleWhen } from "../../../../../../server/protocol/alerts/rule.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { describeRule } from "../../../../src/features/alerts/model/describe_rule.ts";
import { browserZone, NEW_RULE, toDraft, toForm } from "../../../../src/features/alerts/model/rule_form.ts";
import { rule } from "../messages.ts";

const CONDITIONS: readonly RuleWhen[] = [
  { kind: "state", state: "unhealthy" },
  { kind: "state", state: "restart-loop", count: 5, within: "1h" },
  { kind: "state", state: "disk-full", percent: 95.5 },
  { kind: "threshold", metric: "memory", above: 90, scope: "stack" },
  { kind: "threshold", metric: "memoryBytes", above: 512 * 2 ** 20 },
  { kind: "threshold", metric: "network", above: 1_234_567 },
  { kind: "absence" },
  { kind: "log", pattern: "x", count: 3, within: "5m", case: true },
  { kind: "image" },
];

for (const when of CONDITIONS) {
  Deno.test(`a rule that is opened and saved stays the same: ${JSON.stringify(when)}`, () => {
    const edited = rule({
      when,
      quiet: { from: "22:00", to: "07:00", zone: "UTC" },
      heal: { restarts: 2 },
      match: { service: "web" },
      repeat: "4h",
      enabled: false,
    });
    const { id: _id, source: _source, problem: _problem, ...rest } = edited;
    assertEquals(toDraft(toForm(edited), edited), rest);
  });
}

Deno.test("quiet hours without a time zone are in that of the browser", () => {
  const { quiet } = toDraft({ ...NEW_RULE, quietFrom: "22:00", quietTo: "07:00" }, undefined);
  assertEquals(quiet, { from: "22:00", to: "07:00", zone: browserZone() });
});

Deno.test("emptied fields remove quiet hours and healing", () => {
  const edited = rule({ quiet: { from: "22:00", to: "07:00", zone: "UTC" }, heal: { restarts: 2 } });
  const { quiet, heal } = toDraft({ ...toForm(edited), quietFrom: "", quietTo: "", restarts: "" }, edited);
  assertEquals({ quiet, heal }, { quiet: null, heal: null });
});

Deno.test("half of the quiet hours are sent, so that the server refuses them", () => {
  assertEquals(toDraft({ ...NEW_RULE, quietTo: "07:00", zone: "UTC" }, undefined).quiet, {
    from: "",
    to: "07:00",
    zone: "UTC",
  });
});

Deno.test("a count of another condition is not sent", () => {
  const form = { ...NEW_RULE, count: "5", within: "1h", percent: "95" };
  assertEquals(toDraft({ ...form, kind: "state", state: "oom" }, undefined).when, {
    kind: "state",
    state: "oom",
  });
});

Deno.test("the drafts of the editor are rules that the server accepts", () => {
  for (const when of CONDITIONS) {
    const form = { ...toForm(rule({ when })), quietFrom: "22:00", quietTo: "07:00", restarts: "3" };
    assert(v.is(RuleDraft, toDraft(form, undefined)), JSON.stringify(when));
  }
});

Deno.test("a limit in bytes is written with its unit in words", () => {
  const when = { kind: "threshold", metric: "network", above: 10 * 2 ** 20 } as const;
  assertEquals(describeRule(rule({ when, for: "0s" })), "Network above 10.0 MiB per second");
});

Deno.test("a rule in words names its condition, time and selection", () => {
  const text = describeRule(rule({
    when: { kind: "threshold", metric: "cpu", above: 80, scope: "stack" },
    for: "5m",
    match: { project: "shop" },
  }));
  assertEquals(text, "CPU above 80 % of a core, stack · for 5m · project shop");
});
