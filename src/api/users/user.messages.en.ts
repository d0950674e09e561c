export const en = {
  errors: {
    notFound: 'The user does not exist.',
    emailTaken: 'An account with this e-mail address already exists.',
    lastAdmin: 'This is the last administrator. Make another user an administrator first.',
    wrongPassword: 'The password is incorrect.',
  },
  rules: {
    email: 'must be a valid email',
    commonPassword: 'is a common password; choose another',
    passwordIsEmail: 'must not be the e-mail address',
    passwordIsProduct: 'must not be the name of the product',
  },
};
