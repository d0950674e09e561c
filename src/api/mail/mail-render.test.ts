import { describe, expect, it } from '@jest/globals';
import { inEveryLanguage } from '../../core/languages.ts';
import { renderMail, type MailContent } from './mail-render.ts';
import type { Recipient } from './mail.api.ts';
import type { MailTemplate } from './mail-template.ts';
import { text, trustedText } from './mail-text.ts';

interface Values {
  readonly name: string;
  readonly link: string;
}

const template: MailTemplate<Values> = {
  subject: ({ name }) => ({
    ...inEveryLanguage((language) => text`${trustedText(language)}: Welcome, ${name}`),
    en: text`Welcome, ${name}`,
  }),
  body: ({ name, link }) =>
    inEveryLanguage(() => [text`${name} is here.`, { label: text`Go on, ${name}`, url: link }]),
};

const link = 'https://app.example.com/verify-email#token=abc';
const reader = { email: 'ann@example.com', language: 'en', name: 'Ann', emailVerified: true } as const;
const render = (
  values: Partial<Values> = {},
  addressee: Partial<Recipient> = {},
  appName = 'Strata',
): MailContent =>
  renderMail({ ...reader, ...addressee }, { template, values: { name: 'Ann', link, ...values }, appName });

describe('renderMail', () => {
  it('renders text that is readable without HTML', () => {
    const { to, subject, text } = render();
    expect({ to, subject }).toEqual({ to: 'ann@example.com', subject: 'Welcome, Ann' });
    expect(text).toBe(
      `Hello Ann,\n\nAnn is here.\n\nGo on, Ann:\n${link}\n\n-- \nStrata sent this mail by itself. Please do not reply to it.\n`,
    );
  });

  // #region de
  it('renders in the language of the recipient, including the closing line', () => {
    const { subject, text, html } = render({}, { language: 'de' });
    expect(subject).toBe('de: Welcome, Ann');
    expect(text).toContain('Bitte antworte nicht darauf.');
    expect(html).toContain('<html lang="de">');
    expect(html).not.toContain('Hello');
    expect(text).toMatch(/^Hallo Ann,\n/);
    expect(render({}, { language: 'de', emailVerified: false }).text).toMatch(/^Hallo,\n/);
  });
  // #endregion

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    '&lt;b&gt;',
  ])('escapes a value: %s', (name) => {
    const { html } = render({ name }, { name }, name);
    const tags = [...html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag);
    const plainTags = [...render().html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag);
    expect(tags).toEqual(plainTags);
    expect(html).not.toContain(name);
    expect(html.replaceAll('&#39;', "'").replaceAll('&quot;', '"')).not.toContain('<script>');
  });

  it('escapes the URL of a link', () => {
    const { html, text } = render({ link: 'https://app.example.com/?a=1&b="x"' });
    expect(html).toContain('href="https://app.example.com/?a=1&amp;b=&quot;x&quot;"');
    expect(text).toContain('https://app.example.com/?a=1&b="x"');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '/verify-email',
    'https://a.example/\nBcc: x@example.com',
  ])('rejects a link to %j', (bad) => {
    expect(() => render({ link: bad })).toThrow('http or https');
  });

  it.each([
    'Ann\r\nBcc: eve@example.com',
    'Ann\nBcc: eve@example.com',
    'Ann\r\r\n\tx',
    'Ann\u2028x',
    'Ann\u0000x',
  ])('keeps subject and address on one line: %j', (name) => {
    const { subject } = render({ name });
    expect(subject).toMatch(/^Welcome, Ann ?(Bcc: eve@example\. com|x)$/);
    const { to } = render({}, { email: name });
    expect(to).toMatch(/^Ann (Bcc: eve@example\.com|x)$/);
  });

  it('greets only a verified recipient by name', () => {
    expect(render().text).toMatch(/^Hello Ann,\n/);
    expect(render({}, { name: null }).text).toMatch(/^Hello,\n/);
    expect(render({}, { emailVerified: false }).text).toMatch(/^Hello,\n/);
  });

  it('omits user-written text for an unverified address, in every part', () => {
    const mail = render({ name: 'Eve' }, { name: 'Eve', emailVerified: false });
    expect(mail.subject).toBe('Welcome,');
    expect(mail.text).toMatch(/^Hello,\n\nGo on, :\n/);
    expect(JSON.stringify(mail)).not.toContain('Eve');
  });

  it('neutralizes user-written text for a verified recipient, in every part', () => {
    const mail = render({ name: 'Eve https://evil.example' }, { name: 'Eve https://evil.example' });
    expect(mail.subject).toBe('Welcome, Eve evil. example');
    expect(mail.text).toContain('Hello Eve evil. example,');
    expect(JSON.stringify(mail)).not.toMatch(/evil\.example/);
  });

  it('loads no external resources', () => {
    expect(render().html).not.toMatch(/<(img|link|script|iframe|style)|src=|url\(/);
  });
});
