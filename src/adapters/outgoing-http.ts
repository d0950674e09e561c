import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { OutgoingResponse, OutgoingHttp, OutgoingPost } from '../core/ports.ts';
import { addressIn, isPublicAddress } from '../utils/public-address.ts';

interface OutgoingOptions {
  /** Returns all addresses of a host name. The default asks the DNS servers of the system. */
  readonly resolve?: (name: string) => Promise<LookupAddress[]>;
  readonly isPublic?: (address: string) => boolean;
}

const loopback: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * Asks the DNS servers directly. `dns.lookup` would occupy one of the few threads that the whole process shares for as
 * long as a DNS server does not answer.
 */
async function resolveByServers(name: string): Promise<LookupAddress[]> {
  if (name === 'localhost') return [...loopback];
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (addresses.length === 0 && four.status === 'rejected') throw four.reason;
  return addresses;
}

/**
 * Creates the client for URLs that users have chosen. The client opens a new connection for each request and refuses
 * addresses that are not public.
 */
export function createOutgoingHttp({
  resolve = resolveByServers,
  isPublic = isPublicAddress,
}: OutgoingOptions = {}): OutgoingHttp {
  return {
    post: async (post) => {
      const url = new URL(post.url);
      const assertReachable = (address: string): void => {
        if (!post.allowsPrivate && !isPublic(address))
          throw new Error('The host resolves to an address that is not public.');
      };
      // Check an IP address in the URL here, because Node calls `lookup` only for names.
      const literalAddress = addressIn(url);
      if (literalAddress !== null) assertReachable(literalAddress);
      const resolveReachable = async (name: string): Promise<LookupAddress[]> => {
        const addresses = await resolve(name);
        for (const { address } of addresses) assertReachable(address);
        return addresses;
      };
      return send(url, post, resolveReachable);
    },
  };
}

function send(
  url: URL,
  { headers, body, timeoutMs, responseMaxBytes, signal }: OutgoingPost,
  resolve: (name: string) => Promise<LookupAddress[]>,
): Promise<OutgoingResponse> {
  // Checks the addresses during the lookup. Node connects to the addresses that this function returns, so no second
  // lookup can replace them with others (DNS rebinding).
  const checkedLookup: LookupFunction = (name, { all }, callback) => {
    resolve(name).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) callback(new Error('The host has no address.'), []);
        else if (all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), []);
      },
    );
  };
  const start = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = start(url, {
    method: 'POST',
    agent: false,
    headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    lookup: checkedLookup,
    signal,
  });
  let timer: NodeJS.Timeout | undefined;
  const responded = new Promise<OutgoingResponse>((resolveResponse, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`No complete response within ${timeoutMs} ms.`));
    }, timeoutMs);
    const fail = (error: unknown): void => {
      reject(new Error(reasonOf(error), { cause: error }));
    };
    request.once('response', (response) => {
      read(response, responseMaxBytes).then(resolveResponse, fail);
    });
    request.on('error', fail);
    request.end(body);
  });
  return responded.finally(() => {
    clearTimeout(timer);
    request.destroy();
  });
}

/**
 * Returns the message of an error, or its code if the message is empty. The message is empty if Node tried several
 * addresses and all failed.
 */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error && typeof error.code === 'string' ? error.code : 'No response.';
}

async function read(response: IncomingMessage, maxBytes: number): Promise<OutgoingResponse> {
  const chunks: Buffer[] = [];
  let length = 0;
  const received: AsyncIterable<Buffer> = response;
  for await (const chunk of received) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBytes) break;
  }
  const body = Buffer.concat(chunks).subarray(0, maxBytes).toString();
  return { status: response.statusCode ?? 0, body };
}
