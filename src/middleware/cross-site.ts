import type { RequestHandler } from 'express';
import { defineErrors } from '../core/errors.ts';
import { cookiesOf } from '../http/cookies.ts';
import { middlewareMessages } from './middleware.messages.ts';

export const crossSiteErrors = defineErrors(middlewareMessages.errors, {
  crossSite: ['forbidden', 'AUTH_CROSS_SITE'],
});

interface CrossSiteSettings {
  /** The origins of the service itself, and those that CORS allows. */
  readonly origins: readonly string[];
  readonly cookieName: string;
}

/**
 * Refuses requests that a page of another site made the browser send (CSRF). Use it on routes that authenticate by
 * cookie. Browsers set `Sec-Fetch-Site` and `Origin` themselves, and another site cannot add `X-Requested-With` without
 * a CORS preflight.
 */
export function requireSameSite({ origins, cookieName }: CrossSiteSettings): RequestHandler {
  const allowed = new Set(origins);
  return (req, _res, next) => {
    const site = req.get('sec-fetch-site');
    const origin = req.get('origin');
    const isOwn = site === 'same-origin' || site === 'none';
    const isAllowed = origin !== undefined && allowed.has(origin);
    const isOutsideBrowser = site === undefined && origin === undefined;
    const carriesCookie = cookiesOf(req)[cookieName] !== undefined;
    const isDeclared = req.get('x-requested-with') !== undefined || !carriesCookie;
    if (isOwn || isAllowed || (isOutsideBrowser && isDeclared)) {
      next();
      return;
    }
    throw crossSiteErrors.crossSite();
  };
}
