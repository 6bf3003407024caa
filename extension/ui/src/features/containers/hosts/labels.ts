/** Texts of the hosts page. */
import type { HostTest } from "../../../../../../server/protocol/hosts/new_host.ts";

/** Sentences for the outcomes of a test. */
export const OUTCOMES: Readonly<Record<HostTest["outcome"], string>> = {
  connected: "Connected. An engine answers at this address.",
  "forbidden-address": "DockStat connects to this address only if dockstat.yaml lists it as a host.",
  unreachable: "Nothing answers at this address.",
  untrusted:
    "TLS or ssh refused the connection. Check the certificates, or the key and the known hosts of ssh.",
  "not-an-engine": "Something other than a container engine answers at this address.",
};

/** Texts that the page shows. */
export const LABELS = {
  title: "Hosts",
  table: "All hosts",
  add: "Add host",
  addTitle: "Add a host",
  cancel: "Cancel",
  test: "Test",
  remove: "Remove",
  removeTitle: (id: string) => `Remove host ${id}?`,
  removeText: "DockStat stops reading this host. Its containers keep running, and its history is kept.",
  removeOf: (id: string) => `Remove host ${id}`,
  fromFile: "This host is in dockstat.yaml. Remove it there.",
  noMatches: "No matching hosts",
  showAll: "Show all hosts",
  allLabels: "All labels",
  label: "Label",
  search: "Search hosts",
  host: "Host",
  state: "State",
  address: "Address",
  engine: "Engine",
  containers: "Containers",
  cpu: "CPU",
  memory: "Memory",
  disk: "Disk",
  actions: "Actions",
  connecting: "connecting",
  down: "down",
  running: (running: number, all: number) => `${running} of ${all}`,
  runningHelp: "Running and total containers",
  sum: (count: number) => `${count} ${count === 1 ? "host" : "hosts"}`,
  id: "Name",
  idHelp: "Letters, digits, dots, dashes and underscores",
  url: "Address",
  urlHelp: "tcp://10.0.0.5:2376 or ssh://user@host",
  labels: "Labels",
  labelsHelp: "Such as site=home, separated by commas",
  publicName: "Public name",
  publicNameHelp: "Name in links to published ports, such as nas.example.org",
  ca: "CA certificate",
  cert: "Client certificate",
  key: "Client key",
  pemHelp: "PEM text",
  tls: "TLS",
  sshHelp:
    "DockStat uses the ssh keys and known hosts of the user that runs it. Log in with ssh once as this user.",
  unknown: "–",
} as const;
