import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { coreErrors } from '../../src/core/errors.ts';
import { errorBody, jsonType } from '../../src/http/envelope.ts';

const proxy = readFileSync('docker/nginx/nginx.conf', 'utf8');

describe('errors of the proxy', () => {
  it('use the envelope of the service', () => {
    const body = errorBody({
      code: '$error_code',
      message: '$error_message',
      requestId: '$passed_request_id',
    });
    expect(proxy).toContain(`return 200 '${JSON.stringify(body)}';`);
    expect(proxy).toContain(`default_type "${jsonType}";`);
  });

  it('use codes of the service', () => {
    const map = /map \$status \$error_code \{([^}]+)\}/.exec(proxy)?.[1] ?? '';
    const codes = [...map.matchAll(/(\w+);/g)].map(([, code]) => code);
    expect(codes).toContain('UNAVAILABLE');
    const known = Object.values(coreErrors).map(({ code }) => code);
    expect(known).toEqual(expect.arrayContaining(codes));
  });
});
