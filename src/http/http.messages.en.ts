export const en = {
  rules: {
    idempotencyKeyMissing:
      'is required: send a new random key for each new intention, and the same key when repeating it',
    idempotencyKeyMalformed: 'must be 16 to 255 letters, digits, - or _',
    once: 'must be given once',
    notAllowed: 'is not allowed',
    noNul: 'must not contain NUL',
    jsonText: 'must not contain NUL or half a surrogate pair',
    jsonDepth: (max: number) => `must not be nested deeper than ${max}`,
    jsonKeys: (max: number) => `must not have more than ${max} keys and items`,
    jsonProto: 'must not have a key __proto__',
    jsonKey: 'must not have a key with NUL or half a surrogate pair',
  },
};
