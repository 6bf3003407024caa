import {
  type Channel,
  ChannelDraft,
  TEMPLATE_NAMES as SERVER_TEMPLATE_NAMES,
} from "../../../../../../server/protocol/alerts/channel.ts";
import { assert, assertEquals, assertThrows } from "../../../../../../tests/assert.ts";
import {
  hasMore,
  TEMPLATE_NAMES,
  toChannelDraft,
  toChannelForm,
} from "../../../../src/features/alerts/model/channel_form.ts";
import * as v from "valibot";

const HOOK = { name: "Hook", url: "env:A" };

Deno.test("a mail channel has its port as a number and its recipients as a list", () => {
  const form = {
    ...{ name: "Mail", host: "mail.example", port: "587", user: "", from: "a@b.c" },
    to: "d@e.f, g@h.i",
  };
  assertEquals<unknown>(toChannelDraft("email", form), {
    ...{ kind: "email", name: "Mail", host: "mail.example", port: 587, from: "a@b.c" },
    to: ["d@e.f", "g@h.i"],
  });
});

const CHANNELS: readonly ChannelDraft[] = [
  {
    ...{ kind: "webhook", ...HOOK, headers: { Authorization: "env:TOKEN", "X-A": "file:/run/secrets/a: b" } },
    template: { text: "{{rule}}\n\u202e", deep: [{ list: [1, null, true] }] },
  },
  {
    ...{ kind: "email", name: "Mail", host: "mail.example", port: 465, security: "tls", user: "me" },
    ...{ password: "env:P", from: "a@b.c", to: ["d@e.f"] },
  },
  { kind: "ntfy", name: "Phone", url: "env:NTFY" },
];

for (const draft of CHANNELS) {
  Deno.test(`a channel of the kind ${draft.kind} that is opened and saved stays the same`, () => {
    const form = toChannelForm({ ...draft, id: "one", source: "stored" } as Channel);
    assertEquals(toChannelDraft(draft.kind, form), draft);
    assert(v.is(ChannelDraft, draft));
  });
}

Deno.test("emptied fields remove headers and template", () => {
  assertEquals<unknown>(toChannelDraft("webhook", { ...HOOK, headers: " \n", template: "" }), {
    kind: "webhook",
    ...HOOK,
  });
});

const BROKEN = [
  [
    "url",
    "https://example.org/hook",
    "“Address” must be env:NAME or file:PATH. Set the value itself on the server.",
  ],
  ["headers", "A: env:A\nB env", 'Line 2 of the headers is not "Name: env:NAME" or "Name: file:PATH".'],
  ["headers", "A: env:A\nA: env:B", "The header A is set twice."],
  ["template", "{", "The template is not valid JSON."],
  ["template", "[1]", "The template is not a JSON object"],
  ["template", "null", "The template is not a JSON object"],
] as const;

for (const [key, text, reason] of BROKEN) {
  Deno.test(`reports ${key} that cannot be read: ${JSON.stringify(text)}`, () => {
    assertThrows(() => toChannelDraft("webhook", { ...HOOK, [key]: text }), SyntaxError, reason);
  });
}

Deno.test("names of headers and keys of templates stay texts", () => {
  const draft = toChannelDraft("webhook", {
    ...{ ...HOOK, headers: "__proto__: env:A", template: '{"__proto__": {"url": "env:B"}}' },
  });
  assertEquals(
    JSON.stringify(draft),
    '{"url":"env:A","headers":{"__proto__":"env:A"},"template":{"__proto__":{"url":"env:B"}},' +
      '"kind":"webhook","name":"Hook"}',
  );
});

Deno.test("further fields are shown at first if one has a value", () => {
  assert(!hasMore("webhook", HOOK));
  assert(hasMore("webhook", { ...HOOK, template: "{}" }));
});

Deno.test("the editor names what a template can use", () => {
  assertEquals<readonly string[]>(TEMPLATE_NAMES, SERVER_TEMPLATE_NAMES);
});
