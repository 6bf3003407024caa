import { labels, prometheusText } from "../../server/http/prometheus_text.ts";
import { assertEquals } from "../assert.ts";

Deno.test("writes a metric with its help, its type and one line per value", () => {
  const text = prometheusText([{
    name: "hosts_up",
    type: "gauge",
    help: "State of a host.",
    samples: [[labels({ host: "nas" }), 1], [labels({ host: "lab" }), 0]],
  }]);
  assertEquals(
    text,
    '# HELP hosts_up State of a host.\n# TYPE hosts_up gauge\nhosts_up{host="nas"} 1\nhosts_up{host="lab"} 0\n',
  );
});

Deno.test("escapes characters that would end a label or a line", () => {
  assertEquals(labels({ image: 'a"b\\c\nd', project: "" }), '{image="a\\"b\\\\c\\nd",project=""}');
  const [help] = prometheusText([{
    name: "a",
    type: "counter",
    help: 'one\\two\n"three"',
    samples: [["", 1.5]],
  }])
    .split("\n");
  assertEquals(help, '# HELP a one\\\\two\\n"three"');
});

Deno.test("omits a metric without values", () => {
  assertEquals(prometheusText([{ name: "a", type: "gauge", help: "Nothing.", samples: [] }]), "");
});
