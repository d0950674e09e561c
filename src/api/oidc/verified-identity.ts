import Joi from 'joi';
import { email } from '../../core/schema.ts';
import { hasVisibleContent } from '../../utils/unicode.ts';
import { OidcFailure } from './oidc-failure.ts';

/** An identity verified by a provider. `issuer` and `subject` identify the person permanently. */
export interface VerifiedIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** The address, or null if the provider has not verified it. */
  readonly email: string | null;
  readonly name: string | null;
}

export type Claims = Readonly<Record<string, unknown>>;

interface IdentitySources {
  /** The claims of a verified id_token. */
  readonly claims: Claims & { readonly iss: string; readonly sub: string };
  readonly userInfo: Claims;
  /**
   * The `user` field of a form post, as JSON. The browser may have changed the field, so only the name is read from it.
   */
  readonly formUser: string | undefined;
  /** Treats an address as verified if the provider sends no verification claim. */
  readonly trustsEmail: boolean;
}

const addressSchema = email().required();
// Limits the subject to 255 ASCII characters (OpenID Connect Core, section 2).
const subjectSchema = Joi.string()
  .pattern(/^[\x20-\x7e]{1,255}$/)
  .required();

const isMissing = (claim: unknown): boolean => claim === undefined || claim === null || claim === '';

const verifiedClaimIn = (claims: Claims): unknown =>
  [claims['email_verified'], claims['xms_edov']].find((claim) => !isMissing(claim));

/** Returns true if the claims lack an address or its verification claim. */
export const lacksEmail = (claims: Claims, trustsEmail: boolean): boolean =>
  isMissing(claims['email']) || (!trustsEmail && verifiedClaimIn(claims) === undefined);

/** Returns true if the claims lack a name. */
export const lacksName = (claims: Claims): boolean => nameIn(claims) === null;

// Accepts other values for true: Apple and Cognito send the text "true", and Entra may send 1 in its optional claim
// xms_edov.
const isTrue = (claim: unknown): boolean =>
  claim === true || claim === 1 || (typeof claim === 'string' && /^(?:true|1)$/i.test(claim));

/** Merges the claims of both sources. The address and its verification claim always come from the same source. */
function joinClaims(claims: Claims, userInfo: Claims): Claims {
  const [first, second] = !lacksEmail(claims, false) ? [claims, userInfo] : [userInfo, claims];
  const present = Object.entries(first).filter(([, claim]) => !isMissing(claim));
  return { ...second, ...Object.fromEntries(present) };
}

function verifiedEmailIn(claims: Claims, trustsEmail: boolean): string | null {
  const verifiedClaim = verifiedClaimIn(claims);
  if (verifiedClaim === undefined ? !trustsEmail : !isTrue(verifiedClaim)) return null;
  const result = addressSchema.validate(claims['email']);
  return result.error === undefined ? result.value : null;
}

/**
 * Returns the name in a form that can be stored: in NFC, without control characters, at most 200 characters. Returns
 * null for an invisible name or an e-mail address.
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
  const fullName = joinNames(claims['given_name'], claims['family_name']);
  const candidates = [claims['name'], fullName, claims['nickname'], claims['preferred_username']];
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

/** Builds the identity from all sources. Throws an OidcFailure for an invalid subject. */
export function toIdentity({ claims, userInfo, formUser, trustsEmail }: IdentitySources): VerifiedIdentity {
  const { iss, sub } = claims;
  if (subjectSchema.validate(sub).error !== undefined) throw new OidcFailure('answer_refused');
  const merged = joinClaims(claims, userInfo);
  return {
    issuer: iss,
    subject: sub,
    email: verifiedEmailIn(merged, trustsEmail),
    name: nameIn(merged) ?? nameInForm(formUser),
  };
}
