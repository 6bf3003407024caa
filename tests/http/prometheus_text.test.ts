import { distinctSeries, gauge, labels, prometheusText } from "../../server/http/prometheus_text.ts";
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

Deno.test("each series of a metric is there once, with its first value", () => {
  const one = gauge("a", "A.", [[labels({ n: "x" }), 1], [labels({ n: "x" }), 2], [labels({ n: "y" }), 3]]);
  const again = gauge("a", "A.", [[labels({ n: "y" }), 4], [labels({ n: "z" }), 5]]);
  const other = gauge("b", "B.", [[labels({ n: "x" }), 6]]);
  assertEquals(distinctSeries([one, other, again]), [
    { ...one, samples: [['{n="x"}', 1], ['{n="y"}', 3], ['{n="z"}', 5]] },
    other,
  ]);
});

Deno.test("values that have the same bytes have the same text", () => {
  assertEquals(labels({ n: "a\ud800" }), labels({ n: "a\udc00" }));
});
