/** Pure: what Docker Desktop asks of the files in the image. Each answer is a sentence about what is wrong. */
import * as v from "valibot";
// @ts-types="../../server/types/yaml.d.ts"
import { parse } from "@std/yaml";

const filled = v.pipe(v.string("a text"), v.minLength(1, "a text that is not empty"));

const Metadata = v.strictObject({
  icon: filled,
  vm: v.strictObject({
    composefile: filled,
    exposes: v.strictObject({
      socket: v.pipe(filled, v.regex(/^[\w.-]+$/, "the name of a socket, no path")),
    }),
  }, "the keys composefile and exposes"),
  ui: v.strictObject({
    "dashboard-tab": v.strictObject(
      { title: filled, root: filled, src: filled },
      "the keys title, root and src",
    ),
  }, 'the key "dashboard-tab"'),
}, "the keys icon, vm and ui");

/** What `metadata.json` says. */
export type Metadata = v.InferOutput<typeof Metadata>;

/** Keys of a service that keep two extensions, or two versions of one, from running side by side. */
const UNFIT_KEYS = ["container_name", "hostname", "depends_on", "network_mode", "privileged", "restart"];

/**
 * Reads `metadata.json`.
 *
 * @returns what it says, or the sentences about what is wrong in it.
 */
export function readMetadata(text: string): Metadata | string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [`metadata.json: it is no JSON: ${(error as Error).message}`];
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
  if (input === undefined) return "it is missing";
  return `found ${JSON.stringify(input)}: expected ${message}`;
}

/** Everything about the compose file that Desktop runs. */
export function checkCompose(text: string): string[] {
  const { services = {} } = (parse(text) ?? {}) as { readonly services?: Readonly<Record<string, Service>> };
  const [[name, service] = [], ...others] = Object.entries(services);
  if (name === undefined || service === undefined) return ["compose file: it has no service"];
  const { image, ports = [], volumes = [] } = service;
  const wrong = [
    ...others.map(([other]) => `service "${other}": Desktop reaches the first service only: expected one`),
    ...UNFIT_KEYS.filter((key) => key in service).map((key) => `service "${name}": ${key} does not fit here`),
    ...ports.filter((port) => !/^127\.0\.0\.1::\d+$/.test(String(port))).map((port) =>
      `port "${port}": expected one that the engine chooses, on this machine only, such as "127.0.0.1::9876"`
    ),
    ...volumes.filter((volume) => /docker\.sock\.raw/.test(String(volume))).map((volume) =>
      `volume "${volume}": expected /var/run/docker.sock, which translates the paths of bind mounts`
    ),
  ];
  if (image !== "${DESKTOP_PLUGIN_IMAGE}") {
    wrong.push(`image: found "${image}": expected "\${DESKTOP_PLUGIN_IMAGE}", which Desktop puts in`);
  }
  return wrong.map((sentence) => `compose file: ${sentence}`);
}

interface Service {
  readonly image?: string;
  readonly ports?: readonly unknown[];
  readonly volumes?: readonly unknown[];
}

/** What a page loads, as it names it: the values of `src` and `href`. */
export function addressesOf(html: string): string[] {
  return [...html.matchAll(/\s(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
}

/** Desktop opens the page from a file, so everything that it loads must stand beside it. */
export function checkPage(html: string): string[] {
  return addressesOf(html).filter((address) => !address.startsWith("./"))
    .map((address) =>
      `page: found "${address}": expected an address beside the page, such as ./assets/index.js`
    );
}

/** The icon is shown small, on light and on dark: square, without anything from outside. */
export function checkIcon(svg: string): string[] {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  const wrong = [];
  if (!svg.includes("<svg")) wrong.push("it is no SVG");
  if (width === undefined || width !== height) wrong.push('expected a square viewBox such as "0 0 64 64"');
  if (/<script|<image|href=|url\((?!#)/.test(svg)) wrong.push("expected nothing that is loaded or run");
  return wrong.map((sentence) => `icon: ${sentence}`);
}
