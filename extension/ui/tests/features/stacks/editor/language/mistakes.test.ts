import { assert, assertEquals } from "../../../../../../../tests/assert.ts";
import { findMistakes } from "../../../../../src/features/stacks/editor/language/mistakes.ts";

const of = (text: string) => findMistakes(text).map(({ line, message }) => `${line}: ${message}`);

Deno.test("finds five mistakes at once, from the first line to the last", () => {
  const text = `services:
  web:
    image: []
    port: ["80:80"]
    depends_on: [dp]
    networks: [frnt]
    restart: always
  db: { image: db:1, comand: x }
networks: { front: {} }
`;
  assertEquals(of(text), [
    "3: image: expected a single value, found a list.",
    "4: Unknown key “port”. Did you mean “ports”?",
    "5: “dp” is not defined under services. Did you mean “db”?",
    "6: “frnt” is not defined under networks. Did you mean “front”?",
    "8: Unknown key “comand”. Did you mean “command”?",
  ]);
});

Deno.test("accepts what Compose accepts", () => {
  const text = `x-base: &base { image: "x:1", anything: 1 }
name: shop
services:
  web:
    <<: *base
    image: nginx:1
    ports: [80, "81:81", { target: 80, published: "8080" }]
    environment: { A: 1, B: , C: "\${C}" }
    depends_on: { db: { condition: service_healthy } }
    healthcheck: { test: [CMD, "true"], interval: 5s }
    deploy: { replicas: "\${N}", resources: { limits: { cpus: "0.5" } } }
    networks: { default: , back: { aliases: [b] } }
    volumes: [data:/d, "./x:/x:ro", { type: bind, source: ., target: /y }]
    configs: [c]
    ulimits: { nofile: { soft: 1, hard: 2 }, nproc: 3 }
    labels: [a=b]
    extra_hosts: { h: 127.0.0.1 }
    command:
    pre_start: [{ command: x }]
    x-own: 1
  db: { image: "\${IMAGE}", build: . }
networks: { back: , other: { external: true } }
volumes: { data: }
configs: { c: { content: x } }
jobs: { j: { image: x, unknown: y } }
`;
  assertEquals(of(text), []);
});

Deno.test("reports the place of an error in the YAML", () => {
  const [first] = of("services:\n  web: {\n");
  assert(/^[23]: /.test(first!), first);
});

Deno.test("hostile texts end in time", () => {
  assertEquals(of("a: ".repeat(100_000)), []);
  assert(of(`services: {${"a: {}, ".repeat(20_000)}}`).length <= 50);
});
