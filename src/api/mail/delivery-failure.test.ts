import { describe, expect, it } from '@jest/globals';
import { classifyFailure } from './delivery-failure.ts';

const refused = (code: string, command: string, response: string): Error =>
  Object.assign(new Error(`Failed: ${response}`), {
    code,
    command,
    response,
    responseCode: Number(response.slice(0, 3)),
  });

describe('classifyFailure', () => {
  it.each([
    ['EENVELOPE', 'RCPT TO', '550 5.1.1 <ann@example.com> unknown', 'rejected', undefined, '550 5.1.1'],
    ['EENVELOPE', 'RCPT TO', '550-5.1.1 No such user', 'rejected', undefined, '550 5.1.1'],
    ['EENVELOPE', 'RCPT TO', '553 no such address', 'rejected', undefined, '553'],
    ['EENVELOPE', 'RCPT TO', '552 5.2.2 mailbox full', 'rejected', undefined, '552 5.2.2'],
    ['EMESSAGE', 'DATA', '554 5.7.1 spam', 'rejected', undefined, '554 5.7.1'],
    ['EENVELOPE', 'DATA', '554 no valid recipients', 'rejected', undefined, '554'],
    ['EENVELOPE', 'MAIL FROM', '552 5.3.4 too big', 'rejected', undefined, '552 5.3.4'],
    ['EENVELOPE', 'MAIL FROM', '550 5.7.60 not yours', 'misconfigured', 'MAIL_FROM', '550 5.7.60'],
    ['EENVELOPE', 'MAIL FROM', '530 5.7.0 sign in first', 'misconfigured', 'SMTP_URL', '530 5.7.0'],
    ['EENVELOPE', 'RCPT TO', '530 5.7.0 sign in first', 'misconfigured', 'SMTP_URL', '530 5.7.0'],
    ['EAUTH', 'AUTH PLAIN', '535 5.7.8 wrong', 'misconfigured', 'SMTP_URL', '535 5.7.8'],
    ['EAUTH', 'AUTH LOGIN', '534 5.7.9 too weak', 'misconfigured', 'SMTP_URL', '534 5.7.9'],
    ['ETLS', 'STARTTLS', '502 not here', 'misconfigured', 'SMTP_URL', '502'],
    ['EPROTOCOL', 'CONN', '554 no service', 'misconfigured', 'SMTP_URL', '554'],
    ['EAUTH', 'AUTH PLAIN', '454 4.7.0 later', 'temporary', undefined, '454 4.7.0'],
    ['EENVELOPE', 'RCPT TO', '451 4.7.1 greylisted', 'temporary', undefined, '451 4.7.1'],
    ['EENVELOPE', 'RCPT TO', '452 4.2.2 full', 'temporary', undefined, '452 4.2.2'],
    ['EMESSAGE', 'DATA', '421 4.3.2 shutting down', 'temporary', undefined, '421 4.3.2'],
    ['EENVELOPE', 'MAIL FROM', '503 5.5.1 bad sequence', 'temporary', undefined, '503 5.5.1'],
  ])('classifies %s at %s with %s as %s', (code, command, response, kind, setting, smtpReply) => {
    const failure = classifyFailure(refused(code, command, response));
    expect(failure).toEqual({ kind, reason: code, smtpReply, ...(setting !== undefined && { setting }) });
  });

  it('classifies errors of the library itself', () => {
    const own = (code: string) => Object.assign(new Error('No'), { code, command: 'API' });
    expect(classifyFailure(own('EENVELOPE'))).toEqual({ kind: 'rejected', reason: 'EENVELOPE' });
    expect(classifyFailure(own('EAUTH'))).toEqual({
      kind: 'misconfigured',
      setting: 'SMTP_URL',
      reason: 'EAUTH',
    });
  });

  it.each([
    [new Error('down'), 'Error'],
    [Object.assign(new Error('down'), { code: 'ESOCKET', command: 'CONN' }), 'ESOCKET'],
    [Object.assign(new Error('550 in the text alone'), { code: 'EENVELOPE' }), 'EENVELOPE'],
    ['down', 'unknown'],
  ])('classifies anything else as temporary', (error, reason) => {
    expect(classifyFailure(error)).toEqual({ kind: 'temporary', reason });
  });
});
