// What every method of the real client asks, and what it is answered. The tables and functions are
// those of ../library.
//
// A scenario: the call on `as.anon`, `as.user` (who is signed in) or `as.service`, and what it
// leads to:
//
//   sent     method, path and query as they leave, decoded
//   prefer, accept, profile, body   what leaves with it besides; `public` and nothing, by default
//   data, count, status   what the client tells; null, null and 200, by default
//   error    its message, details, hint and code; null by default. `throws` is the same, thrown
//   check    what cannot be compared as a whole, of the answer and the headers of the request
import assert from 'node:assert/strict'

const OBJECT = 'application/vnd.pgrst.object+json'
const PLAN = (format, options = '') => `application/vnd.pgrst.plan+${format}; for="application/json"; options=${options};`
const REPRESENTATION = 'return=representation'

const ids = (...list) => list.map((id) => ({ id }))
const problem = (code, message, details = null, hint = null) => ({ message, details, hint, code })
const notOne = (rows) =>
  problem('PGRST116', 'Cannot coerce the result to a single JSON object', `The result contains ${rows} rows`)
const draft = (id, slug, body, stars) => ({ id, slug, body, stars })
const one = draft(1, 'one', 'first', 5)
const two = draft(2, 'two', 'second', 3)
const three = draft(3, 'three', 'third', 1)

const books = (as) => as.anon.from('books').select('id').order('id')
const drafts = (as) => as.anon.from('drafts')

// A filter of books: what the method adds to the query, and the keys that remain.
const filter = (call, query, ...expected) => [
  (as) => call(books(as)),
  { sent: `GET /books?select=id&order=id.asc&${query}`, data: ids(...expected) },
]

export const scenarios = {
  'PostgrestClient.from': [
    [(as) => as.anon.from('genres').select(), { sent: 'GET /genres?select=*', data: [{ id: 1, name: 'utopia' }, { id: 2, name: 'space' }] }],
    [(as) => as.anon.from('boks').select(), {
      sent: 'GET /boks?select=*',
      status: 404,
      error: problem('PGRST205', "Could not find the table 'public.boks' in the schema cache", null, "Perhaps you meant the table 'public.books'"),
    }],
  ],

  'PostgrestClient.schema': [
    [(as) => as.anon.schema('archive').from('books').select(), {
      sent: 'GET /books?select=*', profile: 'archive', data: [{ id: 1, title: 'Old' }],
    }],
    [(as) => as.anon.schema('archive').rpc('add', { a: 1 }), {
      sent: 'POST /rpc/add', profile: 'archive', body: { a: 1 }, status: 404,
      check: ({ error }) => assert.equal(error.code, 'PGRST202'),
      error: undefined,
    }],
    [(as) => as.anon.schema('secret').from('books').select(), {
      sent: 'GET /books?select=*', profile: 'secret', status: 406,
      error: problem('PGRST106', 'Invalid schema: secret', null, 'Only the following schemas are exposed: public, archive'),
    }],
  ],

  'PostgrestClient.rpc': [
    [(as) => as.anon.rpc('add', { a: 1, b: 2 }), { sent: 'POST /rpc/add', body: { a: 1, b: 2 }, data: 3 }],
    [(as) => as.anon.rpc('add', { a: 1 }, { get: true }), { sent: 'GET /rpc/add?a=1', data: 11 }],
    [(as) => as.anon.rpc('add', { a: 1 }, { head: true, count: 'exact' }), { sent: 'HEAD /rpc/add?a=1', prefer: 'count=exact', count: 1 }],
    [(as) => as.anon.rpc('titles').limit(2), { sent: 'POST /rpc/titles?limit=2', body: {}, data: ['The Dispossessed', 'Solaris'] }],
    [(as) => as.anon.rpc('newest').select('id, title'), {
      sent: 'POST /rpc/newest?select=id,title', body: {}, prefer: REPRESENTATION, data: { id: 3, title: 'Fiasco' },
    }],
    [(as) => as.anon.rpc('books_by', { author: 2 }, { get: true, count: 'exact' }).select('id, authors(name)').gt('price', 10), {
      sent: 'GET /rpc/books_by?author=2&select=id,authors(name)&price=gt.10',
      prefer: `count=exact, ${REPRESENTATION}`,
      data: [{ id: 3, authors: { name: 'Stanisław' } }], count: 1,
    }],
    [(as) => as.anon.rpc('books_by', { author: 2 }, { head: true, count: 'exact' }), {
      sent: 'HEAD /rpc/books_by?author=2', prefer: 'count=exact', count: 2,
    }],
    [(as) => as.anon.rpc('sum_of', { numbers: [1, 2, 3] }), { sent: 'POST /rpc/sum_of', body: { numbers: [1, 2, 3] }, data: 6 }],
    [(as) => as.anon.rpc('sum_of', { numbers: [1, 2, 3] }, { get: true }), { sent: 'GET /rpc/sum_of?numbers={1,2,3}', data: 6 }],
    [(as) => as.anon.rpc('total', { numbers: [4, 5] }), { sent: 'POST /rpc/total', body: { numbers: [4, 5] }, data: 9 }],
    [(as) => as.anon.rpc('echo', { payload: { a: [null, 'ü'] } }), { sent: 'POST /rpc/echo', body: { payload: { a: [null, 'ü'] } }, data: { a: [null, 'ü'] } }],
    [(as) => as.anon.rpc('echo', { payload: { a: 1 } }, { head: true, count: 'exact' }), {
      sent: 'POST /rpc/echo', body: { payload: { a: 1 } }, prefer: 'count=exact,return=minimal',
      count: 1, data: { a: 1 },
    }],
    [(as) => as.service.rpc('refill'), { sent: 'POST /rpc/refill', body: {}, status: 204 }],
    [(as) => as.anon.rpc('refill', {}, { get: true }), {
      sent: 'GET /rpc/refill', status: 405,
      error: problem('25006', 'cannot execute TRUNCATE TABLE in a read-only transaction'),
    }],
    [(as) => as.anon.rpc('refuse'), {
      sent: 'POST /rpc/refuse', body: {}, status: 423,
      error: problem('PT423', 'The library is closed', 'It is Sunday', 'Come on Monday'),
    }],
    [(as) => as.anon.rpc('whoami'), { sent: 'POST /rpc/whoami', body: {}, data: 'anon' }],
    [(as) => as.user.rpc('whoami'), { sent: 'POST /rpc/whoami', body: {}, data: 'authenticated' }],
    [(as) => as.service.rpc('whoami'), { sent: 'POST /rpc/whoami', body: {}, data: 'service_role' }],
  ],

  'PostgrestClient.getOpenApiSpec': [
    [(as) => as.service.schema('public').getOpenApiSpec(), {
      sent: 'GET /', accept: 'application/openapi+json', data: undefined,
      check: ({ data }) => {
        assert.equal(data.swagger, '2.0')
        assert.ok(data.paths['/books'].get)
        assert.equal(data.definitions.books.properties.title.format, 'text')
      },
    }],
  ],

  'PostgrestQueryBuilder.select': [
    [(as) => as.anon.from('authors').select('id, "name" , land:country, id::text').eq('id', 1), {
      sent: 'GET /authors?select=id,"name",land:country,id::text&id=eq.1',
      check: ({ data }) => assert.deepEqual(data, [{ id: '1', name: 'Ursula', land: 'US' }]), data: undefined,
    }],
    [(as) => as.anon.from('books').select('year:details->year, first:details->awards->>0').eq('id', 1), {
      sent: 'GET /books?select=year:details->year,first:details->awards->>0&id=eq.1', data: [{ year: 1974, first: 'Hugo' }],
    }],
    // Counts, with and without the rows.
    [(as) => as.anon.from('books').select('id', { count: 'exact' }).limit(1), {
      sent: 'GET /books?select=id&limit=1', prefer: 'count=exact', data: ids(1), count: 4, status: 206,
    }],
    [(as) => as.anon.from('books').select('*', { count: 'exact', head: true }), { sent: 'HEAD /books?select=*', prefer: 'count=exact', count: 4 }],
    [(as) => as.anon.from('books').select('id', { count: 'estimated', head: true }), { sent: 'HEAD /books?select=id', prefer: 'count=estimated', count: 4 }],
    [(as) => as.anon.from('books').select('id', { count: 'planned', head: true }), {
      sent: 'HEAD /books?select=id', prefer: 'count=planned', count: undefined, status: undefined,
      check: ({ count, status }) => assert.ok(count > 0 && [200, 206].includes(status)),
    }],
    // Embeds: one, many, through a junction, nested, inner, spread, aggregated.
    [(as) => as.anon.from('books').select('id, authors(name)').in('id', [2, 4]).order('id'), {
      sent: 'GET /books?select=id,authors(name)&id=in.(2,4)&order=id.asc',
      data: [{ id: 2, authors: { name: 'Stanisław' } }, { id: 4, authors: null }],
    }],
    [(as) => as.anon.from('authors').select('name, books(id)').order('id'), {
      sent: 'GET /authors?select=name,books(id)&order=id.asc',
      data: [{ name: 'Ursula', books: ids(1) }, { name: 'Stanisław', books: ids(2, 3) }, { name: 'Nobody', books: [] }],
    }],
    [(as) => as.anon.from('genres').select('name, books(title)').eq('id', 1), {
      sent: 'GET /genres?select=name,books(title)&id=eq.1', data: [{ name: 'utopia', books: [{ title: 'The Dispossessed' }] }],
    }],
    [(as) => as.anon.from('authors').select('name, written:books!books_author_id_fkey(id, genres(name))').eq('id', 1), {
      sent: 'GET /authors?select=name,written:books!books_author_id_fkey(id,genres(name))&id=eq.1',
      data: [{ name: 'Ursula', written: [{ id: 1, genres: [{ name: 'utopia' }, { name: 'space' }] }] }],
    }],
    [(as) => as.anon.from('authors').select('name, books!inner(id)').gt('books.price', 13), {
      sent: 'GET /authors?select=name,books!inner(id)&books.price=gt.13', data: [{ name: 'Stanisław', books: ids(3) }],
    }],
    [(as) => as.anon.from('authors').select('name, books()').is('books', null), {
      sent: 'GET /authors?select=name,books()&books=is.null', data: [{ name: 'Nobody' }],
    }],
    [(as) => as.anon.from('books').select('id, ...authors(writer:name)').eq('id', 2), {
      sent: 'GET /books?select=id,...authors(writer:name)&id=eq.2', data: [{ id: 2, writer: 'Stanisław' }],
    }],
    [(as) => as.anon.from('authors').select('...books(titles:title)').eq('id', 2), {
      sent: 'GET /authors?select=...books(titles:title)&id=eq.2', data: [{ titles: ['Solaris', 'Fiasco'] }],
    }],
    [(as) => as.anon.from('authors').select('id, books(count)').order('id').limit(2), {
      sent: 'GET /authors?select=id,books(count)&order=id.asc&limit=2',
      data: [{ id: 1, books: [{ count: 1 }] }, { id: 2, books: [{ count: 2 }] }],
    }],
    [(as) => as.anon.from('books').select('author_id, price.sum(), count()').gt('author_id', 0).order('author_id'), {
      sent: 'GET /books?select=author_id,price.sum(),count()&author_id=gt.0&order=author_id.asc',
      data: [{ author_id: 1, sum: 12.5, count: 1 }, { author_id: 2, sum: 24, count: 2 }],
    }],
    [(as) => as.anon.from('books').select('id, author(name)'), {
      sent: 'GET /books?select=id,author(name)', status: 400,
      error: problem('PGRST200', "Could not find a relationship between 'books' and 'author' in the schema cache",
        "Searched for a foreign key relationship between 'books' and 'author' in the schema 'public', but no matches were found.",
        "Perhaps you meant 'authors' instead of 'author'."),
    }],
    [(as) => as.anon.from('books').select('isbn'), {
      sent: 'GET /books?select=isbn', status: 400, error: problem('42703', 'column books.isbn does not exist'),
    }],
    // Row level security.
    [(as) => as.user.from('diaries').select('id'), { sent: 'GET /diaries?select=id', data: [] }],
    [(as) => as.service.from('diaries').select('id'), { sent: 'GET /diaries?select=id', data: ids(1) }],
  ],

  'PostgrestQueryBuilder.insert': [
    [(as) => drafts(as).insert({ id: 9, slug: 'nine' }), { sent: 'POST /drafts', body: { id: 9, slug: 'nine' }, status: 201 }],
    [(as) => drafts(as).insert({ id: 9 }).select(), {
      sent: 'POST /drafts?select=*', body: { id: 9 }, prefer: REPRESENTATION, status: 201, data: [draft(9, null, 'empty', null)],
    }],
    [(as) => drafts(as).insert([{ id: 8, slug: 'eight' }, { id: 9, stars: 1 }], { count: 'exact' }).select(), {
      sent: 'POST /drafts?columns="id","slug","stars"&select=*',
      body: [{ id: 8, slug: 'eight' }, { id: 9, stars: 1 }],
      prefer: `count=exact, ${REPRESENTATION}`,
      status: 201, count: 2, data: [draft(8, 'eight', 'empty', null), draft(9, null, 'empty', 1)],
    }],
    [(as) => drafts(as).insert([{ id: 8, body: 'B' }, { id: 9 }]).select('body'), {
      sent: 'POST /drafts?columns="id","body"&select=body', body: [{ id: 8, body: 'B' }, { id: 9 }],
      prefer: REPRESENTATION, status: 201, data: [{ body: 'B' }, { body: null }],
    }],
    [(as) => drafts(as).insert([{ id: 8, body: 'B' }, { id: 9 }], { defaultToNull: false }).select('body'), {
      sent: 'POST /drafts?columns="id","body"&select=body', body: [{ id: 8, body: 'B' }, { id: 9 }],
      prefer: `missing=default, ${REPRESENTATION}`, status: 201, data: [{ body: 'B' }, { body: 'empty' }],
    }],
    [(as) => drafts(as).insert([]), { sent: 'POST /drafts', body: [], status: 201 }],
    [(as) => drafts(as).insert({ id: 1 }), {
      sent: 'POST /drafts', body: { id: 1 }, status: 409,
      error: problem('23505', 'duplicate key value violates unique constraint "drafts_pkey"', 'Key (id)=(1) already exists.'),
    }],
    [(as) => drafts(as).insert({ id: 9, sulg: 'x' }), {
      sent: 'POST /drafts', body: { id: 9, sulg: 'x' }, status: 400,
      error: problem('PGRST204', "Could not find the 'sulg' column of 'drafts' in the schema cache"),
    }],
    [(as) => as.user.from('diaries').insert({ id: 2, body: 'mine' }).select('body').single(), {
      sent: 'POST /diaries?select=body', body: { id: 2, body: 'mine' }, prefer: REPRESENTATION, accept: OBJECT,
      status: 201, data: { body: 'mine' },
    }],
    [(as) => as.user.from('diaries').insert({ id: 3, owner: '00000000-0000-0000-0000-000000000001' }), {
      sent: 'POST /diaries', body: { id: 3, owner: '00000000-0000-0000-0000-000000000001' }, status: 403, error: undefined,
      check: ({ error }) => {
        assert.equal(error.code, '42501')
        assert.equal(error.message, 'new row violates row-level security policy for table "diaries"')
      },
    }],
  ],

  'PostgrestQueryBuilder.upsert': [
    [(as) => drafts(as).upsert({ id: 1, body: 'new' }).select(), {
      sent: 'POST /drafts?select=*', body: { id: 1, body: 'new' }, prefer: `resolution=merge-duplicates, ${REPRESENTATION}`,
      data: [{ ...one, body: 'new' }],
    }],
    [(as) => drafts(as).upsert([{ id: 1, slug: 'one' }, { id: 9, slug: 'nine' }], { count: 'exact' }), {
      sent: 'POST /drafts?columns="id","slug"', body: [{ id: 1, slug: 'one' }, { id: 9, slug: 'nine' }],
      prefer: 'resolution=merge-duplicates, count=exact', status: 201, count: 2,
    }],
    [(as) => drafts(as).upsert({ id: 2, slug: 'two', stars: 9 }, { onConflict: 'slug' }).select('id, stars'), {
      sent: 'POST /drafts?on_conflict=slug&select=id,stars', body: { id: 2, slug: 'two', stars: 9 },
      prefer: `resolution=merge-duplicates, ${REPRESENTATION}`, data: [{ id: 2, stars: 9 }],
    }],
    [(as) => drafts(as).upsert([{ id: 1 }, { id: 9 }], { ignoreDuplicates: true }).select('id'), {
      sent: 'POST /drafts?columns="id"&select=id', body: [{ id: 1 }, { id: 9 }],
      prefer: `resolution=ignore-duplicates, ${REPRESENTATION}`, status: 201, data: ids(9),
    }],
    [(as) => drafts(as).upsert([{ id: 8, body: 'B' }, { id: 9 }], { defaultToNull: false }).select('body'), {
      sent: 'POST /drafts?columns="id","body"&select=body', body: [{ id: 8, body: 'B' }, { id: 9 }],
      prefer: `resolution=merge-duplicates, missing=default, ${REPRESENTATION}`, status: 201, data: [{ body: 'B' }, { body: 'empty' }],
    }],
    [(as) => drafts(as).upsert({ id: 9 }, { onConflict: 'stars' }), {
      sent: 'POST /drafts?on_conflict=stars', body: { id: 9 }, prefer: 'resolution=merge-duplicates', status: 400,
      error: problem('42P10', 'there is no unique or exclusion constraint matching the ON CONFLICT specification'),
    }],
  ],

  'PostgrestQueryBuilder.update': [
    [(as) => drafts(as).update({ body: 'new' }).eq('id', 1), { sent: 'PATCH /drafts?id=eq.1', body: { body: 'new' }, status: 204 }],
    [(as) => drafts(as).update({ stars: 0 }, { count: 'exact' }).gte('stars', 3).select('id').order('id'), {
      sent: 'PATCH /drafts?stars=gte.3&select=id&order=id.asc', body: { stars: 0 },
      prefer: `count=exact, ${REPRESENTATION}`, count: 2, data: ids(1, 2),
    }],
    [(as) => drafts(as).update({ stars: 0 }).eq('id', 77).select(), {
      sent: 'PATCH /drafts?id=eq.77&select=*', body: { stars: 0 }, prefer: REPRESENTATION, data: [],
    }],
    [(as) => drafts(as).update({ stars: 0 }), {
      sent: 'PATCH /drafts', body: { stars: 0 }, status: 400, error: problem('21000', 'UPDATE requires a WHERE clause'),
    }],
    [(as) => drafts(as).update({ stars: 'many' }).eq('id', 1), {
      sent: 'PATCH /drafts?id=eq.1', body: { stars: 'many' }, status: 400,
      error: problem('22P02', 'invalid input syntax for type integer: "many"'),
    }],
    [(as) => as.user.from('diaries').update({ body: 'seized' }, { count: 'exact' }).eq('id', 1), {
      sent: 'PATCH /diaries?id=eq.1', body: { body: 'seized' }, prefer: 'count=exact', status: 204, count: 0,
    }],
  ],

  'PostgrestQueryBuilder.delete': [
    [(as) => drafts(as).delete().eq('id', 1), { sent: 'DELETE /drafts?id=eq.1', status: 204 }],
    [(as) => drafts(as).delete({ count: 'exact' }).in('slug', ['two', 'three']).select('id').order('id'), {
      sent: 'DELETE /drafts?slug=in.(two,three)&select=id&order=id.asc', prefer: `count=exact, ${REPRESENTATION}`,
      count: 2, data: ids(2, 3),
    }],
    [(as) => drafts(as).delete(), { sent: 'DELETE /drafts', status: 400, error: problem('21000', 'DELETE requires a WHERE clause') }],
    [(as) => as.anon.from('authors').delete().eq('id', 1), {
      sent: 'DELETE /authors?id=eq.1', status: 409,
      error: problem('23503', 'update or delete on table "authors" violates foreign key constraint "books_author_id_fkey" on table "books"',
        'Key (id)=(1) is still referenced from table "books".'),
    }],
  ],

  'PostgrestFilterBuilder.eq': [
    filter((q) => q.eq('title', 'A Tale, (Unsold)'), 'title=eq.A Tale, (Unsold)', 4),
    filter((q) => q.eq('details->>year', 1961), 'details->>year=eq.1961', 2),
    [(as) => books(as).eq('id', 'x'), {
      sent: 'GET /books?select=id&order=id.asc&id=eq.x', status: 400,
      error: problem('22P02', 'invalid input syntax for type integer: "x"'),
    }],
  ],
  'PostgrestFilterBuilder.neq': [filter((q) => q.neq('id', 1), 'id=neq.1', 2, 3, 4)],
  'PostgrestFilterBuilder.gt': [filter((q) => q.gt('price', 9), 'price=gt.9', 1, 3)],
  'PostgrestFilterBuilder.gte': [filter((q) => q.gte('price', 9), 'price=gte.9', 1, 2, 3)],
  'PostgrestFilterBuilder.lt': [filter((q) => q.lt('price', 12.5), 'price=lt.12.5', 2)],
  'PostgrestFilterBuilder.lte': [filter((q) => q.lte('price', 12.5), 'price=lte.12.5', 1, 2)],
  'PostgrestFilterBuilder.like': [filter((q) => q.like('title', '%as%'), 'title=like.%as%', 3)],
  'PostgrestFilterBuilder.likeAllOf': [filter((q) => q.likeAllOf('title', ['%i%', 'S%']), 'title=like(all).{%i%,S%}', 2)],
  'PostgrestFilterBuilder.likeAnyOf': [filter((q) => q.likeAnyOf('title', ['F%', 'S%']), 'title=like(any).{F%,S%}', 2, 3)],
  'PostgrestFilterBuilder.ilike': [filter((q) => q.ilike('title', 'sol*'), 'title=ilike.sol*', 2)],
  'PostgrestFilterBuilder.ilikeAllOf': [filter((q) => q.ilikeAllOf('title', ['%I%', 's%']), 'title=ilike(all).{%I%,s%}', 2)],
  'PostgrestFilterBuilder.ilikeAnyOf': [filter((q) => q.ilikeAnyOf('title', ['f%', 's%']), 'title=ilike(any).{f%,s%}', 2, 3)],
  'PostgrestFilterBuilder.regexMatch': [filter((q) => q.regexMatch('title', '^(S|F).*s'), 'title=match.^(S|F).*s', 2, 3)],
  'PostgrestFilterBuilder.regexIMatch': [filter((q) => q.regexIMatch('title', 'SOLD'), 'title=imatch.SOLD', 4)],
  'PostgrestFilterBuilder.is': [
    filter((q) => q.is('author_id', null), 'author_id=is.null', 4),
    filter((q) => q.is('in_print', true), 'in_print=is.true', 1, 2),
  ],
  'PostgrestFilterBuilder.isDistinct': [filter((q) => q.isDistinct('author_id', 2), 'author_id=isdistinct.2', 1, 4)],
  'PostgrestFilterBuilder.in': [
    filter((q) => q.in('title', ['Solaris', 'A Tale, (Unsold)']), 'title=in.(Solaris,"A Tale, (Unsold)")', 2, 4),
    filter((q) => q.in('id', []), 'id=in.()'),
  ],
  'PostgrestFilterBuilder.notIn': [filter((q) => q.notIn('id', [1, 2]), 'id=not.in.(1,2)', 3, 4)],
  'PostgrestFilterBuilder.contains': [
    filter((q) => q.contains('tags', ['moon']), 'tags=cs.{moon}', 1, 3),
    filter((q) => q.contains('details', { year: 1961 }), 'details=cs.{"year":1961}', 2),
    filter((q) => q.contains('pages', '[60,70]'), 'pages=cs.[60,70]', 1, 2),
  ],
  'PostgrestFilterBuilder.containedBy': [
    filter((q) => q.containedBy('tags', ['ocean', 'river']), 'tags=cd.{ocean,river}', 2, 4),
    filter((q) => q.containedBy('details', { year: 1961, more: 1 }), 'details=cd.{"year":1961,"more":1}', 2, 4),
    filter((q) => q.containedBy('pages', '[0,100)'), 'pages=cd.[0,100)', 1),
  ],
  'PostgrestFilterBuilder.rangeGt': [filter((q) => q.rangeGt('pages', '[1,100)'), 'pages=sr.[1,100)', 3)],
  'PostgrestFilterBuilder.rangeGte': [filter((q) => q.rangeGte('pages', '[50,60)'), 'pages=nxl.[50,60)', 2, 3)],
  'PostgrestFilterBuilder.rangeLt': [filter((q) => q.rangeLt('pages', '[200,210)'), 'pages=sl.[200,210)', 1, 2)],
  'PostgrestFilterBuilder.rangeLte': [filter((q) => q.rangeLte('pages', '[50,200)'), 'pages=nxr.[50,200)', 1, 2)],
  'PostgrestFilterBuilder.rangeAdjacent': [filter((q) => q.rangeAdjacent('pages', '[200,300)'), 'pages=adj.[200,300)', 2)],
  'PostgrestFilterBuilder.overlaps': [
    filter((q) => q.overlaps('tags', ['ocean', 'contact']), 'tags=ov.{ocean,contact}', 2, 3),
    filter((q) => q.overlaps('pages', '[90,110)'), 'pages=ov.[90,110)', 1, 2),
  ],
  'PostgrestFilterBuilder.textSearch': [
    filter((q) => q.textSearch('title', 'solaris | fiasco'), 'title=fts.solaris | fiasco', 2, 3),
    filter((q) => q.textSearch('title', 'tales', { config: 'english', type: 'plain' }), 'title=plfts(english).tales', 4),
    filter((q) => q.textSearch('title', 'a tale', { config: 'simple', type: 'phrase' }), 'title=phfts(simple).a tale', 4),
    filter((q) => q.textSearch('title', 'solaris or tale -unsold', { type: 'websearch' }), 'title=wfts.solaris or tale -unsold', 2),
  ],
  'PostgrestFilterBuilder.match': [filter((q) => q.match({ author_id: 2, in_print: true, id: undefined }), 'author_id=eq.2&in_print=eq.true', 2)],
  'PostgrestFilterBuilder.not': [
    filter((q) => q.not('author_id', 'is', null), 'author_id=not.is.null', 1, 2, 3),
    filter((q) => q.not('tags', 'cs', '{moon}'), 'tags=not.cs.{moon}', 2, 4),
  ],
  'PostgrestFilterBuilder.or': [
    filter((q) => q.or('price.gt.13,and(author_id.eq.1,in_print.is.true)'), 'or=(price.gt.13,and(author_id.eq.1,in_print.is.true))', 1, 3),
    [(as) => as.anon.from('authors').select('id, books(id)').eq('id', 2).or('price.gt.13,title.eq.None', { referencedTable: 'books' }), {
      sent: 'GET /authors?select=id,books(id)&id=eq.2&books.or=(price.gt.13,title.eq.None)', data: [{ id: 2, books: ids(3) }],
    }],
    [(as) => books(as).or('price.more.13'), {
      sent: 'GET /books?select=id&order=id.asc&or=(price.more.13)', status: 400, error: undefined,
      check: ({ error }) => {
        assert.equal(error.code, 'PGRST100')
        assert.match(error.message, /^"failed to parse logic tree \(\(price\.more\.13\)\)" \(line 1, column \d+\)$/)
      },
    }],
  ],
  'PostgrestFilterBuilder.filter': [
    filter((q) => q.filter('id', 'in', '(1,3)'), 'id=in.(1,3)', 1, 3),
    filter((q) => q.filter('title', 'not.ilike', '%s%'), 'title=not.ilike.%s%'),
    [(as) => books(as).filter('id', 'is not', 1), {
      sent: 'GET /books?select=id&order=id.asc&id=is not.1', status: 400, error: undefined,
      check: ({ error }) => assert.equal(error.code, 'PGRST100'),
    }],
  ],

  'PostgrestTransformBuilder.select': [
    [(as) => drafts(as).delete().eq('id', 1).select(), { sent: 'DELETE /drafts?id=eq.1&select=*', prefer: REPRESENTATION, data: [one] }],
    [(as) => as.anon.rpc('books_by', { author: 1 }).select('title, ...authors(name)'), {
      sent: 'POST /rpc/books_by?select=title,...authors(name)', body: { author: 1 }, prefer: REPRESENTATION,
      data: [{ title: 'The Dispossessed', name: 'Ursula' }],
    }],
  ],
  'PostgrestTransformBuilder.order': [
    [(as) => as.anon.from('books').select('id').order('author_id', { ascending: false, nullsFirst: false }).order('id', { ascending: false }), {
      sent: 'GET /books?select=id&order=author_id.desc.nullslast,id.desc', data: ids(3, 2, 1, 4),
    }],
    [(as) => as.anon.from('books').select('id').order('price', { nullsFirst: true }), {
      sent: 'GET /books?select=id&order=price.asc.nullsfirst', data: ids(4, 2, 1, 3),
    }],
    [(as) => as.anon.from('authors').select('id, books(id)').eq('id', 2).order('price', { referencedTable: 'books', ascending: false }), {
      sent: 'GET /authors?select=id,books(id)&id=eq.2&books.order=price.desc', data: [{ id: 2, books: ids(3, 2) }],
    }],
    [(as) => as.anon.from('books').select('id, authors(name)').gt('author_id', 0).order('authors(name)').order('id'), {
      sent: 'GET /books?select=id,authors(name)&author_id=gt.0&order=authors(name).asc,id.asc',
      data: [
        { id: 2, authors: { name: 'Stanisław' } },
        { id: 3, authors: { name: 'Stanisław' } },
        { id: 1, authors: { name: 'Ursula' } },
      ],
    }],
  ],
  'PostgrestTransformBuilder.limit': [
    [(as) => books(as).limit(2), { sent: 'GET /books?select=id&order=id.asc&limit=2', data: ids(1, 2) }],
    [(as) => as.anon.from('authors').select('id, books(id)').eq('id', 2).order('id', { referencedTable: 'books' }).limit(1, { referencedTable: 'books' }), {
      sent: 'GET /authors?select=id,books(id)&id=eq.2&books.order=id.asc&books.limit=1', data: [{ id: 2, books: ids(2) }],
    }],
    [(as) => books(as).limit(-1), {
      sent: 'GET /books?select=id&order=id.asc&limit=-1', status: 416, error: undefined,
      check: ({ error }) => assert.equal(error.code, 'PGRST103'),
    }],
  ],
  'PostgrestTransformBuilder.range': [
    [(as) => books(as).range(1, 2), { sent: 'GET /books?select=id&order=id.asc&offset=1&limit=2', data: ids(2, 3) }],
    [(as) => as.anon.from('books').select('id', { count: 'exact' }).order('id').range(2, 9), {
      sent: 'GET /books?select=id&order=id.asc&offset=2&limit=8', prefer: 'count=exact', data: ids(3, 4), count: 4, status: 206,
    }],
    [(as) => as.anon.from('books').select('id', { count: 'exact' }).range(7, 9), {
      sent: 'GET /books?select=id&offset=7&limit=3', prefer: 'count=exact', status: 416,
      error: problem('PGRST103', 'Requested range not satisfiable', 'An offset of 7 was requested, but there are only 4 rows.'),
    }],
    [(as) => as.anon.from('authors').select('id, books(id)').eq('id', 2).order('id', { referencedTable: 'books' }).range(1, 1, { referencedTable: 'books' }), {
      sent: 'GET /authors?select=id,books(id)&id=eq.2&books.order=id.asc&books.offset=1&books.limit=1', data: [{ id: 2, books: ids(3) }],
    }],
  ],
  'PostgrestTransformBuilder.abortSignal': [
    [(as) => as.anon.rpc('wait', { seconds: 20 }).abortSignal(AbortSignal.timeout(200)), {
      sent: 'POST /rpc/wait', body: { seconds: 20 }, status: 0, error: undefined,
      check: ({ error }) => assert.match(error.message, /^(TimeoutError|AbortError)/),
    }],
    [(as) => as.anon.rpc('wait', { seconds: 0 }).abortSignal(AbortSignal.timeout(20_000)), {
      sent: 'POST /rpc/wait', body: { seconds: 0 }, status: 204,
    }],
  ],
  'PostgrestTransformBuilder.single': [
    [(as) => books(as).eq('id', 1).single(), { sent: 'GET /books?select=id&order=id.asc&id=eq.1', accept: OBJECT, data: { id: 1 } }],
    [(as) => books(as).eq('id', 77).single(), { sent: 'GET /books?select=id&order=id.asc&id=eq.77', accept: OBJECT, status: 406, error: notOne(0) }],
    [(as) => books(as).lt('id', 3).single(), { sent: 'GET /books?select=id&order=id.asc&id=lt.3', accept: OBJECT, status: 406, error: notOne(2) }],
    [(as) => as.anon.rpc('books_by', { author: 1 }).single(), {
      sent: 'POST /rpc/books_by', body: { author: 1 }, accept: OBJECT, data: undefined, check: ({ data }) => assert.equal(data.id, 1),
    }],
    // What would change more than one row changes none.
    [async (as) => {
      const answer = await drafts(as).update({ stars: 0 }).gt('id', 0).select().single()
      assert.deepEqual((await drafts(as).select().order('id')).data, [one, two, three])
      return answer
    }, { sent: 'PATCH /drafts?id=gt.0&select=*', body: { stars: 0 }, prefer: REPRESENTATION, accept: OBJECT, status: 406, error: notOne(3) }],
  ],
  'PostgrestTransformBuilder.maybeSingle': [
    [(as) => books(as).eq('id', 1).maybeSingle(), { sent: 'GET /books?select=id&order=id.asc&id=eq.1', data: { id: 1 } }],
    [(as) => books(as).eq('id', 77).maybeSingle(), { sent: 'GET /books?select=id&order=id.asc&id=eq.77' }],
    [(as) => books(as).lt('id', 3).maybeSingle(), {
      sent: 'GET /books?select=id&order=id.asc&id=lt.3', status: 406, error: undefined,
      check: ({ error }) => assert.equal(error.code, 'PGRST116'),
    }],
  ],
  'PostgrestTransformBuilder.csv': [
    [(as) => as.anon.from('books').select('id, title, subtitle').gt('id', 2).order('id').csv(), {
      sent: 'GET /books?select=id,title,subtitle&id=gt.2&order=id.asc', accept: 'text/csv',
      data: 'id,title,subtitle\n3,Fiasco,\n4,"A Tale, (Unsold)",',
    }],
  ],
  'PostgrestTransformBuilder.geojson': [
    // Without PostGIS there is no function that could make it.
    [(as) => books(as).geojson(), {
      sent: 'GET /books?select=id&order=id.asc', accept: 'application/geo+json', status: 404, error: undefined,
      check: ({ error }) => {
        assert.equal(error.code, '42883')
        assert.match(error.message, /^function st_asgeojson\(.*\) does not exist$/)
      },
    }],
  ],
  'PostgrestTransformBuilder.explain': [
    [(as) => books(as).explain(), {
      sent: 'GET /books?select=id&order=id.asc', accept: PLAN('text'), data: undefined,
      check: ({ data }) => assert.match(data, /^Aggregate +\(cost=[^]*Scan [^]*\)\n$/),
    }],
    [(as) => books(as).explain({ analyze: true, verbose: true, settings: true, buffers: true, wal: true, format: 'json' }), {
      sent: 'GET /books?select=id&order=id.asc', accept: PLAN('json', 'analyze|verbose|settings|buffers|wal'), data: undefined,
      check: ({ data }) => {
        assert.equal(data[0].Plan['Node Type'], 'Aggregate')
        assert.equal(data[0].Plan['Actual Rows'], 1)
      },
    }],
  ],
  'PostgrestTransformBuilder.rollback': [
    [async (as) => {
      const answer = await drafts(as).delete().gt('id', 0).select('id').order('id').rollback()
      assert.equal((await drafts(as).select()).data.length, 3)
      return answer
    }, { sent: 'DELETE /drafts?id=gt.0&select=id&order=id.asc', prefer: `${REPRESENTATION}, tx=rollback`, data: ids(1, 2, 3) }],
  ],
  'PostgrestTransformBuilder.maxAffected': [
    [(as) => drafts(as).delete().gt('id', 1).maxAffected(2), {
      sent: 'DELETE /drafts?id=gt.1', prefer: 'handling=strict, max-affected=2', status: 204,
    }],
    [async (as) => {
      const answer = await drafts(as).update({ stars: 0 }).gt('id', 0).maxAffected(2)
      assert.deepEqual((await drafts(as).select().order('id')).data, [one, two, three])
      return answer
    }, {
      sent: 'PATCH /drafts?id=gt.0', body: { stars: 0 }, prefer: 'handling=strict, max-affected=2', status: 400,
      error: problem('PGRST124', 'Query result exceeds max-affected preference constraint', 'The query affects 3 rows'),
    }],
    [(as) => as.anon.rpc('remove_drafts', { stars_from: 1 }).maxAffected(2), {
      sent: 'POST /rpc/remove_drafts', body: { stars_from: 1 }, prefer: 'handling=strict, max-affected=2', status: 400,
      error: problem('PGRST124', 'Query result exceeds max-affected preference constraint', 'The query affects 3 rows'),
    }],
  ],

  'PostgrestBuilder.throwOnError': [
    [(as) => books(as).eq('id', 1).throwOnError(), { sent: 'GET /books?select=id&order=id.asc&id=eq.1', data: ids(1) }],
    [(as) => as.anon.rpc('refuse').throwOnError(), {
      sent: 'POST /rpc/refuse', body: {}, throws: problem('PT423', 'The library is closed', 'It is Sunday', 'Come on Monday'),
    }],
  ],
  'PostgrestBuilder.stripNulls': [
    [(as) => as.anon.from('authors').select().eq('id', 3).stripNulls(), {
      sent: 'GET /authors?select=*&id=eq.3', accept: 'application/vnd.pgrst.array+json;nulls=stripped', data: [{ id: 3, name: 'Nobody' }],
    }],
    [(as) => as.anon.from('authors').select().eq('id', 3).single().stripNulls(), {
      sent: 'GET /authors?select=*&id=eq.3', accept: `${OBJECT};nulls=stripped`, data: { id: 3, name: 'Nobody' },
    }],
  ],
  'PostgrestBuilder.setHeader': [
    [(as) => as.anon.rpc('header', { name: 'x-wish' }).setHeader('X-Wish', 'tea'), {
      sent: 'POST /rpc/header', body: { name: 'x-wish' }, data: 'tea',
    }],
    [(as) => as.anon.from('books').select('id').order('id').setHeader('Range', '1-2'), {
      sent: 'GET /books?select=id&order=id.asc', data: ids(2, 3),
    }],
  ],
  'PostgrestBuilder.retry': [
    [(as) => as.anon.rpc('busy', {}, { get: true }).retry(true), { sent: ['GET /rpc/busy', 'GET /rpc/busy'], data: 'attempt 1' }],
    [(as) => as.anon.rpc('busy', { ever: true }, { get: true }).retry(true), {
      sent: Array(4).fill('GET /rpc/busy?ever=true'), status: 503, error: 'attempt 3',
    }],
    [(as) => as.anon.rpc('busy', {}, { get: true }).retry(false), { sent: 'GET /rpc/busy', status: 503, error: 'attempt 0' }],
  ],
  'PostgrestBuilder.then': [
    [(as) => books(as).eq('id', 1).then(({ data }) => ({ data: data[0].id, error: null, count: null, status: 200 })), {
      sent: 'GET /books?select=id&order=id.asc&id=eq.1', data: 1,
    }],
  ],
  // These two are of the types alone.
  'PostgrestBuilder.returns': [filter((q) => q.eq('id', 1).returns(), 'id=eq.1', 1)],
  'PostgrestBuilder.overrideTypes': [filter((q) => q.eq('id', 1).overrideTypes(), 'id=eq.1', 1)],
}
