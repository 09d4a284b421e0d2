// Signs in anonymously and follows a table under row level security with the real client, in one
// protocol version: two users, each sees every change of its own rows and nothing of the other's.
//
//   node main-job.mjs http://127.0.0.1:54321 <publishable key> 1.0.0|2.0.0 <database url>
import { createClient } from '@supabase/supabase-js'
import pg from 'pg'
import ws from 'ws'
import assert from 'node:assert/strict'

const [url, key, vsn, databaseUrl] = process.argv.slice(2)
const patience = 20_000

const client = () =>
  createClient(url, key, { auth: { persistSession: false }, realtime: { transport: ws, vsn } })

const within = (promise, what) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what}`)), patience)),
  ])

// A channel that collects changes, in force when this returns.
function follow(user, name, filter) {
  const changes = []
  const waiting = []
  const channel = user.supabase.channel(name)
  channel.on('postgres_changes', { event: '*', schema: 'public', table: 'notes', ...filter }, (change) => {
    changes.push(change)
    waiting.forEach((check) => check())
  })
  const until = (wanted, what) =>
    within(
      new Promise((resolve) => {
        const check = () => changes.some(wanted) && resolve(changes)
        waiting.push(check)
        check()
      }),
      what,
    )
  const subscribed = new Promise((resolve, reject) => {
    channel.subscribe((status, error) => {
      if (status === 'SUBSCRIBED') resolve()
      else if (status !== 'CLOSED') reject(error ?? new Error(status))
    }, patience)
  })
  return within(subscribed, 'subscription').then(() => ({ channel, changes, until }))
}

async function signIn(data) {
  const supabase = client()
  const { data: session, error } = await supabase.auth.signInAnonymously({ options: { data } })
  assert.equal(error, null)
  assert.equal(session.user.is_anonymous, true)
  assert.deepEqual(session.user.user_metadata, data)
  return { supabase, id: session.user.id }
}

async function seesItsOwnRowsOnly(database, ann, ben) {
  const [anns, bens] = await Promise.all([follow(ann, 'notes'), follow(ben, 'notes')])
  const insert = (owner, body) =>
    database.query('insert into public.notes (owner, body) values ($1, $2) returning id', [owner, body])
  const { rows } = await insert(ann.id, 'of ann')
  await insert(ben.id, 'of ben')
  await database.query('update public.notes set body = $1 where owner = $2', ['changed', ann.id])
  await database.query('delete from public.notes where id = $1', [rows[0].id])
  await insert(ann.id, 'marker')
  await insert(ben.id, 'marker')
  const marker = (change) => change.new?.body === 'marker'
  await Promise.all([anns.until(marker, "ann's marker"), bens.until(marker, "ben's marker")])
  const told = ({ changes }) =>
    changes.map((change) => `${change.eventType} ${change.new?.body ?? JSON.stringify(change.old)}`)
  assert.deepEqual(told(anns), [
    'INSERT of ann',
    'UPDATE changed',
    `DELETE {"id":${rows[0].id}}`,
    'INSERT marker',
  ])
  // A deleted row of another cannot be judged by its key alone: key columns only, as upstream.
  assert.deepEqual(told(bens), ['INSERT of ben', `DELETE {"id":${rows[0].id}}`, 'INSERT marker'])
  assert.equal(anns.changes[0].new.owner, ann.id)
  assert.equal(anns.changes[0].errors, null)
  await Promise.all([ann.supabase.removeAllChannels(), ben.supabase.removeAllChannels()])
}

async function doesNotSeeTheOthersRowsByTheirFilter(database, ann, ben) {
  const spy = await follow(ann, 'spy', { filter: `owner=eq.${ben.id}` })
  const own = await follow(ann, 'own')
  await database.query('insert into public.notes (owner, body) values ($1, $2)', [ben.id, 'secret'])
  await database.query('insert into public.notes (owner, body) values ($1, $2)', [ann.id, 'after'])
  await own.until((change) => change.new?.body === 'after', 'marker')
  assert.deepEqual(spy.changes, [])
  assert.equal(own.changes.length, 1)
  await ann.supabase.removeAllChannels()
}

async function keepsItsSession(ann) {
  const { auth } = ann.supabase
  const before = (await auth.getSession()).data.session
  const { data: refreshed, error } = await auth.refreshSession()
  assert.equal(error, null)
  assert.notEqual(refreshed.session.refresh_token, before.refresh_token)
  assert.equal(refreshed.user.id, ann.id)
  const { data: claims } = await auth.getClaims()
  assert.equal(claims.claims.sub, ann.id)
  assert.equal(claims.claims.is_anonymous, true)
  const { data: updated } = await auth.updateUser({ data: { nick: null, city: 'Ulm' } })
  assert.deepEqual(updated.user.user_metadata, { city: 'Ulm' })
  assert.equal((await auth.getUser()).data.user.id, ann.id)
  const { error: byMail } = await client().auth.signUp({ email: 'a@example.com', password: 'secret1' })
  assert.equal(byMail.code, 'email_provider_disabled')
  const token = (await auth.getSession()).data.session.access_token
  assert.equal((await auth.signOut()).error, null)
  const { error: gone } = await client().auth.getUser(token)
  assert.equal(gone.name, 'AuthSessionMissingError')
}

const database = new pg.Client({ connectionString: databaseUrl })
const users = []
try {
  await database.connect()
  await database.query(`
    create table if not exists public.notes (
      id bigint generated always as identity primary key, owner uuid not null, body text);
    alter table public.notes enable row level security;
    drop policy if exists own on public.notes;
    create policy own on public.notes for select to authenticated
      using ((select auth.uid()) = owner);
    do $$ begin alter publication supabase_realtime add table public.notes;
    exception when duplicate_object then null; end $$;`)
  users.push(await signIn({ nick: 'ann' }), await signIn({ nick: 'ben' }))
  const [ann, ben] = users
  await seesItsOwnRowsOnly(database, ann, ben)
  await doesNotSeeTheOthersRowsByTheirFilter(database, ann, ben)
  await keepsItsSession(ann)
  console.log(`ok ${vsn}`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  users.forEach(({ supabase }) => supabase.realtime.disconnect())
  await database.end()
  setTimeout(() => process.exit(), 200).unref()
}
