import { containerPorts } from "../../../server/stacks/validate/container_ports.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("joins the addresses of ports with the ports of the container", () => {
  const publishedAddresses = "127.0.0.1:8080/tcp :::53/udp 0.0.0.0:53/udp";
  assertEquals(containerPorts({ publishedAddresses, portPairs: "8080:80/tcp 53:5353/udp" }), [
    { hostAddress: "::", public: 53, private: 5353, protocol: "udp" },
    { hostAddress: "0.0.0.0", public: 53, private: 5353, protocol: "udp" },
    { hostAddress: "127.0.0.1", public: 8080, private: 80, protocol: "tcp" },
  ]);
});

Deno.test("a container without published ports has none", () => {
  assertEquals(containerPorts({ publishedAddresses: "", portPairs: "" }), []);
});
