export const en = {
  errors: {
    notFound: 'There is no such report.',
  },
};
