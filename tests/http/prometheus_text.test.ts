import { labels, prometheusText } from "../../server/http/prometheus_text.ts";
import { assertEquals } from "../assert.ts";

Deno.test("a metric is told with its help, its type and a line for each value", () => {
  const text = prometheusText([{
    name: "hosts_up",
    type: "gauge",
    help: "Whether.",
    samples: [[labels({ host: "nas" }), 1], [labels({ host: "lab" }), 0]],
  }]);
  assertEquals(
    text,
    '# HELP hosts_up Whether.\n# TYPE hosts_up gauge\nhosts_up{host="nas"} 1\nhosts_up{host="lab"} 0\n',
  );
});

Deno.test("what would end a label or a line is escaped", () => {
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

Deno.test("a metric without a value is left out", () => {
  assertEquals(prometheusText([{ name: "a", type: "gauge", help: "Nothing.", samples: [] }]), "");
});
