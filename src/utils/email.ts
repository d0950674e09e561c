/** The one spelling of an e-mail address that accounts are known by: trimmed, NFKC, lower case. */
export const canonicalEmail = (address: string): string => address.trim().normalize('NFKC').toLowerCase();
