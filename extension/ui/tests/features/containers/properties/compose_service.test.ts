import fc from "fast-check";
import { parse } from "yaml";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { toCompose } from "../../../../src/features/containers/properties/compose_service.ts";
import { recreationOf } from "../../../../src/features/containers/properties/recreation.ts";
import { details } from "../../../fakes/details.ts";

Deno.test("writes a service with existing volumes and networks", () => {
  assertEquals(parse(toCompose(recreationOf(details()), "web")), {
    services: {
      web: {
        container_name: "web",
        image: "nginx:1.29",
        entrypoint: ["/entry.sh"],
        command: ["nginx", "-g", "daemon off;"],
        environment: { MODE: "production", DB_PASSWORD: "${DB_PASSWORD}" },
        ports: ["8080:80"],
        volumes: [{ type: "volume", source: "data", target: "/data", read_only: true }],
        networks: ["shop_default"],
        cpus: 0.5,
        restart: "unless-stopped",
        working_dir: "/srv",
        labels: { "com.example.team": "a" },
      },
    },
    volumes: { data: { external: true } },
    networks: { shop_default: { external: true } },
  });
});

Deno.test("YAML and Compose return any value unchanged", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 40 }).map((text) => text.toWellFormed());
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), anyText, (command, value) => {
      const env = [{ name: "VALUE", value, masked: false }];
      const { services } = parse(toCompose(recreationOf(details({ command, env })), "web"));
      // Compose reads two dollars as one.
      const read = (text: string) => text.replaceAll("$$", "$");
      assertEquals(services.web.command.map(read), command);
      assertEquals(read(services.web.environment.VALUE), value);
    }),
    { numRuns: 500 },
  );
});

Deno.test("a port is a text, which YAML does not read as a number", () => {
  const ports = [{ hostAddress: null, public: 22, private: 22, protocol: "tcp" }];
  assertEquals(parse(toCompose(recreationOf(details({ ports })), "web")).services.web.ports, ["22:22"]);
});

Deno.test("further options of docker run become keys of Compose", () => {
  const typed = [
    ...["--security-opt no-new-privileges", "--device /dev/a:/dev/b:r", "--tmpfs /run:size=1m", "--ipc host"],
    ...[
      "--ulimit nofile=10:20",
      "--oom-score-adj -5",
      "--init",
      "--stop-timeout 60",
      "--log-opt max-size=1m",
    ],
    ...["--hostname $HOST", "--dns 1.1.1.1", "--dns 8.8.8.8"],
  ];
  const options = typed.map((text) => text.split(" ")).map(([option = "", value = ""]) => ({
    option,
    value,
  }));
  const { web } = parse(toCompose(recreationOf(details({ options })), "web")).services;
  assertEquals(
    [web.security_opt, web.devices, web.tmpfs, web.ipc],
    [["no-new-privileges"], ["/dev/a:/dev/b:r"], ["/run:size=1m"], "host"],
  );
  assertEquals([web.ulimits, web.oom_score_adj, web.init], [{ nofile: { soft: 10, hard: 20 } }, -5, true]);
  assertEquals([web.stop_grace_period, web.logging], ["60s", { options: { "max-size": "1m" } }]);
  assertEquals([web.hostname, web.dns], ["$$HOST", ["1.1.1.1", "8.8.8.8"]]);
});
