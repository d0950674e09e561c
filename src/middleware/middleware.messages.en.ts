export const en = {
  errors: {
    crossSite:
      'This request came from another site. Clients other than browsers must send the header X-Requested-With.',
  },
};
