import { invalidInput } from '../../core/errors.ts';
import type { ProviderResponse } from './oidc-provider.ts';
import { oidcMessages } from './oidc.messages.ts';

const names = ['state', 'code', 'error', 'error_description', 'iss', 'user'] as const;

/** Returns the known callback parameters. Ignores unknown parameters and empty values. */
export const parseCallback = (
  sent: Readonly<Partial<Record<(typeof names)[number], unknown>>>,
): ProviderResponse =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = sent[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );

/** Reads the fields of a form (application/x-www-form-urlencoded). Rejects a repeated field, as queries do. */
export async function readForm(body: AsyncIterable<Uint8Array>): Promise<Readonly<Record<string, string>>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  const repeated = names.filter((name) => form.getAll(name).length > 1);
  if (repeated.length === 0) return Object.fromEntries(form);
  throw invalidInput(
    ...repeated.map((path) => ({
      in: 'body' as const,
      path,
      rule: 'string.base',
      message: oidcMessages.rules.once,
    })),
  );
}
