import { jest } from '@jest/globals';
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The claims that the provider has about a person. */
export interface Person {
  readonly sub: string;
  readonly email?: string;
  /** A boolean or, from some providers, a string. */
  readonly email_verified?: boolean | string | null;
  readonly xms_edov?: boolean | number;
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly nickname?: string;
  readonly preferred_username?: string;
}

type Handler = (req: IncomingMessage, res: ServerResponse) => unknown;
type TokenAnswer = Record<string, unknown>;

/** A real OpenID provider on this machine. `person` is signed in at the provider. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The person who is signed in at the provider. If null, the provider refuses each sign-in. */
  person: Person | null;
  /**
   * Handles a request instead of the provider. Returns false to let the provider answer it. After true, the provider
   * does not answer, even if this function has not answered either.
   */
  intercept: ((req: IncomingMessage, res: ServerResponse) => boolean) | null;
  /** Changes the response of the token endpoint. */
  changeTokenResponse: ((answer: TokenAnswer) => TokenAnswer) | null;
  /** Changes the claims of the id_token before it is signed. */
  changeClaims: ((claims: Record<string, unknown>) => object) | null;
  /** Method and path of each request of the service. Requests of the browser are not included. */
  readonly requests: string[];
  /** Follows redirects from this URL until the provider redirects to another origin. Returns that URL. */
  visit(url: string): Promise<URL>;
  /**
   * Follows redirects from this URL to a page with a form. Returns the address that the form posts to, and its fields.
   */
  visitToForm(url: string): Promise<{ action: string; fields: Record<string, string> }>;
  close(): Promise<void>;
}

interface TestProviderOptions {
  readonly redirectUris: readonly string[];
  /** Puts the e-mail address into the id_token as well. */
  readonly putsEmailInIdToken?: boolean;
  readonly authMethod?: 'client_secret_basic' | 'client_secret_post';
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (text = ''): Record<string, unknown> =>
  JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;

/** Returns a new id_token that is signed correctly but has these claims. */
function reissue(
  idToken: unknown,
  change: (claims: Record<string, unknown>) => object,
  key: KeyObject,
): string {
  const [header = '', payload] = String(idToken).split('.');
  const signed = `${header}.${encode(change(decode(payload)))}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

export async function startProvider({
  redirectUris,
  putsEmailInIdToken = false,
  authMethod = 'client_secret_basic',
}: TestProviderOptions): Promise<TestProvider> {
  let handle: Handler = () => undefined;
  const server = createServer((req, res) => void handle(req, res));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['strata', randomBytes(24).toString('base64url')];
  const people = new Map<string, Person>();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' };

  // Hide the provider's warnings about the Node version and about storage in memory, because neither matters in tests.
  const warnings = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { default: Provider, interactionPolicy } = await import('oidc-provider');
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [...redirectUris],
        token_endpoint_auth_method: authMethod,
      },
    ],
    clientAuthMethods: [authMethod],
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified', 'xms_edov'],
      profile: ['name', 'given_name', 'family_name', 'nickname', 'preferred_username'],
    },
    conformIdTokenClaims: !putsEmailInIdToken,
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_ctx, { uid }) => `/interaction/${uid}` },
    // Nothing expires within an hour: the provider uses the real clock, and the machine may be slow.
    ttl: {
      AccessToken: 3_600,
      AuthorizationCode: 3_600,
      Grant: 3_600,
      IdToken: 3_600,
      Interaction: 3_600,
      Session: 3_600,
    },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  warnings.mockRestore();
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path !== '/token' || ctx.status !== 200) return;
    const answer = ctx.body as TokenAnswer;
    const { changeClaims, changeTokenResponse } = self;
    const claimed =
      changeClaims === null
        ? answer
        : { ...answer, id_token: reissue(answer['id_token'], changeClaims, privateKey) };
    ctx.body = changeTokenResponse === null ? claimed : changeTokenResponse(claimed);
  });

  const interact: Handler = async (req, res) => {
    const { person } = self;
    if (person !== null) people.set(person.sub, person);
    const result =
      person === null
        ? { error: 'access_denied' }
        : { select_account: {}, login: { accountId: person.sub, remember: false } };
    await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
  };
  const callback = provider.callback();
  handle = (req, res) => {
    const path = req.url ?? '';
    if (!path.startsWith('/auth') && !path.startsWith('/interaction'))
      self.requests.push(`${req.method ?? ''} ${path}`);
    if (self.intercept?.(req, res) === true) return undefined;
    return path.startsWith('/interaction/') ? interact(req, res) : callback(req, res);
  };

  /** Follows redirects until the provider redirects to another origin or returns a page. */
  const browse = async (start: string): Promise<{ location: URL | null; html: string }> => {
    const cookies = new Map<string, string>();
    let url = new URL(start);
    while (url.origin === issuer) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const header of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) {
        const html = await response.text();
        if (response.ok || html.includes('<form method="post"')) return { location: null, html };
        throw new Error(`The provider answered ${response.status}: ${html}`);
      }
      url = new URL(location, url);
    }
    return { location: url, html: '' };
  };

  const self: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    person: null,
    intercept: null,
    changeTokenResponse: null,
    changeClaims: null,
    requests: [],
    visit: async (start) => {
      const { location } = await browse(start);
      if (location === null) throw new Error('The provider led nowhere.');
      return location;
    },
    visitToForm: async (start) => {
      const { html } = await browse(start);
      const [, action = ''] = /<form [^>]*action="([^"]+)"/.exec(html) ?? [];
      const inputs = html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
      return { action, fields: Object.fromEntries([...inputs].map(([, name, value]) => [name, value])) };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return self;
}
