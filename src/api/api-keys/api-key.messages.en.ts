export const en = {
  errors: {
    notFound: 'The API key does not exist.',
    scopeNotHeld: 'A key can only have permissions that you have. See details for the missing ones.',
    addressRefused: 'This API key cannot be used from your IP address.',
    tooMany: 'You have reached the limit of 20 API keys. Revoke one first.',
    expired: 'This API key has expired. Create a new one.',
  },
  rules: {
    scope: 'must be the name of a permission, such as users:manage',
    address: 'must be an IPv4 or IPv6 address, or a network such as 203.0.113.0/24',
    expiresAt: 'must be a point in time in UTC, such as 2026-01-31T09:30:00Z',
    expiryRange: 'must be in the future, at most a year ahead',
  },
  notices: {
    revoked: (count: number) => `API keys revoked: ${count}.`,
  },
};
