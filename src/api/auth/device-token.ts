import type { SignedTokens } from './signed-token.ts';

/** The owner of a device, with the generation of their device tokens that is valid. */
export interface DeviceOwner {
  readonly id: string;
  readonly deviceGeneration: number;
}

// Tokens issued before generations were introduced contain none.
const firstGeneration = '1';

/** Recognizes a device that the user has signed in on before. The token is stored in a cookie. */
export interface DeviceTokens {
  issue(owner: DeviceOwner, deviceId: string): string;
  /** Returns the id of the device, or null if the token was not issued to this user or has been revoked. */
  read(token: string | undefined, owner: DeviceOwner): string | null;
}

export const createDeviceTokens = (tokens: SignedTokens): DeviceTokens => ({
  issue: ({ id, deviceGeneration }, deviceId) => tokens.issue(id, deviceId, String(deviceGeneration)),
  read: (token, { id, deviceGeneration }) => {
    const [userId, deviceId, generation = firstGeneration] =
      token === undefined ? [] : (tokens.read(token) ?? []);
    return userId === id && generation === String(deviceGeneration) ? (deviceId ?? null) : null;
  },
});
