import { describe, expect, it } from '@jest/globals';
import type { Language } from '../../core/languages.ts';
import { renderMail } from './mail-render.ts';
import { defineMail } from './mail-template.ts';

interface Values {
  readonly name: string;
  readonly link: string;
}

const template = defineMail<Values>({
  en: {
    subject: ({ name }) => `Welcome, ${name}`,
    body: ({ name, link }) => [`Hello ${name},`, { label: `Go on, ${name}`, url: link }],
  },
  de: {
    subject: ({ name }) => `Willkommen, ${name}`,
    body: ({ name, link }) => [`Hallo ${name},`, { label: 'Weiter', url: link }],
  },
});

const link = 'https://app.example.com/verify-email#token=abc';
const render = (values: Partial<Values> = {}, language: Language = 'en', appName = 'Strata') =>
  renderMail('ann@example.com', { template, values: { name: 'Ann', link, ...values }, language, appName });

describe('renderMail', () => {
  it('writes text that can be read without HTML', () => {
    const { to, subject, text } = render();
    expect({ to, subject }).toEqual({ to: 'ann@example.com', subject: 'Welcome, Ann' });
    expect(text).toBe(
      `Hello Ann,\n\nGo on, Ann:\n${link}\n\n-- \nStrata sent this mail by itself. Please do not reply to it.\n`,
    );
  });

  it('writes in the language of the reader, closing line included', () => {
    const { subject, text, html } = render({}, 'de');
    expect(subject).toBe('Willkommen, Ann');
    expect(text).toContain('Bitte antworte nicht darauf.');
    expect(html).toContain('<html lang="de">');
    expect(html).not.toContain('Hello');
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    '&lt;b&gt;',
  ])('lets a value be text and nothing else: %s', (name) => {
    const { html } = render({ name }, 'en', name);
    const tags = [...html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag);
    const plainTags = [...render().html.matchAll(/<\/?(\w+)/g)].map(([, tag]) => tag);
    expect(tags).toEqual(plainTags);
    expect(html).not.toContain(name);
    expect(html.replaceAll('&#39;', "'").replaceAll('&quot;', '"')).not.toContain('<script>');
  });

  it('escapes the address of a link', () => {
    const { html, text } = render({ link: 'https://app.example.com/?a=1&b="x"' });
    expect(html).toContain('href="https://app.example.com/?a=1&amp;b=&quot;x&quot;"');
    expect(text).toContain('https://app.example.com/?a=1&b="x"');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '/verify-email',
    'https://a.example/\nBcc: x@example.com',
  ])('refuses a link to %j', (bad) => {
    expect(() => render({ link: bad })).toThrow('http or https');
  });

  it.each([
    'Ann\r\nBcc: eve@example.com',
    'Ann\nBcc: eve@example.com',
    'Ann\r\r\n\tx',
    'Ann\u2028x',
    'Ann\u0000x',
  ])('keeps the subject and the address on one line: %j', (name) => {
    const { subject } = render({ name });
    expect(subject).toMatch(/^Welcome, Ann (Bcc: eve@example\.com|x)$/);
    const { to } = renderMail(name, { template, values: { name, link }, language: 'en', appName: 'Strata' });
    expect(to).toMatch(/^Ann (Bcc: eve@example\.com|x)$/);
  });

  it('loads nothing from anywhere', () => {
    expect(render().html).not.toMatch(/<(img|link|script|iframe|style)|src=|url\(/);
  });
});
