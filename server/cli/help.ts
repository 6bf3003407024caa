/** Texts of `dockstat --help`, and of commands without a folder of files. */
import { DEMO_CONTAINERS } from "../config/config.ts";
import { VERSION } from "../version.ts";

/** Text of `dockstat --help`. */
export const HELP = `DockStat ${VERSION} shows what every container on your Docker hosts is doing, live.

Usage: dockstat [command] [flags]

Commands
  serve       run the server (the default)
  stats       show a live table in this terminal: "dockstat stats --help"
  logs        print container output, or the log of a running server: "dockstat logs --help"
  stacks      list, create, change, deploy and remove stacks: "dockstat stacks --help"
  swarm       list and change a swarm, its stacks, services and nodes: "dockstat swarm --help"
  containers  list, show, stop and remove containers: "dockstat containers --help"
  prune       list and remove what no container uses: "dockstat prune --help"
  images      list the images of all hosts; "volumes" and "networks" do the same
  updates     list images that have a newer one: "dockstat updates --help"
  exec        run a command or a shell in a container: "dockstat exec --help"
  events      print what has happened to containers and hosts: "dockstat events --help"
  report      print what restarted, failed, grew or ran out: "dockstat report --help"
  backup      write the data folder into one file; "restore" writes it back: "dockstat backup --help"
  hosts       list the hosts of a running server, and how they are read
  check       report what is missing: engine, Compose, data folder, port
  token       print the access token; --rotate replaces it and ends all sessions
  bridge      print the frames of a socket, such as "dockstat bridge /stacks"

Flags                                             Environment            Default
  --host ADDRESS     address to listen on         DOCKSTAT_HOST          127.0.0.1
  --port PORT        port; 0 picks a free one     DOCKSTAT_PORT          9876
  --socket PATH      also listen on a unix socket DOCKSTAT_SOCKET        none
                     with trusted clients; the port
                     then serves only WebSockets
  --config FILE      configuration file           DOCKSTAT_CONFIG        dockstat.yaml, if there
  --data DIR         folder for DockStat's data   DOCKSTAT_DATA          the platform's data folder
  --token TOKEN      access token                 DOCKSTAT_TOKEN         created at first start
  --no-auth          turn off authentication      DOCKSTAT_NO_AUTH
  --view-token       viewing needs the token,     DOCKSTAT_VIEW_TOKEN    with an --origin
                     on this machine too                                 outside loopback
  --origin URL       allow a web origin, such as  DOCKSTAT_ORIGIN        the server's own
                     that of a proxy
  --base-path PATH   serve everything under a     DOCKSTAT_BASE_PATH     the root
                     path, such as /dockstat
  --read-only        refuse every change          DOCKSTAT_READ_ONLY
  --tls-cert FILE    serve https and wss          DOCKSTAT_TLS_CERT
  --tls-key FILE                                  DOCKSTAT_TLS_KEY
  --log-level LEVEL  debug, info, warn, error     DOCKSTAT_LOG_LEVEL     info
                     or fatal
  --log-format NAME  pretty or json               DOCKSTAT_LOG_FORMAT    pretty on a terminal
  --demo [N]         N simulated containers (${DEMO_CONTAINERS})  DOCKSTAT_DEMO
                     instead of an engine
  --help             print this text
  --version          print the version

Without a configuration file, DockStat uses the engine of DOCKER_HOST, of the current Docker context,
or of the default socket. The address is printed on standard output, the log on standard error.
Exit codes: 0 success, 1 failed, 2 wrong usage or configuration.
`;

const SHARED = '"dockstat --help" lists the flags that all commands share.\n';

/** Help texts by command. */
export const COMMAND_HELP: Readonly<Record<string, string>> = {
  hosts: `Usage: dockstat hosts [ls] [flags]
Requires a running DockStat server.

Lists the hosts with their engines, and whether their numbers are read from the kernel or from the engine.

  --label NAME[=VALUE]  only hosts with this label

${SHARED}`,
  check: `Usage: dockstat check [flags]

Reports for the settings of "dockstat serve" with the same flags: whether each engine answers, how its numbers
are read, which Compose runs the stacks, whether the data folder and the port can be used, and who may view.
Exits with 1 when something is missing.

${SHARED}`,
  token: `Usage: dockstat token [--rotate] [flags]

Prints the access token of the data folder, and creates it if the folder has none.

  --rotate     replace the token; all sessions, and their sockets, end within a second
  --data DIR   folder of the server's data

${SHARED}`,
  bridge: `Usage: dockstat bridge PATH [flags]
Requires a running DockStat server.

Prints the frames of a socket, one per line, such as: dockstat bridge "/docker/stats?batch=1"

${SHARED}`,
};
