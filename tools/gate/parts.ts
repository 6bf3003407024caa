/** Parts of the gate: groups run one after the other, and the lanes of a group side by side. */

/** One command of the gate. */
export interface Part {
  /** Name in the report. */
  readonly name: string;
  /** Arguments for Deno. */
  readonly args: readonly string[];
  /** Folder to run in, from the root; the root when absent. */
  readonly folder?: string;
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Present for parts that run tests, whose results are counted one by one. */
  readonly isTest?: true;
}

/** Parts that run one after the other. */
export type Lane = readonly Part[];

/** Tests that need a container engine or a browser. */
export const NEED_ENGINES: readonly string[] = ["tests/e2e", "tests/cli/stacks/stacks.test.ts"];

/** Tests of {@linkcode NEED_ENGINES} that open no page. A new file runs with those that do until it is listed here. */
export const WITHOUT_PAGE: readonly string[] = [
  "tests/cli/stacks/stacks.test.ts",
  "tests/e2e/compile.test.ts",
  "tests/e2e/containers/operations.test.ts",
  "tests/e2e/containers/resources.test.ts",
  "tests/e2e/events.test.ts",
  "tests/e2e/faults",
  "tests/e2e/kernel",
  "tests/e2e/output.test.ts",
  "tests/e2e/podman.test.ts",
  "tests/e2e/projects.test.ts",
  "tests/e2e/prometheus.test.ts",
  "tests/e2e/socket_proxy.test.ts",
  ...[
    "changes",
    "crash",
    "failures",
    "files",
    "generated_plans",
    "git",
    "newer_images",
    "preview",
    "rollback",
  ]
    .map((name) => `tests/e2e/stacks/${name}.test.ts`),
  "tests/e2e/stacks/stacks.test.ts",
  "tests/e2e/stacks/templates.test.ts",
  "tests/e2e/stats.test.ts",
  "tests/e2e/swarm",
  "tests/e2e/terminal/processes.test.ts",
];

/** Tests with thousands of generated inputs. */
const LONG = "tests/hostile";

const PAGE = "extension/ui";
/** Types are checked by parts before; the tests do not check them again. */
const TEST = ["test", "-A", "--quiet", "--no-check"];

const LINT: readonly Lane[] = [
  [
    { name: "format", args: ["fmt", "--check"] },
    { name: "lint of the server", args: ["lint"] },
  ],
  [
    { name: "lint of the page", args: ["lint"], folder: PAGE },
    { name: "lint of documents and folders", args: ["run", "--allow-read", "tools/lint/main.ts"] },
  ],
];

const TYPES: readonly Lane[] = [[
  {
    name: "types of the server",
    args: ["check", "mod.ts", "main.ts", "server/compiled", "extension/package", "tests", "tools"],
  },
], [
  {
    name: "types of the page",
    args: ["check", "src", "tests", "build.ts", "build_server.ts", "ready.ts"],
    folder: PAGE,
  },
]];

const PREPARE: readonly Lane[] = [
  [{ name: "engines", args: ["task", "engine", "--tests"] }],
  [
    { name: "build of the page", args: ["task", "ui"] },
    { name: "build of the server", args: ["task", "server"] },
  ],
];

const UNIT: Part = {
  name: "unit tests of the server",
  args: [...TEST, "--parallel", `--ignore=${[...NEED_ENGINES, LONG].join(",")}`, "tests"],
  isTest: true,
};

const UNIT_OF_PAGE: Part = {
  name: "tests of the page",
  args: [...TEST, "--parallel", "tests"],
  folder: PAGE,
  isTest: true,
};

/** Tests with engines or a browser mostly wait, so two lanes share the processors; those of the image are in one. */
const TESTS: readonly Lane[] = [
  [
    {
      name: "tests with a browser",
      // One folder: with several paths, Deno 2.9 applies --ignore to one of them only.
      args: [...TEST, `--ignore=${WITHOUT_PAGE.join(",")}`, "tests/e2e"],
      isTest: true,
    },
    UNIT_OF_PAGE,
  ],
  [
    { name: "tests with engines", args: [...TEST, ...WITHOUT_PAGE], isTest: true },
    { name: "tests with hostile input", args: [...TEST, "--parallel", LONG], isTest: true },
    UNIT,
  ],
];

const LONG_TESTS: Lane = [
  {
    name: "long tests of the server",
    args: [...TEST, "--parallel", LONG],
    env: {
      ...{ DOCKSTAT_TEST_READINGS: "20000", DOCKSTAT_TEST_FOLDERS: "1000", DOCKSTAT_TEST_KILLS: "100" },
      DOCKSTAT_TEST_ALERT_KILLS: "100",
    },
    isTest: true,
  },
  {
    name: "generated deployments",
    args: [...TEST, "tests/e2e/stacks/generated_plans.test.ts"],
    env: { DOCKSTAT_TEST_EDITS: "200" },
    isTest: true,
  },
];

/** Groups by name, each with its lanes. `tests` includes the tests of `unit` and `long`. */
export const GROUPS: Readonly<Record<string, readonly Lane[]>> = {
  lint: LINT,
  types: TYPES,
  prepare: PREPARE,
  tests: TESTS,
  unit: [[UNIT, UNIT_OF_PAGE]],
  long: [LONG_TESTS],
};
