/** Viewers in a process of their own, so that their cost is not the server's: `viewers.ts URL COUNT`. */

const [url = "", count = "1"] = Deno.args;
let frames = 0;
let bytes = 0;

for (let viewer = 0; viewer < Number(count); viewer++) {
  const socket = new WebSocket(url);
  socket.onmessage = ({ data }) => {
    frames++;
    bytes += data.length;
  };
}

// Whoever started this reads a line a second: frames and bytes so far.
setInterval(() => {
  Deno.stdout.writeSync(new TextEncoder().encode(`${performance.now()} ${frames} ${bytes}\n`));
}, 1000);
