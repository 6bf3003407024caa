/** Viewer of a container's output in a separate process: `lines.ts URL CONTAINER TOKEN`. */

const [url = "", container = "", token = ""] = Deno.args;
let lines = 0;
let dropped = 0;

const socket = new WebSocket(`${url.replace("http", "ws")}/logs/ws?container=${container}`, [
  "dockstat.v1",
  `token.${btoa(token).replace(/=+$/, "")}`,
]);
socket.onmessage = ({ data }) => {
  const count = /"dropped":(\d+)}$/.exec(data)?.[1];
  if (count === undefined) lines++;
  else dropped += Number(count);
};

// The parent process reads one line per second: lines of that second, and dropped lines in total.
setInterval(() => {
  Deno.stdout.writeSync(new TextEncoder().encode(`${lines} ${dropped}\n`));
  lines = 0;
}, 1000);
