/** Pure: rules of Docker Desktop for the files in the image. Each check returns messages about violations. */
import * as v from "valibot";
// @ts-types="../../server/types/yaml.d.ts"
import { parse } from "@std/yaml";

const filled = v.pipe(v.string("a text"), v.minLength(1, "a text that is not empty"));

const Metadata = v.strictObject({
  icon: filled,
  vm: v.strictObject({
    composefile: filled,
    exposes: v.strictObject({
      socket: v.pipe(filled, v.regex(/^[\w.-]+$/, "the name of a socket, without a path")),
    }),
  }, "the keys composefile and exposes"),
  ui: v.strictObject({
    "dashboard-tab": v.strictObject(
      { title: filled, root: filled, src: filled },
      "the keys title, root and src",
    ),
  }, 'the key "dashboard-tab"'),
}, "the keys icon, vm and ui");

/** Content of `metadata.json`. */
export type Metadata = v.InferOutput<typeof Metadata>;

/** Keys of a service that prevent two extensions, or two versions of one, from running side by side. */
const FORBIDDEN_KEYS = ["container_name", "hostname", "depends_on", "network_mode", "privileged", "restart"];

/**
 * Reads `metadata.json`.
 *
 * @returns The content, or messages about what is wrong in it.
 */
export function readMetadata(text: string): Metadata | string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [`metadata.json is not JSON: ${(error as Error).message}`];
  }
  const parsed = v.safeParse(Metadata, value);
  if (parsed.success) return parsed.output;
  return parsed.issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => String(key)).join(".");
    return `metadata.json: ${path || "the file"}: ${describe(issue)}`;
  });
}

function describe({ expected, message, input }: v.BaseIssue<unknown>): string {
  if (expected === "never") {
    return "found an unknown key: name and provider are obsolete, vm.image is not used here";
  }
  if (input === undefined) return "missing";
  return `found ${JSON.stringify(input)}: expected ${message}`;
}

/** Checks the compose file that Desktop runs. */
export function checkCompose(text: string): string[] {
  const { services = {} } = (parse(text) ?? {}) as { readonly services?: Readonly<Record<string, Service>> };
  const [[name, service] = [], ...others] = Object.entries(services);
  if (name === undefined || service === undefined) return ["compose file: it has no services"];
  const { image, ports = [], volumes = [] } = service;
  const messages = [
    ...others.map(([other]) => `service "${other}": Desktop reaches the first service only: expected one`),
    ...FORBIDDEN_KEYS.filter((key) => key in service).map((key) =>
      `service "${name}": ${key} is not allowed`
    ),
    ...ports.filter((port) => !/^127\.0\.0\.1::\d+$/.test(String(port))).map((port) =>
      `port "${port}": expected one that the engine chooses, on this machine only, such as "127.0.0.1::9876"`
    ),
    ...volumes.filter((volume) => /docker\.sock\.raw/.test(String(volume))).map((volume) =>
      `volume "${volume}": expected /var/run/docker.sock, which translates the paths of bind mounts`
    ),
  ];
  if (image !== "${DESKTOP_PLUGIN_IMAGE}") {
    messages.push(`image: found "${image}": expected "\${DESKTOP_PLUGIN_IMAGE}", which Desktop replaces`);
  }
  return messages.map((message) => `compose file: ${message}`);
}

interface Service {
  readonly image?: string;
  readonly ports?: readonly unknown[];
  readonly volumes?: readonly unknown[];
}

/** Returns the values of `src` and `href` in a page. */
export function addressesOf(html: string): string[] {
  return [...html.matchAll(/\s(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
}

/** Checks that a page loads only relative addresses, since Desktop opens it from a file. */
export function checkPage(html: string): string[] {
  return addressesOf(html).filter((address) => !address.startsWith("./"))
    .map((address) =>
      `page: found "${address}": expected an address beside the page, such as ./assets/index.js`
    );
}

/** Checks that the icon is square and loads nothing; Desktop shows it small, on light and dark backgrounds. */
export function checkIcon(svg: string): string[] {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  const messages = [];
  if (!svg.includes("<svg")) messages.push("expected an SVG");
  if (width === undefined || width !== height) messages.push('expected a square viewBox such as "0 0 64 64"');
  if (/<script|<image|href=|url\((?!#)/.test(svg)) messages.push("expected no scripts and no external files");
  return messages.map((message) => `icon: ${message}`);
}
