import type { SignedTokens } from './signed-token.ts';

/** Knows again a device on which someone has signed in before; kept in a cookie. */
export interface DeviceTokens {
  issue(userId: string, deviceId: string): string;
  /** The id of the device, when the token was given to this user; null otherwise. */
  read(token: string | undefined, userId: string): string | null;
}

export const createDeviceTokens = (tokens: SignedTokens): DeviceTokens => ({
  issue: (userId, deviceId) => tokens.issue(userId, deviceId),
  read: (token, userId) => {
    const [owner, deviceId] = token === undefined ? [] : (tokens.read(token) ?? []);
    return owner === userId && deviceId !== undefined ? deviceId : null;
  },
});
