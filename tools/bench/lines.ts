/** A viewer of a container's output in a process of its own: `lines.ts URL CONTAINER TOKEN`. */

const [url = "", container = "", token = ""] = Deno.args;
let lines = 0;
let dropped = 0;

const socket = new WebSocket(`${url.replace("http", "ws")}/logs/ws?container=${container}`, [
  "dockstat.v1",
  `token.${btoa(token).replace(/=+$/, "")}`,
]);
socket.onmessage = ({ data }) => {
  const told = /"message":"(\d+) log lines were dropped/.exec(data)?.[1];
  if (told === undefined) lines++;
  else dropped += Number(told);
};

// Whoever started this reads a line a second: lines in the last second, and how many were told as dropped in all.
setInterval(() => {
  Deno.stdout.writeSync(new TextEncoder().encode(`${lines} ${dropped}\n`));
  lines = 0;
}, 1000);
