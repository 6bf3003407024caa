/** Upper bound for a server: sends as many frames of 200 bytes as DockStat, once per second, and does nothing else. */

const [containers = "200"] = Deno.args;
const frame = "x".repeat(200);
const sockets = new Set<WebSocket>();

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request);
  socket.onopen = () => sockets.add(socket);
  socket.onclose = () => sockets.delete(socket);
  return response;
});

setInterval(() => {
  for (const socket of sockets) for (let n = 0; n < Number(containers); n++) socket.send(frame);
}, 1000);

Deno.stdout.writeSync(new TextEncoder().encode(`http://127.0.0.1:${server.addr.port}\n`));
