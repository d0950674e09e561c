import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Mail } from '../core/ports.ts';
import { parseMailbox } from '../utils/mailbox.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const from = { name: 'Strata, "Ltd"', address: 'no-reply@example.com' };
const mail: Mail = {
  id: '01a1fd86-753d-75cc-847e-29bc3049235f',
  to: 'ann@example.com',
  subject: 'Größe',
  text: 'Hello Ann,\n\nGo on:\nhttps://app.example.com/verify-email#token=abc\n',
  html: '<p>Hello Ann</p>',
};

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly isSecure: boolean;
  readonly source: string;
}

let server: SMTPServer | undefined;

/** Starts an SMTP server with one account. Returns its port and the mails it received. */
async function startServer(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, callback) => {
      if (username === 'strata@relay' && password === 'p:w/d') callback(null, { user: username });
      else callback(new Error('Wrong name or password'));
    },
    onData: (stream, { envelope, secure }, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          isSecure: secure,
          source: Buffer.concat(chunks).toString(),
        });
        callback();
      });
    },
    ...options,
  });
  // Ignore errors of the server, because a client that disconnects is one of them.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return { port: (listening.address() as AddressInfo).port, received };
}

/** A self-signed certificate and its key. */
function buildCertificate(): { key: string; cert: string } {
  const dir = mkdtempSync(join(tmpdir(), 'strata-tls-'));
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  });
  const pair = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(dir, { recursive: true });
  return pair;
}

afterEach(async () => {
  const closing = server;
  server = undefined;
  if (closing !== undefined) await new Promise<void>((resolve) => closing.close(resolve));
});

type Answer = (error?: Error | null) => void;
const refuseWith =
  (responseCode: number, text: string) => (_address: unknown, _session: unknown, answer: Answer) => {
    answer(Object.assign(new Error(text), { responseCode }));
  };

const account = 'strata%40relay:p%3Aw%2Fd';

describe('createSmtpMailer', () => {
  it('signs in and sends a complete mail', async () => {
    const { port, received } = await startServer();
    const mailer = createSmtpMailer({ url: `smtp://${account}@127.0.0.1:${port}`, from, requiresTls: true });
    await mailer.deliver(mail);
    expect(received).toHaveLength(1);
    const [{ source, ...envelope }] = received as [Received];
    expect(envelope).toEqual({ from: 'no-reply@example.com', to: ['ann@example.com'], isSecure: false });
    expect(source).toContain('From: "Strata, \\"Ltd\\"" <no-reply@example.com>');
    expect(source).toContain('To: ann@example.com');
    expect(source).toContain('Subject: =?UTF-8?Q?Gr=C3=B6=C3=9Fe?=');
    expect(source).toContain('multipart/alternative');
    expect(source).toContain('Auto-Submitted: auto-generated');
  });

  it.each([
    ['"Acme, Inc." <no-reply@example.com>', 'From: "Acme, Inc." <no-reply@example.com>'],
    ['Acme, Inc. <no-reply@example.com>', 'From: "Acme, Inc." <no-reply@example.com>'],
    ['"Say \\"hi\\"" <no-reply@example.com>', 'From: "Say \\"hi\\"" <no-reply@example.com>'],
    ['Größe GmbH <no-reply@example.com>', 'From: =?UTF-8?Q?Gr=C3=B6=C3=9Fe_GmbH?= <no-reply@example.com>'],
    ['no-reply@bücher.example', 'From: no-reply@xn--bcher-kva.example'],
  ])('sends MAIL_FROM=%s as %s, and headers in ASCII', async (text, header) => {
    const { port, received } = await startServer();
    const sender = parseMailbox(text)!;
    const mailer = createSmtpMailer({
      url: `smtp://${account}@127.0.0.1:${port}`,
      from: sender,
      requiresTls: false,
    });
    await mailer.deliver(mail);
    const [headers = ''] = received[0]!.source.split('\r\n\r\n');
    expect(headers.split('\r\n')).toContain(header);
    expect(headers).toMatch(/^[\x20-\x7e\r\n]*$/);
  });

  it('uses the same Message-ID for a repeated mail', async () => {
    const { port, received } = await startServer();
    const mailer = createSmtpMailer({ url: `smtp://${account}@127.0.0.1:${port}`, from, requiresTls: false });
    await mailer.deliver(mail);
    await mailer.deliver(mail);
    const ids = received.map(({ source }) => /^Message-ID: (.+)$/im.exec(source)?.[1]?.trim());
    expect(ids).toEqual(Array.from({ length: 2 }, () => `<${mail.id}@example.com>`));
  });

  it('treats the address as one address and the subject as one header', async () => {
    const { port, received } = await startServer();
    const mailer = createSmtpMailer({ url: `smtp://${account}@127.0.0.1:${port}`, from, requiresTls: false });
    await mailer.deliver({ ...mail, subject: 'Hi\r\nBcc: eve@example.com' });
    await mailer.deliver({ ...mail, to: 'ann@example.com, eve@example.com' }).catch(() => undefined);
    expect(received.flatMap(({ to }) => to)).not.toContain('eve@example.com');
    expect(received[0]!.source).not.toMatch(/^Bcc:/m);
  });

  it('fails if the credentials are rejected', async () => {
    const { port, received } = await startServer();
    const mailer = createSmtpMailer({ url: `smtp://a:b@127.0.0.1:${port}`, from, requiresTls: false });
    await expect(mailer.deliver(mail)).rejects.toMatchObject({ code: 'EAUTH' });
    expect(received).toEqual([]);
  });

  it.each([
    ['RCPT TO', '550 5.1.1 unknown', { onRcptTo: refuseWith(550, '5.1.1 unknown') }],
    ['MAIL FROM', '553 5.7.1 not yours', { onMailFrom: refuseWith(553, '5.7.1 not yours') }],
  ])("fails with the server's reply to %s: %s", async (command, response, options) => {
    const { port } = await startServer(options);
    const mailer = createSmtpMailer({ url: `smtp://${account}@127.0.0.1:${port}`, from, requiresTls: false });
    const responseCode = Number(response.slice(0, 3));
    await expect(mailer.deliver(mail)).rejects.toMatchObject({ command, response, responseCode });
  });

  it('fails if the server is unreachable', async () => {
    const { port } = await startServer();
    await new Promise<void>((resolve) => server!.close(resolve));
    server = undefined;
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${port}`, from, requiresTls: false });
    await expect(mailer.deliver(mail)).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
  });

  it('uses TLS if offered and rejects an untrusted certificate', async () => {
    const certificate = buildCertificate();
    const { port, received } = await startServer({ ...certificate, disabledCommands: [] });
    const url = `smtp://${account}@localhost:${port}`;
    await expect(createSmtpMailer({ url, from, requiresTls: true }).deliver(mail)).rejects.toThrow(
      /self-signed/i,
    );
    expect(received).toEqual([]);
    const trusting = createSmtpMailer({
      url: `${url}?tls.ca=${encodeURIComponent(certificate.cert)}`,
      from,
      requiresTls: true,
    });
    await trusting.deliver(mail);
    expect(received.map(({ isSecure }) => isSecure)).toEqual([true]);
  });

  it('sends nothing unencrypted to another machine if TLS is required', async () => {
    const { port, received } = await startServer();
    // 0.0.0.0 resolves to this machine, but does not look like an address of it.
    const url = `smtp://${account}@0.0.0.0:${port}`;
    await expect(createSmtpMailer({ url, from, requiresTls: true }).deliver(mail)).rejects.toMatchObject({
      code: 'ETLS',
    });
    expect(received).toEqual([]);
    await createSmtpMailer({ url, from, requiresTls: false }).deliver(mail);
    expect(received).toHaveLength(1);
  });
});
