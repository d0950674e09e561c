export const en = {
  errors: {
    noDeadEvent: 'There is no such dead event.',
    noJob: 'There is no such job.',
    noDeadJob: 'Only a dead job can be retried.',
  },
};
