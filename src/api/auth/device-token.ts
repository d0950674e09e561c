import type { SignedTokens } from './signed-token.ts';

/** Whose device it is, and which generation of their device tokens is valid. */
export interface DeviceOwner {
  readonly id: string;
  readonly deviceGeneration: number;
}

// Tokens from before there were generations name none.
const firstGeneration = '1';

/** Knows again a device on which someone has signed in before; kept in a cookie. */
export interface DeviceTokens {
  issue(owner: DeviceOwner, deviceId: string): string;
  /** The id of the device, if the token was issued to this user and nothing has ended their device tokens since; else null. */
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
