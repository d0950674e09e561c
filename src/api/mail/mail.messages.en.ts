export const en = {
  greeting: 'Hello',
  closing: (appName: string) => `${appName} sent this mail by itself. Please do not reply to it.`,
};
