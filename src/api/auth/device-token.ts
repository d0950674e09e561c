import type { SignedTokens } from './signed-token.ts';

/** The owner of a device. Only device tokens of this generation are valid. */
export interface DeviceOwner {
  readonly id: string;
  readonly deviceGeneration: number;
}

// The generation of tokens that contain none, because they were issued before generations were introduced.
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
