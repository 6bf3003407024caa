/** Viewers in a separate process, so that the server does not pay for them: `viewers.ts URL COUNT TOKEN`. */

const [url = "", count = "1", token = ""] = Deno.args;
let frames = 0;
let bytes = 0;

for (let viewer = 0; viewer < Number(count); viewer++) {
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
  socket.onmessage = ({ data }) => {
    frames++;
    bytes += data.length;
  };
}

// The parent process reads one line per second: frames and bytes so far.
setInterval(() => {
  Deno.stdout.writeSync(new TextEncoder().encode(`${performance.now()} ${frames} ${bytes}\n`));
}, 1000);
