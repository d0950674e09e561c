import { connect, type Socket } from 'node:net';

/** A TCP connection on which a test writes and reads raw bytes. */
export interface RawConnection {
  readonly socket: Socket;
  /** Writes these lines, joined by CRLF. */
  write(...lines: readonly string[]): void;
  /** Returns the text received so far. */
  received(): string;
  /** Resolves with everything that was received, as soon as the service ends the connection. */
  readonly ended: Promise<string>;
}

/** Opens a connection to a service. The client can write even after the service has ended its side. */
export async function openConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  // Ignore a reset after the response, because `received` returns what has arrived before the reset.
  socket.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    for (const event of ['end', 'close'])
      socket.once(event, () => {
        resolve(text);
      });
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    write: (...lines) => void socket.write(lines.join('\r\n')),
    received: () => text,
    ended,
  };
}

/** Returns the statuses of the HTTP responses in this text. */
export const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Writes parts of a body until the service ends the connection. Returns how many bytes were written. */
export async function writeEndlessly({ socket, ended }: RawConnection): Promise<number> {
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  const whenEnded = ended.then(() => 'ended');
  for (;;) {
    const whenReady = socket.write(chunk)
      ? new Promise(setImmediate)
      : new Promise((resolve) => socket.once('drain', resolve));
    if ((await Promise.race([whenEnded, whenReady])) === 'ended') break;
  }
  socket.destroy();
  return socket.bytesWritten;
}
