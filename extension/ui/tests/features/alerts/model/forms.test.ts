import type { Channel } from "../../../../../../server/protocol/alerts/channel.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { toChannelDraft, toChannelForm } from "../../../../src/features/alerts/model/channel_form.ts";
import { describeRule } from "../../../../src/features/alerts/model/describe_rule.ts";
import { toDraft, toForm } from "../../../../src/features/alerts/model/rule_form.ts";
import { rule } from "../messages.ts";

Deno.test("a rule that is opened and saved unchanged keeps what the editor does not show", () => {
  const edited = rule({
    when: { kind: "log", pattern: "x", count: 3, within: "5m", case: true },
    quiet: { from: "22:00", to: "07:00", zone: "UTC" },
    heal: { restarts: 2 },
    match: { service: "web" },
    repeat: "4h",
  });
  const { id: _id, source: _source, problem: _problem, ...rest } = edited;
  assertEquals(toDraft(toForm(edited), edited), rest);
});

Deno.test("a rule in words names its condition, time and selection", () => {
  const text = describeRule(rule({
    when: { kind: "threshold", metric: "cpu", above: 80, scope: "stack" },
    for: "5m",
    match: { project: "shop" },
  }));
  assertEquals(text, "CPU (percent of a core) above 80, stack · for 5m · project shop");
});

Deno.test("a mail channel has its port as a number and its recipients as a list", () => {
  const form = {
    name: "Mail",
    host: "mail.example",
    port: "587",
    user: "",
    from: "a@b.c",
    to: "d@e.f, g@h.i",
  };
  const draft = toChannelDraft("email", form, undefined);
  assertEquals(JSON.parse(JSON.stringify(draft)), {
    ...{ kind: "email", name: "Mail", host: "mail.example", port: 587, from: "a@b.c" },
    to: ["d@e.f", "g@h.i"],
  });
});

Deno.test("a channel that is opened and saved unchanged keeps its template", () => {
  const channel: Channel = {
    ...{
      id: "hook",
      name: "Hook",
      kind: "webhook",
      url: "env:A",
      template: { text: "{{rule}}" },
      source: "stored",
    },
  } as const;
  assertEquals(toChannelDraft("webhook", toChannelForm(channel), channel), channel);
});
