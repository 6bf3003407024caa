/** Parts of the gate, in the order in which they run. */

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

/** Tests that need a container engine or a browser. */
export const NEED_ENGINES: readonly string[] = ["tests/e2e", "tests/cli/stacks/stacks.test.ts"];

/** Tests with thousands of generated inputs. */
const LONG = "tests/hostile";

const PAGE = "extension/ui";
/** Types are checked by parts before; the tests do not check them again. */
const TEST = ["test", "-A", "--quiet", "--no-check"];

const LINT: readonly Part[] = [
  { name: "format", args: ["fmt", "--check"] },
  { name: "lint of the server", args: ["lint"] },
  { name: "lint of the page", args: ["lint"], folder: PAGE },
  { name: "lint of documents and folders", args: ["run", "--allow-read", "tools/lint/main.ts"] },
];

const TYPES: readonly Part[] = [
  {
    name: "types of the server",
    args: ["check", "mod.ts", "main.ts", "server/compiled", "extension/package", "tests", "tools"],
  },
  {
    name: "types of the page",
    args: ["check", "src", "tests", "build.ts", "build_server.ts", "ready.ts"],
    folder: PAGE,
  },
];

const PREPARE: readonly Part[] = [
  { name: "engines", args: ["task", "engine", "--tests"] },
  { name: "build of the page", args: ["task", "ui"] },
  { name: "build of the server", args: ["task", "server"] },
];

const UNIT: readonly Part[] = [
  {
    name: "unit tests of the server",
    args: [...TEST, "--parallel", `--ignore=${[...NEED_ENGINES, LONG].join(",")}`, "tests"],
    isTest: true,
  },
  { name: "tests of the page", args: [...TEST, "--parallel", "tests"], folder: PAGE, isTest: true },
];

/** The unit tests, then those that share the engines and the browser, one file after the other. */
const TESTS: readonly Part[] = [
  ...UNIT,
  { name: "tests with hostile input", args: [...TEST, "--parallel", LONG], isTest: true },
  { name: "tests with engines and a browser", args: [...TEST, ...NEED_ENGINES], isTest: true },
];

const LONG_TESTS: readonly Part[] = [
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

/** Groups of parts by name. `tests` includes the tests of `unit` and `long`. */
export const GROUPS: Readonly<Record<string, readonly Part[]>> = {
  lint: LINT,
  types: TYPES,
  prepare: PREPARE,
  tests: TESTS,
  unit: UNIT,
  long: LONG_TESTS,
};
