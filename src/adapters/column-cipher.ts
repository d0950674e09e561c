import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { ColumnCipher } from '../core/ports.ts';

interface Key {
  /** The public id of the key. Each value contains the id, so that several keys can be in use. */
  readonly id: string;
  readonly bytes: Buffer;
}

const form = /^e1\.([\w-]{8})\.([\w-]{16})\.([\w-]{22,})$/;
const tagLength = 16;

const keyOf = (secret: string): Key => ({
  id: createHash('sha256').update(`column key id|${secret}`).digest('base64url').slice(0, 8),
  bytes: Buffer.from(hkdfSync('sha256', secret, '', 'strata columns v1', 32)),
});

/**
 * Creates the column cipher (AES-256-GCM with a random nonce per value). Encrypts with the key of the first secret, and
 * decrypts with the keys of all secrets.
 */
export function createColumnCipher([current, ...previous]: readonly [string, ...string[]]): ColumnCipher {
  const key = keyOf(current);
  const keys = new Map([key, ...previous.map(keyOf)].map((each) => [each.id, each]));

  return {
    encrypt: (text, associatedData) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(Buffer.from(associatedData));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `e1.${key.id}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
    },
    decrypt: (value, associatedData) => {
      const [, keyId = '', nonce = '', body = ''] = form.exec(value) ?? [];
      const found = keys.get(keyId);
      if (found === undefined) {
        throw new Error(
          `The encrypted value ${associatedData} needs a key that is not configured: set DATA_ENCRYPTION_PREVIOUS_KEY to the previous key.`,
        );
      }
      const sealed = Buffer.from(body, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', found.bytes, Buffer.from(nonce, 'base64url'))
        .setAAD(Buffer.from(associatedData))
        .setAuthTag(sealed.subarray(-tagLength));
      return decipher.update(sealed.subarray(0, -tagLength), undefined, 'utf8') + decipher.final('utf8');
    },
    isOutdated: (value) => !value.startsWith(`e1.${key.id}.`),
  };
}
