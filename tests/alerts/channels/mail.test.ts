import { assert, assertEquals } from "../../assert.ts";
import { type MailChannel, sendMail } from "../../../server/alerts/channels/mail.ts";
import type { Notice } from "../../../server/alerts/channels/notice.ts";
import { OutboundClient } from "../../../server/outbound/client.ts";
import { smtpServer } from "../../fakes/outbound/smtp.ts";

const NOTICE: Notice = {
  key: "k",
  items: [{
    ...{ id: "a1", event: "alarm", rule: "Sick\r\nBcc: evil@example.org", ruleId: "sick", state: "firing" },
    ...{
      host: "nas",
      container: "web",
      project: null,
      service: null,
      name: "web",
      reason: "x\r\n.\r\nRCPT TO:<e@x>",
    },
    ...{
      value: null,
      unit: null,
      since: "2026-06-01T00:00:00.000Z",
      ended: null,
      line: null,
      count: 1,
      link: "l",
    },
  }],
};

function channel(port: number, changes: Partial<MailChannel> = {}): MailChannel {
  return {
    ...{ name: "Mail", kind: "email", host: "127.0.0.1", port, user: "me", password: "env:P" },
    ...{ from: "dock@example.org", to: ["ops@example.org"] },
    ...changes,
  };
}

const reveal = () => "hunter2";
const reaching = (port: number) => new OutboundClient({ allow: [{ address: "127.0.0.1", port }] });

Deno.test("a mail is sent to its recipients only, whatever names contain", async () => {
  await using server = smtpServer();
  const sent = await sendMail(
    channel(server.port, { security: "none" }),
    NOTICE,
    reveal,
    reaching(server.port),
  );
  assertEquals(sent, "delivered");
  assertEquals(server.lines.filter((line) => line.startsWith("RCPT")), ["RCPT TO:<ops@example.org>"]);
  assert(server.lines.some((line) => line.startsWith("Subject: Alert: Sick Bcc: evil@example.org")));
  assert(!server.lines.some((line) => /^Bcc:/i.test(line)));
});

Deno.test("without TLS the password and the message are not sent", async () => {
  await using server = smtpServer();
  const sent = await sendMail(channel(server.port), NOTICE, reveal, reaching(server.port));
  assert(sent !== "delivered", sent);
  assertEquals(server.lines.filter((line) => /^(AUTH|MAIL|DATA)/.test(line)), []);
});

Deno.test("a mail server on loopback is blocked", async () => {
  assertEquals(await sendMail(channel(25), NOTICE, reveal, new OutboundClient()), "blocked");
});
