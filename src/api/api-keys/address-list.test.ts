import { describe, expect, it } from '@jest/globals';
import { isAddressAllowed, normalizeNetwork } from './address-list.ts';

describe('normalizeNetwork', () => {
  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['1.2.3.4:443', '1.2.3.4'],
    ['1.2.3.4/32', '1.2.3.4'],
    ['1.2.3.4/0', '0.0.0.0/0'],
    ['255.255.255.255/1', '128.0.0.0/1'],
    ['192.168.77.255/23', '192.168.76.0/23'],
    ['::/0', '::/0'],
    ['::1/128', '::1'],
    ['[::1]:443', '::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['2001:db8:ffff:ffff::/34', '2001:db8:c000::/34'],
    ['::ffff:1.2.3.4/112', '1.2.0.0/16'],
    ['::ffff:0:0/96', '0.0.0.0/0'],
  ])('normalizes %s to %s', (text, normalized) => {
    expect(normalizeNetwork(text)).toBe(normalized);
    expect(normalizeNetwork(normalized)).toBe(normalized);
  });

  it.each([
    '', ' ', '1.2.3', '01.2.3.4', '1.2.3.256', '1.2.3.4/', '1.2.3.4/33', '1.2.3.4/-1', '1.2.3.4/08', '1.2.3.4/+8', '1.2.3.4/8/8',
    '1.2.3.4/255.0.0.0', '1.2.3.4:80/24', '*', '10.*', 'localhost', '[::]/0', '::1/129', '::ffff:1.2.3.4/95', '::ffff:0:0/0',
  ])('rejects %j', (text) => {
    expect(normalizeNetwork(text)).toBeNull();
  }); // prettier-ignore
});

describe('isAddressAllowed', () => {
  it('allows any address, also an unknown one, if the list is empty', () => {
    expect(isAddressAllowed([], '1.2.3.4')).toBe(true);
    expect(isAddressAllowed([], '')).toBe(true);
  });

  it('rejects text that is not an address', () => {
    expect(isAddressAllowed(['0.0.0.0/0', '::/0'], '')).toBe(false);
    expect(isAddressAllowed(['0.0.0.0/0', '::/0'], 'unknown')).toBe(false);
  });

  it('does not match addresses of the other IP version', () => {
    expect(isAddressAllowed(['::/0'], '1.2.3.4')).toBe(false);
    expect(isAddressAllowed(['0.0.0.0/0'], '::102:304')).toBe(false);
    expect(isAddressAllowed(['1.2.3.4'], '::1.2.3.4')).toBe(false);
  });

  it('ignores the zone of a link-local address', () => {
    expect(isAddressAllowed(['fe80::/10'], 'fe80::1%eth0')).toBe(true);
    expect(isAddressAllowed(['fe80::/10'], 'fec0::1%eth0')).toBe(false);
  });
});
