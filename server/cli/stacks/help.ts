/** Text of `dockstat stacks --help`. */
import { COMMANDS, postCommands } from "../../protocol/commands.ts";

function commandHelp(): string {
  return postCommands("stack").map((name) => {
    const also = (COMMANDS[name].targets as readonly string[]).includes("project")
      ? "; also for projects"
      : "";
    const summary = COMMANDS[name].summary;
    return `  ${`${name} NAME|ID ...`.padEnd(30)}${summary.charAt(0).toLowerCase()}${
      summary.slice(1)
    }${also}`;
  }).join("\n");
}

/** Text of `dockstat stacks --help`. */
export const STACKS_HELP = `Usage: dockstat stacks [command] [flags]
Requires a running DockStat server.

Commands
  ls                            list stacks, and projects that DockStat did not create (default)
  show NAME|ID                  status, services, containers, files and newest versions
  create NAME --file FILE|-     create a stack and deploy it
  create NAME --git URL         create a stack from a Git repository; --branch (main), --path (the root)
  pull-git NAME|ID              show what the branch changes, then pull it, and deploy if files have changed
  git NAME|ID                   show or change the schedule, webhook and redeploy token of a stack from Git
  set NAME|ID --file FILE|-     change the texts and files of a stack; --deploy deploys it
  diff NAME|ID                  list what a deployment would change (services with their downtime, images,
                                volumes, networks and conflicts), after the difference of texts and files
                                from the version that was deployed last; also for projects
${commandHelp()}
  cancel NAME|ID                cancel its running operation
  rm NAME|ID                    remove the stack and its containers; also for projects
  release NAME|ID               delete only its record; its containers and files stay
  logs NAME|ID                  follow the output of its containers, until Ctrl-C
  adopt PROJECT                 list what its first deployment would change, then take over a project that
                                DockStat did not create
  versions NAME|ID              list the stored versions; --restore N stores one again

Flags
  --file FILE|-     create, set: the compose file, or standard input; diff: compare with this file
  --env-file FILE|- create, set: its .env file, or standard input
  --dir DIR         create, set: send the files in this folder too. Without --file and --env-file its
                    compose.yaml and .env are the texts
  --no-deploy       create: store the stack only
  --deploy          set: deploy afterwards
  --version N       diff: compare with this version
  --json            diff: print what a deployment would change as JSON
  --restore N       versions: store the texts and files of this version again
  --service NAME    start, stop, restart, pull, update: this service only
  --build           deploy: build all images
  --recreate        deploy: recreate all containers
  --volumes         rm: remove its volumes with their data
  --yes             rm, pull-git, adopt: do not ask; without a terminal they never ask
  --dry-run         pull-git: only show what it would change
  --rewritten       pull-git: accept a branch that was rewritten
  --schedule TIME   git: pull automatically, such as every 15m; "off" ends it
  --webhook new|off, --redeploy-token new|off
                    git: create a new secret, which is shown once, or switch it off
  --tail N          logs: number of past lines (100)
  --on HOSTID       the host, if several have a stack of this name

--host, --port, --config, --token and --data, and their variables, find the server, as with "dockstat serve".
Ctrl-C cancels the operation and waits for its end. A second Ctrl-C does not wait.
Exit codes: 0 success, 1 failed or cancelled, 2 wrong usage.
`;
