import Joi from 'joi';
import { email } from '../../core/schema.ts';
import { hasVisibleContent } from '../../utils/unicode.ts';
import { OidcFailure } from './oidc-failure.ts';

/** Whom a provider has shown us: `issuer` and `subject` name the person for good. */
export interface ProvenIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** null unless the provider vouches for it. */
  readonly email: string | null;
  readonly name: string | null;
}

export type Claims = Readonly<Record<string, unknown>>;

interface IdentitySources {
  /** Of an id_token that was checked. */
  readonly claims: Claims & { readonly iss: string; readonly sub: string };
  readonly userInfo: Claims;
  /** The `user` field of a form_post, as JSON; only its name is read, because the browser may have changed it. */
  readonly formUser: string | undefined;
  /** Whether an address counts as verified if the provider says nothing about that. */
  readonly trustsEmail: boolean;
}

const addressSchema = email().required();
// At most 255 ASCII characters (OpenID Connect Core, section 2).
const subjectSchema = Joi.string()
  .pattern(/^[\x20-\x7e]{1,255}$/)
  .required();

const isMissing = (claim: unknown): boolean => claim === undefined || claim === null || claim === '';

const verdictIn = (claims: Claims): unknown =>
  [claims['email_verified'], claims['xms_edov']].find((claim) => !isMissing(claim));

/** Whether these claims lack an address, or a word on whether it is verified. */
export const lacksEmail = (claims: Claims, trustsEmail: boolean): boolean =>
  isMissing(claims['email']) || (!trustsEmail && verdictIn(claims) === undefined);

/** Whether these claims lack a name. */
export const lacksName = (claims: Claims): boolean => nameIn(claims) === null;

// Apple and Cognito send the text "true"; Entra may send 1 in its optional claim xms_edov.
const isTrue = (claim: unknown): boolean =>
  claim === true || claim === 1 || (typeof claim === 'string' && /^(?:true|1)$/i.test(claim));

/** Joins both sources. What one of them lacks, the other may have; an address and its verification stay together. */
function joinClaims(claims: Claims, userInfo: Claims): Claims {
  const [first, second] = !lacksEmail(claims, false) ? [claims, userInfo] : [userInfo, claims];
  const said = Object.entries(first).filter(([, claim]) => !isMissing(claim));
  return { ...second, ...Object.fromEntries(said) };
}

function verifiedEmailIn(about: Claims, trustsEmail: boolean): string | null {
  const verdict = verdictIn(about);
  if (verdict === undefined ? !trustsEmail : !isTrue(verdict)) return null;
  const result = addressSchema.validate(about['email']);
  return result.error === undefined ? result.value : null;
}

/**
 * Returns a name that can be stored: in NFC, without control characters, and not too long; null if it shows nothing or is
 * an address.
 */
function cleanName(name: unknown): string | null {
  if (typeof name !== 'string' || /^\S+@\S+$/.test(name)) return null;
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  const short = Array.from(clean).slice(0, 200).join('').trim();
  return hasVisibleContent(short) ? short : null;
}

const joinNames = (...names: readonly unknown[]): string =>
  names.filter((name) => typeof name === 'string').join(' ');

function nameIn(claims: Claims): string | null {
  const whole = joinNames(claims['given_name'], claims['family_name']);
  const candidates = [claims['name'], whole, claims['nickname'], claims['preferred_username']];
  return candidates.map(cleanName).find((name) => name !== null) ?? null;
}

interface FormUser {
  readonly name?: { readonly firstName?: string; readonly lastName?: string };
}

const formUserSchema = Joi.object<FormUser>({
  name: Joi.object({ firstName: Joi.string().allow(''), lastName: Joi.string().allow('') }).unknown(),
}).unknown();

function nameInForm(formUser: string | undefined): string | null {
  try {
    const result = formUserSchema.validate(JSON.parse(formUser ?? '{}'));
    if (result.error !== undefined) return null;
    return cleanName(joinNames(result.value.name?.firstName, result.value.name?.lastName));
  } catch {
    return null;
  }
}

/** Reads who it was. */
export function toIdentity({ claims, userInfo, formUser, trustsEmail }: IdentitySources): ProvenIdentity {
  const { iss, sub } = claims;
  if (subjectSchema.validate(sub).error !== undefined) throw new OidcFailure('answer_refused');
  const about = joinClaims(claims, userInfo);
  return {
    issuer: iss,
    subject: sub,
    email: verifiedEmailIn(about, trustsEmail),
    name: nameIn(about) ?? nameInForm(formUser),
  };
}
