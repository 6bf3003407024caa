/** Pure: the layers of the repository, and the place of each file in them. */

/** Places that import each other freely: files, folders ("a/"), or folders with all below them ("a/**"). */
type Group = readonly string[];

const BASE: Group = [
  "deno.json",
  "server/address.ts",
  "server/builtin.ts",
  "server/byte_text.ts",
  "server/duration.ts",
  "server/errors.ts",
  "server/hub.ts",
  "server/moment.ts",
  "server/semaphore.ts",
  "server/suggestion.ts",
  "server/time_window.ts",
  "server/untrusted_json.ts",
  "server/version.ts",
  "server/yaml.ts",
  "server/runtime/",
  "server/protocol/",
  "server/protocol/hosts/",
  "server/protocol/past/",
  "server/protocol/images/",
  "server/protocol/resources/",
  "server/protocol/terminal/",
  "server/protocol/swarm/",
  "server/protocol/alerts/",
  "server/protocol/drafts/",
  "server/protocol/git/",
  "server/types/",
];

const SERVER: readonly (readonly Group[])[] = [
  [BASE],
  [["server/log/"]],
  [[
    "server/store/",
    "server/store/drafts/",
    "server/store/further/",
    "server/store/git/",
    "server/store/past/",
    "server/store/history/",
    "server/store/images/",
    "server/store/alerts/",
    "server/store/swarm/",
  ], [
    "server/outbound/",
  ]],
  [["server/access/"]],
  [["server/config/"]],
  [[
    "server/docker/",
    "server/docker/simulated/",
    "server/docker/ssh/",
    "server/docker/text/",
    "server/docker/guard/",
    "server/docker/metrics/",
  ], [
    "server/compose/",
    "server/compose/docker_stack/",
  ], [
    "server/http/",
  ], [
    "server/connect.ts",
  ]],
  [["server/kernel/", "server/kernel/scrape/"], ["server/history/"], ["server/registry/"]],
  [["server/stats/", "server/stats/fast/", "server/stats/hosts/", "server/stats/past/"], [
    "server/output/",
    "server/output/filter/",
    "server/output/place/",
    "server/output/search/",
  ], [
    "server/stacks/validate/",
  ], [
    "server/stacks/run/",
  ]],
  [
    ["server/stacks/progress/"],
    ["server/stacks/adopt/"],
    ["server/stacks/changes/"],
    ["server/stacks/failures/"],
    ["server/timeline/"],
  ],
  [["server/stacks/"], ["server/demo/"]],
  [
    ["server/containers/", "server/terminal/"],
    ["server/hosts/"],
    ["server/resources/"],
    ["server/swarm/", "server/swarm/deploy/"],
    ["server/updates/", "server/updates/automatic/"],
    ["server/alerts/engine/"],
    ["server/alerts/channels/"],
  ],
  [["server/contracts/"], ["server/alerts/"], ["server/git/"]],
  [["server/routes/"]],
  [["server/app.ts"], ["server/otlp/"]],
  [["server/listen/"]],
  [["server/start/"]],
  [["server/serve.ts"]],
  [[
    "server/cli/",
    "server/cli/containers/",
    "server/cli/program/",
    "server/cli/hosts/",
    "server/cli/events/",
    "server/cli/exec/",
    "server/cli/logs/",
    "server/cli/report/",
    "server/cli/resources/",
    "server/cli/stacks/",
    "server/cli/stats/",
    "server/cli/swarm/",
  ]],
  [["mod.ts"], ["main.ts"], ["server/compiled/"]],
];

const PAGE: readonly (readonly Group[])[] = [
  [["extension/ui/src/worker/"]],
  [["extension/ui/src/lib/observable.ts", "extension/ui/src/lib/session.ts"]],
  [["extension/ui/src/lib/transport/"]],
  [["extension/ui/src/lib/", "extension/ui/src/lib/browser/"]],
  [["extension/ui/src/lib/lines/"]],
  [["extension/ui/src/components/design/"]],
  [["extension/ui/src/components/"]],
  [["extension/ui/src/components/lines/controls/"]],
  [["extension/ui/src/components/lines/", "extension/ui/src/components/lines/search/"]],
  [
    [
      "extension/ui/src/features/stacks/model/",
      "extension/ui/src/features/stacks/model/build/",
      "extension/ui/src/features/stacks/model/plan/",
    ],
    ["extension/ui/src/features/containers/model/", "extension/ui/src/features/containers/attention/"],
    ["extension/ui/src/features/alerts/model/"],
  ],
  [["extension/ui/src/features/stacks/parts/", "extension/ui/src/features/stacks/parts/plan/"], [
    "extension/ui/src/features/containers/parts/",
  ], [
    "extension/ui/src/features/alerts/parts/",
  ]],
  [["extension/ui/src/features/containers/overview/"], ["extension/ui/src/features/containers/report/"]],
  [["extension/ui/src/features/stacks/list/"], ["extension/ui/src/features/stacks/versions/"], [
    "extension/ui/src/features/containers/list/",
    "extension/ui/src/features/containers/list/selection/",
  ]],
  [[
    "extension/ui/src/features/containers/properties/",
    "extension/ui/src/features/containers/properties/storage/",
  ], [
    "extension/ui/src/features/containers/charts/data/",
  ]],
  [["extension/ui/src/features/containers/charts/"], ["extension/ui/src/features/containers/terminal/"]],
  [
    ["extension/ui/src/features/stacks/detail/"],
    [
      "extension/ui/src/features/stacks/editor/",
      "extension/ui/src/features/stacks/editor/language/",
      "extension/ui/src/features/stacks/editor/intake/",
      "extension/ui/src/features/stacks/editor/files/",
      "extension/ui/src/features/stacks/editor/folder/",
      "extension/ui/src/features/stacks/templates/",
      "extension/ui/src/features/stacks/templates/texts/**",
    ],
    ["extension/ui/src/features/containers/detail/"],
    ["extension/ui/src/features/containers/hosts/"],
  ],
  [
    ["extension/ui/src/features/stacks/contents/"],
    ["extension/ui/src/features/alerts/list/"],
    ["extension/ui/src/features/alerts/rules/"],
    ["extension/ui/src/features/alerts/channels/"],
    ["extension/ui/src/features/alerts/notices/"],
  ],
  [["extension/ui/src/features/stacks/git/"], ["extension/ui/src/features/stacks/swarm/"]],
  [
    ["extension/ui/src/features/stacks/"],
    [
      "extension/ui/src/features/output/",
      "extension/ui/src/features/output/choice/",
      "extension/ui/src/features/output/search/",
      "extension/ui/src/features/output/events/",
    ],
    ["extension/ui/src/features/resources/"],
    ["extension/ui/src/features/log/"],
    ["extension/ui/src/features/diagnostics/"],
    ["extension/ui/src/features/updates/"],
    ["extension/ui/src/features/swarm/"],
    ["extension/ui/src/features/alerts/"],
  ],
  [["extension/ui/src/app/overlays/"]],
  [[
    "extension/ui/src/app/",
    "extension/ui/src/app/gear/",
    "extension/ui/src/app/install/",
    "extension/ui/src/app/sign_in/",
  ]],
  [["extension/ui/src/main.ts"]],
];

const REST: readonly (readonly Group[])[] = [
  [["extension/ui/lean_files.ts"]],
  [["extension/package/"], ["extension/ui/build.ts", "extension/ui/build_server.ts"], [
    "extension/ui/ready.ts",
  ]],
  [["tools/engine/"], ["tools/lint/"], ["tools/pictures/"], ["tools/soak/trend/"], ["tools/scale/report/"]],
  [["tools/gate/"]],
  [["tests/**", "extension/ui/tests/**"]],
  [["tools/bench/", "tools/bench/programs/"], ["tools/screenshots/", "tools/screenshots/views/"]],
  [["tools/soak/"], ["tools/scale/"]],
];

/** Layers, lowest first. */
const LAYERS: readonly (readonly Group[])[] = [...SERVER, ...PAGE, ...REST];

/** Position of a file: files of one group share the object. */
export interface Place {
  readonly layer: number;
  readonly group: Group;
}

const PLACES: ReadonlyMap<string, Place> = new Map(
  LAYERS.flatMap((groups, layer) =>
    groups.flatMap((group) => {
      const place: Place = { layer, group };
      return group.map((path) => [path, place] as const);
    })
  ),
);

/** Finds the place of a file by its longest prefix; `undefined` when the table does not list it. */
export function placeOf(path: string): Place | undefined {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  let place = PLACES.get(path) ?? PLACES.get(folder);
  for (let above = folder; place === undefined && above !== "";) {
    place = PLACES.get(`${above}**`);
    above = above.slice(0, above.lastIndexOf("/", above.length - 2) + 1);
  }
  return place;
}

/** Returns whether a file belongs to the base layer, which everything may import. */
export function isBase(path: string): boolean {
  return placeOf(path)?.group === BASE;
}
