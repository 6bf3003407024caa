/** `/asyncapi.json`: all frames of the sockets, as an AsyncAPI 3.0 document. */
import { VERSION } from "../version.ts";
import { valuesOf } from "./openapi.ts";
import {
  LOG_OPTIONS,
  type OptionDocs,
  STACK_EVENT_OPTIONS,
  STATS_FILTERS,
  STATS_OPTIONS,
} from "./options.ts";
import { OUTPUT_OPTIONS, OUTPUT_SOCKET_OPTIONS } from "./output_options.ts";
import { allSchemas, refTo, type SchemaName } from "./schemas.ts";
import { SOCKET_SCHEMES } from "./security.ts";
import { TERMINAL_CHANNEL } from "./terminal.ts";

/** A document, or a part of one. */
type Part = Readonly<Record<string, unknown>>;

interface Channel {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly options: OptionDocs;
  /** Messages beside the greeting. */
  readonly messages: readonly (keyof typeof MESSAGES)[];
  /** Messages that clients send; none unless set. */
  readonly received?: readonly (keyof typeof MESSAGES)[];
}

const DESCRIPTION = `A socket is opened by an upgrade of its path. A plain GET returns a snapshot (see
\`/openapi.json\`). The first frame is the greeting. Every frame is one JSON text and clients send nothing, except in a
terminal.
Options are query parameters. The upgrade is refused with 400 and a problem document if one is unknown or malformed.
A local request needs the token only for container output, terminals and more than 10 minutes of history. Any other
request always needs it. Close codes: 1001 the server stops or the peer answers no ping, 1008 the session or ticket has
ended or a frame is not valid, 1011 internal error, 1013 the client reads too slowly.`;

/** Schema and title of each message. */
const MESSAGES = {
  greeting: ["Greeting", "The first frame of every socket"],
  stats: ["StatsMessage", "One container, now"],
  detailedStats: ["DetailedStatsMessage", "One container, now, with detail=full"],
  statsBatch: ["StatsBatch", "With batch=1: all containers of a tick"],
  history: ["HistoryMessage", "With history: the points collected so far of one container"],
  hostStats: ["HostStatsMessage", "With hosts=1: the machine of one host, now"],
  intervalNotice: ["IntervalNotice", "With an interval below 1s: the fallback to 1s"],
  curve: ["CurveMessage", "With history and points: mean, minimum and maximum of one container over time"],
  hostNotice: ["HostNotice", "A host that cannot be read, or can be read again"],
  logLine: [
    "LogMessage",
    "One line of DockStat's own log, or the number of its lines dropped for a slow reader",
  ],
  outputLine: ["OutputMessage", "With container: one line of its output"],
  outputBatch: ["OutputBatch", "With container and batch=1: lines of container output"],
  outputNotice: ["OutputNotice", "With container: its output has ended, or continues"],
  outputDropped: ["OutputDropped", "With container: the number of lines dropped for a slow reader"],
  outputHistogram: ["OutputHistogram", "With container and histogram: number of lines within a time"],
  outputFound: ["OutputFoundBatch", "With container and scan=1: lines that were found"],
  outputScan: ["OutputScan", "With container and scan=1: progress of the search"],
  stackEvent: ["StackEvent", "An event of a stack"],
  detailedStackEvent: ["DetailedStackEvent", "An event of a stack, with detail=full"],
  terminalStart: ["TerminalStart", "The first frame of the client"],
  terminalControl: ["TerminalControl", "A later text frame of the client"],
  terminalExit: ["TerminalExit", "The end of the command"],
  terminalFailure: ["TerminalFailure", "A terminal that failed, before its end"],
  terminalAck: ["TerminalAck", "With flow: the input that the command has received"],
} as const satisfies Readonly<Record<string, readonly [SchemaName, string]>>;

const CHANNELS: Readonly<Record<string, Channel>> = {
  stats: {
    address: "/docker/stats",
    title: "Live statistics",
    description: "On connect the newest message per container at once, then updates.",
    options: { ...STATS_FILTERS, ...STATS_OPTIONS },
    messages: [
      "stats",
      "detailedStats",
      "statsBatch",
      "history",
      "curve",
      "hostStats",
      "intervalNotice",
      "hostNotice",
    ],
  },
  logs: {
    address: "/logs/ws",
    title: "Logs",
    description:
      "DockStat's own log, with level and tail; with container or project, which need the token, the output of containers.",
    options: { ...LOG_OPTIONS, ...OUTPUT_OPTIONS, ...OUTPUT_SOCKET_OPTIONS },
    messages: [
      "logLine",
      "outputLine",
      "outputBatch",
      "outputNotice",
      "outputDropped",
      "outputHistogram",
      "outputFound",
      "outputScan",
    ],
  },
  stacks: {
    address: "/stacks",
    title: "Stack events",
    description: "Every event of every stack. None is dropped, and with since none is missed.",
    options: STACK_EVENT_OPTIONS,
    messages: ["stackEvent", "detailedStackEvent"],
  },
  terminal: TERMINAL_CHANNEL,
};

/** Creates the document for a client that requested it at this address. */
export function asyncApi({ host, protocol }: URL, basePath = ""): Part {
  const entries = Object.entries(CHANNELS);
  return {
    asyncapi: "3.0.0",
    info: {
      title: "DockStat",
      version: VERSION,
      description: DESCRIPTION,
      license: { name: "MIT", url: "https://spdx.org/licenses/MIT.html" },
    },
    defaultContentType: "application/json",
    servers: {
      here: {
        host,
        protocol: protocol === "https:" ? "wss" : "ws",
        ...basePath === "" ? {} : { pathname: basePath },
        description: "Address of this document; wss behind a TLS proxy.",
        security: Object.keys(SOCKET_SCHEMES).map((name) => ref("components", "securitySchemes", name)),
      },
    },
    channels: Object.fromEntries(entries.map(([name, one]) => [name, channel(one)])),
    operations: Object.fromEntries(entries.flatMap(([name, one]) => operations(name, one))),
    components: { messages: messages(), schemas: allSchemas("draft-07"), securitySchemes: SOCKET_SCHEMES },
  };
}

function channel({ address, title, description, options, messages, received = [] }: Channel): Part {
  const all = ["greeting", ...messages, ...received];
  const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return {
    address,
    title,
    description,
    servers: [ref("servers", "here")],
    ...names.length === 0 ? {} : { parameters: Object.fromEntries(names.map((name) => [name, {}])) },
    messages: Object.fromEntries(all.map((name) => [name, ref("components", "messages", name)])),
    bindings: { ws: { method: "GET", query: query(options), bindingVersion: "0.1.0" } },
  };
}

function query(options: OptionDocs): Part {
  const properties = Object.entries(options).map(([name, option]) => [name, {
    description: option.description,
    ...valuesOf(option),
    examples: [option.repeatable ? [option.example] : option.example],
  }]);
  return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}

function operations(name: string, { title, messages, received }: Channel): [string, Part][] {
  const operation = (action: string, all: readonly string[]): [string, Part] => [`${action}_${name}`, {
    action,
    title,
    channel: ref("channels", name),
    messages: all.map((message) => ref("channels", name, "messages", message)),
  }];
  const sent = operation("send", ["greeting", ...messages]);
  return received === undefined ? [sent] : [sent, operation("receive", received)];
}

function messages(): Part {
  const all = Object.entries(MESSAGES).map(([name, [schema, title]]) => [name, {
    name,
    title,
    contentType: "application/json",
    payload: refTo(schema),
  }]);
  return Object.fromEntries(all);
}

function ref(...path: string[]): Part {
  return { $ref: `#/${path.join("/")}` };
}
