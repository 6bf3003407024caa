/** Sockets without a reachable port: a command in the container prints the frames, one per line. */
import type { DesktopClient } from "./desktop.ts";
import type { Channel, ChannelListener } from "./transport.ts";

/** Starts `dockstat bridge` for a path and reports its output as frames. Throws when commands are unavailable. */
export function openBridge(client: DesktopClient, path: string, listener: ChannelListener): Channel {
  const cli = client.extension.vm?.cli;
  if (cli === undefined) {
    throw new Error("Cannot start dockstat bridge because Docker Desktop offers no commands");
  }
  let lastError = "";
  let closed = false;
  const close = (reason: string) => {
    if (closed) return;
    closed = true;
    listener.closed({ code: 1006, reason });
  };
  const child = cli.exec("dockstat", ["bridge", path], {
    stream: {
      splitOutputLines: true,
      onOutput: ({ stdout, stderr }) => {
        if (stderr !== undefined) lastError = stderr.trim() || lastError;
        if (closed || stdout === undefined) return;
        for (const line of stdout.split("\n")) report(line, listener);
      },
      onError: (error) => close(String(error)),
      onClose: (code) => close(lastError || `dockstat bridge exited with code ${code}`),
    },
  });
  return {
    close() {
      closed = true;
      child.close();
    },
  };
}

/** Reports one line; the greeting is printed like any frame. */
function report(line: string, listener: ChannelListener): void {
  if (line.trim() === "") return;
  if (line.trim() === '{"message":"Connection established"}') listener.opened();
  else listener.frame(line);
}
