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

type Claims = Readonly<Record<string, unknown>>;

const addressSchema = email().required();
// At most 255 ASCII characters (OpenID Connect Core, section 2).
const subjectSchema = Joi.string()
  .pattern(/^[\x20-\x7e]{1,255}$/)
  .required();

function verifiedEmailIn({ email: address, email_verified: isVerified }: Claims): string | null {
  if (isVerified !== true) return null;
  const result = addressSchema.validate(address);
  return result.error === undefined ? result.value : null;
}

/** Returns a name that can be stored: in NFC, without control characters, and not too long; null if it shows nothing. */
function nameIn({ name }: Claims): string | null {
  if (typeof name !== 'string') return null;
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  const short = Array.from(clean).slice(0, 200).join('').trim();
  return hasVisibleContent(short) ? short : null;
}

/** Reads who it was from the claims of an id_token that was checked, and what is told `about` them. */
export function toIdentity({ iss, sub }: { iss: string; sub: string }, about: Claims): ProvenIdentity {
  const { error } = subjectSchema.validate(sub);
  if (error !== undefined) throw new OidcFailure('answer_refused');
  return { issuer: iss, subject: sub, email: verifiedEmailIn(about), name: nameIn(about) };
}
