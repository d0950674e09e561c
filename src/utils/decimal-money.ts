const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/**
 * Formats an amount in minor units (such as cents) as a decimal in the major unit: 1250 EUR → `12.50`, 1250 JPY →
 * `1250`.
 */
export function toDecimal(amountMinor: number, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(amountMinor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Converts a decimal to minor units (such as cents) exactly. Returns null if it is not an amount of this currency. */
export function fromDecimal(decimal: string, currency: string): number | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null;
  const digits = digitsOf(currency);
  const form = digits === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${digits}}$`);
  const amountMinor = form.test(decimal) ? Number(decimal.replace('.', '')) : NaN;
  return Number.isSafeInteger(amountMinor) ? amountMinor : null;
}
