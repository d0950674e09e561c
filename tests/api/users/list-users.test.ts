import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';

describe('GET /users', () => {
  let test: TestApp;
  let admin: TestUser;
  let people: TestUser[];

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ email: 'root@example.com', name: 'Root', roles: ['admin'] });
    people = [];
    for (const [name, roles] of [
      ['Dora', ['user']],
      ['Anna', ['manager']],
      ['Cleo', ['user']],
      ['Anna', ['user', 'manager']],
    ] as const) {
      test.clock.advance(1_000);
      people.push(await test.buildUser({ name, roles, email: `user${people.length}@example.com` }));
    }
    await test
      .as(admin)
      .patch(`/users/${people[2]?.id ?? ''}`)
      .send({ status: 'disabled' })
      .expect(200);
  });
  afterAll(() => test.close());

  const list = (query: string) => test.as(admin).get(`/users${query}`);
  const emailsOf = async (query: string): Promise<string> => {
    const { body } = await list(query).expect(200);
    return body.data.map(({ email }: { email: string }) => email.split('@')[0]).join(' ');
  };

  it('200 with the newest first, and the pagination', async () => {
    const response = await list('').expect(200);
    const one = await test.as(admin).get(`/users/${people[3]?.id ?? ''}`);
    expect(response.body.data[0]).toEqual(one.body.data);
    expect(response.body.meta).toEqual({ pagination: { page: 1, limit: 20, total: 5, totalPages: 1 } });
    expect(await emailsOf('')).toBe('user3 user2 user1 user0 root');
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it('200 page by page', async () => {
    const response = await list('?page=2&limit=2').expect(200);
    expect(response.body.meta.pagination).toEqual({ page: 2, limit: 2, total: 5, totalPages: 3 });
    expect(await emailsOf('?page=2&limit=2')).toBe('user1 user0');
    expect(await emailsOf('?page=10000&limit=100')).toBe('');
  });

  it.each([
    ['createdAt', 'root user0 user1 user2 user3'],
    ['email', 'root user0 user1 user2 user3'],
    ['-email', 'user3 user2 user1 user0 root'],
    ['name,-email', 'user3 user1 user2 user0 root'],
    ['name,email', 'user1 user3 user2 user0 root'],
  ])('200 sorted by %s', async (sort, expected) => {
    expect(await emailsOf(`?sort=${sort}`)).toBe(expected);
  });

  it.each([
    ['status=disabled', 'user2'],
    ['status=active', 'user3 user1 user0 root'],
    ['role=manager', 'user3 user1'],
    ['role=user&status=active', 'user3 user0'],
  ])('200 filtered by %s', async (filter, expected) => {
    expect(await emailsOf(`?${filter}`)).toBe(expected);
    const { body } = await list(`?${filter}`);
    expect(body.meta.pagination.total).toBe(expected.split(' ').length);
  });

  it.each(['-createdAt', 'name', 'name,-email', '-name,createdAt'])(
    '200 by cursor, sorted by %s, with each user once and no total',
    async (sort) => {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const response = await list(`?sort=${sort}&limit=2&cursor=${cursor}`).expect(200);
        const { pagination } = response.body.meta;
        expect(Object.keys(pagination).sort()).toEqual(['hasMore', 'limit', 'nextCursor']);
        expect(pagination.hasMore).toBe(pagination.nextCursor !== null);
        seen.push(...response.body.data.map(({ email }: { email: string }) => email.split('@')[0]));
        cursor = pagination.nextCursor as string | null;
      }
      expect(seen.join(' ')).toBe(await emailsOf(`?sort=${sort}`));
    },
  );

  it('200 filtered by emailVerified', async () => {
    await test.db.query(`UPDATE users SET email_verified = true WHERE email LIKE 'user1@%'`);
    expect(await emailsOf('?emailVerified=true')).toBe('user1');
    expect(await emailsOf('?emailVerified=false')).toBe('user3 user2 user0 root');
  });

  it('200 filtered by createdFrom (inclusive) and createdTo (exclusive)', async () => {
    const [first, last] = (await list('?sort=createdAt&limit=3')).body.data.slice(1);
    expect(await emailsOf(`?createdFrom=${last.createdAt}`)).toBe('user3 user2 user1');
    expect(await emailsOf(`?createdTo=${first.createdAt}`)).toBe('root');
    expect(await emailsOf(`?createdFrom=${first.createdAt}&createdTo=${last.createdAt}`)).toBe('user0');
    expect(await emailsOf('?createdFrom=2099-12-31T23:59:59Z')).toBe('');
  });

  describe('search', () => {
    let app: TestApp;
    let searcher: TestUser;

    beforeAll(async () => {
      app = await buildTestApp();
      searcher = await app.buildUser({ email: 'root@admin.test', name: 'Zed', roles: ['admin'] });
      for (const [email, name] of [
        ['ada@example.com', 'Ada Lovelace'],
        ['ada.king+post@math-lab.example', 'Countess of Lovelace'],
        ['emile_z@example.org', 'Émile Zola'],
        ["o'brien@a.example", "Flann O'Brien-Nolan"],
        ['li@c.example', '李 小龙'],
        ['time@d.example', '10:45 12.5 /usr/bin'],
      ] as const) {
        await app.buildUser({ email, name });
      }
    });
    afterAll(() => app.close());

    const find = async (q: string): Promise<string[]> => {
      const { body } = await app
        .as(searcher)
        .get(`/users?sort=email&q=${encodeURIComponent(q)}`)
        .expect(200);
      return body.data.map(({ email }: { email: string }) => email.split('@')[0]);
    };

    it.each([
      ['ada', ['ada.king+post', 'ada']],
      ['ADA love', ['ada.king+post', 'ada']],
      ['lovelace countess', ['ada.king+post']],
      ['example.com', ['ada']],
      ['ada@example.com', ['ada']],
      ['king+post', ['ada.king+post']],
      ['lab', ['ada.king+post']],
      ['z', ['emile_z', 'root']],
      ['éMILE', ['emile_z']],
      ["o'brien", ["o'brien"]],
      ['brien-nol', ["o'brien"]],
      ['李', ['li']],
      ['10:4', ['time']],
      ['12.5', ['time']],
      ['/usr/b', ['time']],
      ['velace', []],
      ['ada zola', []],
    ])('200 for %j matches words and prefixes of name and address', async (q, expected) => {
      expect((await find(q)).sort()).toEqual(expected.sort());
    });

    it.each([
      ...['&', '|', '!', '<->', "'", "''", '\\', ':*', '%', '_', '()', '"', ';--', '@', '+', '🙂'],
      ...[
        "ada' | '",
        'ada:* | zola',
        '!ada',
        'ada & !lovelace',
        "\\'ada",
        "') OR 1=1 --",
        '$1 :q :role',
        '<a href="x">',
      ],
      ...['nobody-', '-'.repeat(200), 'ada '.repeat(50), '\u0301', '\u202e', '\u{1d49c}', 'ǅ', 'ﬁ'],
    ])('200 for %j is neither an error nor matches everything', async (q) => {
      expect((await find(q)).length).toBeLessThan(3);
    });

    it('200 does not match former or erased names and addresses', async () => {
      const user = await app.buildUser({ email: 'grace@navy.example', name: 'Grace Hopper' });
      await app.as(user).patch('/users/me').send({ name: 'Amazing' }).expect(200);
      expect([await find('hopper'), await find('amaz')]).toEqual([[], ['grace']]);
      await app.as(searcher).delete(`/users/${user.id}`).expect(204);
      expect([await find('amaz'), await find('grace'), await find(user.id)]).toEqual([[], [], []]);
    });
  });

  it('200 without erased users', async () => {
    const { id } = await test.buildUser();
    await test.as(admin).delete(`/users/${id}`).expect(204);
    const { body } = await list('?limit=100').expect(200);
    expect(body.data.map((user: { id: string }) => user.id)).not.toContain(id);
    expect(body.meta.pagination.total).toBe(5);
  });

  it.each([
    ['limit=0', 'limit number.min'],
    ['limit=101', 'limit number.max'],
    ['page=0', 'page number.min'],
    ['page=10001', 'page number.max'],
    ['page=1.5', 'page number.integer'],
    ['sort=passwordHash', 'sort string.pattern.base'],
    ['sort=name,name', 'sort sort.unique'],
    ['status=erased', 'status any.only'],
    ['role=root', 'role any.only'],
    ['q=', 'q string.empty'],
    ['q=%20%09', 'q string.pattern.base'],
    ['q=%00', 'q string.unsafe'],
    [`q=${'x'.repeat(201)}`, 'q string.max'],
    ['emailVerified=yes', 'emailVerified boolean.base'],
    ['createdFrom=2026-01-31', 'createdFrom string.pattern.base'],
    ['createdTo=2026-02-30T00:00:00Z', 'createdTo string.pattern.base'],
    ['role=user&role=admin', 'role any.repeated'],
    ['page=1&cursor=', 'cursor object.oxor'],
    ['cursor=damaged', 'cursor cursor.invalid'],
  ])('400 for %s', async (query, issue) => {
    const response = await list(`?${query}`).expect(400);
    const issues = response.body.details.map(({ path, rule }: Record<string, string>) => `${path} ${rule}`);
    expect(issues).toEqual([issue]);
    expect(response.body.details[0].in).toBe('query');
  });

  it('400 for a cursor of another sort order', async () => {
    const { body } = await list('?sort=name&limit=1&cursor=').expect(200);
    await list(`?sort=email&limit=1&cursor=${body.meta.pagination.nextCursor}`).expect(400);
  });

  it('401 without an access token', async () => {
    await test.http.get('/users').expect(401);
  });

  it.each(['user', 'manager'] as const)('403 for a %s', async (role) => {
    const response = await test.as(await test.buildUser({ roles: [role] })).get('/users');
    expect(response.status).toBe(403);
    expect(response.body).toMatchObject({ status: 'error', code: 'FORBIDDEN' });
  });
});
