import { AppError } from '../../core/errors.ts';
import type { Cookie } from '../../core/cookie.ts';
import { noContent, ok, redirect } from '../../http/reply.ts';
import type { Logger } from '../../core/ports.ts';
import type { Input } from '../../http/route.ts';
import type { SignInReplies } from '../auth/index.ts';
import { parseCallback, readForm } from './callback-form.ts';
import type { StartedFlow } from './flow.service.ts';
import type { LinkService } from './link.service.ts';
import type { ProviderResponse } from './oidc-provider.ts';
import type { OidcSignInService, Outcome } from './oidc-sign-in.service.ts';
import type { CallbackQuery, ProviderParams } from './oidc.validation.ts';
import { toIdentityLinkView } from './oidc.view.ts';

interface OidcControllerSettings {
  readonly providerNames: readonly string[];
  readonly cookieName: string;
  readonly isCookieSecure: boolean;
  /** The page to which a sign-in redirects the browser. If undefined, the sign-in returns JSON. */
  readonly returnUrl: string | undefined;
  readonly logger: Logger;
}

const flowSeconds = 10 * 60;
// Public GET responses are cacheable by default. The responses of a flow are meant for one browser, so no cache may
// store them.
const noStore = { 'Cache-Control': 'no-store' };

/** Handles the routes for sign-in with a provider and for linked identities. */
export class OidcController {
  constructor(
    private readonly signIns: OidcSignInService,
    private readonly links: LinkService,
    private readonly replies: SignInReplies,
    private readonly settings: OidcControllerSettings,
  ) {}

  list = () => ok(this.settings.providerNames.map((name) => ({ name })));

  begin = async ({ params }: Input<{ params: ProviderParams; caller: null }>) => {
    const flow = await this.signIns.begin(params.provider);
    return redirect(flow.url, { headers: noStore, cookies: [this.#cookieOf(flow)] });
  };

  finish = async (input: Input<{ params: ProviderParams; query: CallbackQuery; caller: null }>) =>
    this.#finish(input, parseCallback(input.query));

  /** Does the same as `finish` for a provider that returns with a form post. */
  finishByForm = async (input: Input<{ params: ProviderParams; caller: null }>) =>
    this.#finish(input, parseCallback(await readForm(input.upload)));

  async #finish(input: Input<{ params: ProviderParams; caller: null }>, response: ProviderResponse) {
    const { params, cookies } = input;
    try {
      const outcome = await this.signIns.finish({
        provider: params.provider,
        response,
        browserId: cookies[this.settings.cookieName],
        device: this.replies.deviceOf(input),
      });
      return this.settings.returnUrl === undefined
        ? this.#reply(outcome)
        : this.#redirectWithOutcome(outcome);
    } catch (thrown) {
      // If a return page is set, redirect there with the error, because the browser would show an error response as
      // JSON.
      if (this.settings.returnUrl === undefined || !(thrown instanceof AppError)) throw thrown;
      // Log the failure here. The error handler logs such errors, but does not see one that becomes a redirect.
      if (thrown.kind === 'unavailable')
        this.settings.logger.error(thrown.message, { code: thrown.code, error: thrown.cause ?? thrown });
      return this.#redirect({ error: thrown.code });
    }
  }

  listLinks = async ({ caller }: Input) => ok((await this.links.list(caller.userId)).map(toIdentityLinkView));

  beginLink = async ({ caller, params }: Input<{ params: ProviderParams }>) => {
    const flow = await this.links.begin(caller, params.provider);
    return ok({ url: flow.url }, { cookies: [this.#cookieOf(flow)] });
  };

  unlink = async ({ caller, params }: Input<{ params: ProviderParams }>) => {
    await this.links.unlink(caller.userId, params.provider);
    return noContent();
  };

  #reply(outcome: Outcome) {
    const reply =
      'linkedProvider' in outcome
        ? ok({ linked: true as const, provider: outcome.linkedProvider })
        : this.replies.admission(outcome.admission);
    return { ...reply, headers: noStore, cookies: [...(reply.cookies ?? []), this.#cookie(null)] };
  }

  /**
   * Redirects to the return page. Tokens for the client are only in cookies. Facts for the page are in the fragment
   * (#), which no server receives.
   */
  #redirectWithOutcome(outcome: Outcome) {
    if ('linkedProvider' in outcome) return this.#redirect({ linked: outcome.linkedProvider });
    const { admission } = outcome;
    return 'mfaToken' in admission
      ? this.#redirect({ mfaToken: admission.mfaToken })
      : this.#redirect({}, this.replies.cookiesOf(admission));
  }

  #redirect(fragment: Record<string, string>, cookies: readonly Cookie[] = []) {
    const text = new URLSearchParams(fragment).toString();
    const url = `${this.settings.returnUrl ?? ''}${text === '' ? '' : `#${text}`}`;
    return redirect(url, { headers: noStore, cookies: [...cookies, this.#cookie(null)] });
  }

  /**
   * Builds the cookie that binds a flow to the browser. For a form post, the cookie is not Lax, because a browser does
   * not send a Lax cookie with a cross-site form post.
   */
  #cookieOf({ browserId, returnsByForm }: StartedFlow): Cookie {
    const isForForm = returnsByForm && this.settings.isCookieSecure;
    return { ...this.#cookie(browserId), sameSite: isForForm ? 'none' : 'lax' };
  }

  /** Builds the flow cookie. The value `null` clears the cookie. */
  #cookie(value: string | null): Cookie {
    const { cookieName: name, isCookieSecure: isSecure } = this.settings;
    return { name, value, maxAgeSeconds: flowSeconds, isSecure, sameSite: 'lax' };
  }
}
