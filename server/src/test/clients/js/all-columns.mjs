// Follows every column of the support chat's conversations with the real client, in one protocol
// version: four bindings of one channel, each change with the values that the database has.
//
//   node all-columns.mjs http://127.0.0.1:54321 <publishable key> 1.0.0|2.0.0 <database url>
import { createClient } from '@supabase/supabase-js'
import assert from 'node:assert/strict'
import pg from 'pg'
import ws from 'ws'

const [url, key, vsn, databaseUrl] = process.argv.slice(2)
const patience = 20_000

const within = (promise, what) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what}`)), patience)),
  ])

// Changes as the wire has them, before the client turns cells into values.
const frames = []

class Recording extends ws {
  constructor(...parameters) {
    super(...parameters)
    this.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') return
      const message = JSON.parse(data)
      const [event, payload] = Array.isArray(message) ? message.slice(3) : [message.event, message.payload]
      if (event === 'postgres_changes') frames.push(payload)
    })
  }
}

// What the row holds besides its keys, as the client is to see it.
const written = {
  customer_name: 'Ann "Ä" \\ O\'Neil',
  customer_email: 'ann@example.com',
  customer: { plan: 'pro', seats: 3, nested: { list: [1, null, 'x'] }, ratio: 1.5 },
  customer_ip: '2001:db8::1/64',
  subject: 'line one\nline two\t☃ 𝄞',
  status: 'pending',
  priority: 'urgent',
  channel: 'email',
  tags: ['vip', 'a,b', 'with "quotes"', '', 'null', 'ü'],
  metadata: {},
  ai_metadata: [1, 'two', { three: true }],
  assignment_metadata: { agent: null },
  assigned_agent_id: null,
  ai_mode: 'handover',
  last_message_at: '2026-01-02T03:04:05.678901+00:00',
  last_message_preview: 'Hello',
  unread_count: 7,
  first_response_at: '2025-12-31T23:30:00+00:00',
  resolved_at: null,
  rating: 5,
}

const columns = [
  ['id', 'uuid'],
  ['organization_id', 'uuid'],
  ['widget_user_id', 'uuid'],
  ['customer_name', 'text'],
  ['customer_email', 'text'],
  ['customer', 'jsonb'],
  ['customer_ip', 'inet'],
  ['subject', 'text'],
  ['status', 'conversation_status'],
  ['priority', 'conversation_priority'],
  ['channel', 'text'],
  ['tags', '_text'],
  ['metadata', 'jsonb'],
  ['ai_metadata', 'jsonb'],
  ['assignment_metadata', 'jsonb'],
  ['assigned_agent_id', 'uuid'],
  ['ai_mode', 'text'],
  ['last_message_at', 'timestamptz'],
  ['last_message_preview', 'text'],
  ['unread_count', 'int4'],
  ['first_response_at', 'timestamptz'],
  ['resolved_at', 'timestamptz'],
  ['rating', 'int4'],
  ['created_at', 'timestamptz'],
  ['updated_at', 'timestamptz'],
]

async function insert(database, visitor, organization) {
  const row = { ...written, organization_id: organization, widget_user_id: visitor }
  const names = Object.keys(row)
  const values = names.map((name) =>
    name.endsWith('metadata') || name === 'customer' ? JSON.stringify(row[name]) : row[name])
  const { rows } = await database.query(
    `insert into public.conversations (${names}) values (${names.map((_, i) => `$${i + 1}`)}) returning id`,
    values,
  )
  return rows[0].id
}

// A channel with four bindings of the table, in force when this returns, also where its columns were
// published a moment ago.
async function follow(supabase, visitor) {
  const heard = { all: [], inserts: [], mine: [], few: [] }
  let check = () => {}
  const table = { schema: 'public', table: 'conversations' }
  const keep = (name) => (change) => {
    heard[name].push(change)
    check()
  }
  const channel = supabase
    .channel('conversations')
    .on('postgres_changes', { event: '*', ...table }, keep('all'))
    .on('postgres_changes', { event: 'INSERT', ...table }, keep('inserts'))
    .on('postgres_changes', { event: '*', ...table, filter: `widget_user_id=eq.${visitor}` }, keep('mine'))
    .on('postgres_changes', { event: '*', ...table, filter: 'status=eq.pending', select: ['subject'] }, keep('few'))
  const told = await within(
    new Promise((resolve, reject) =>
      channel
        .on('system', {}, ({ message }) => resolve(message))
        .subscribe((status, error) => {
          if (error) reject(error)
        }, patience)),
    'subscription',
  )
  assert.equal(told, 'Subscribed to PostgreSQL')
  const until = (condition, what) =>
    within(
      new Promise((resolve) => {
        check = () => condition(heard) && resolve()
        check()
      }),
      what,
    )
  return { heard, until }
}

const database = new pg.Client({ connectionString: databaseUrl })
const supabase = createClient(url, key, { auth: { persistSession: false }, realtime: { transport: Recording, vsn } })
try {
  await database.connect()
  await database.query(`
    alter publication supabase_realtime drop table public.conversations;
    alter publication supabase_realtime add table public.conversations;
    alter table public.conversations replica identity full;`)
  const { data, error } = await supabase.auth.signInAnonymously()
  assert.equal(error, null)
  const organization = (await database.query(
    `insert into public.organizations (name, slug) values ('Acme', 'acme-' || gen_random_uuid()) returning id`)).rows[0].id
  const { heard, until } = await follow(supabase, data.user.id)

  const id = await insert(database, data.user.id, organization)
  await until(({ all, inserts, mine, few }) => all.length && inserts.length && mine.length && few.length, 'insert')
  const change = heard.all[0]
  const row = { ...change.new }
  const { created_at, updated_at } = row
  delete row.created_at
  delete row.updated_at
  assert.deepEqual(row, { ...written, id, organization_id: organization, widget_user_id: data.user.id })
  for (const instant of [created_at, updated_at])
    assert.match(instant, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/)
  assert.equal(change.errors, null)
  assert.deepEqual(heard.inserts[0].new, change.new)
  assert.deepEqual(heard.mine[0].new, change.new)
  assert.deepEqual(heard.few[0].new, { id, subject: written.subject })
  const whole = frames.find((frame) => frame.data.columns.length === columns.length)
  assert.deepEqual(whole.data.columns.map(({ name, type }) => [name, type]), columns)
  assert.deepEqual(whole.data.record.customer, written.customer)
  assert.deepEqual(whole.data.record.tags, written.tags)

  await database.query(`update public.conversations set status = 'closed', tags = '{}', customer = 'null' where id = $1`, [id])
  await until(({ all, mine }) => all.length > 1 && mine.length > 1, 'update')
  assert.equal(heard.all[1].eventType, 'UPDATE')
  assert.equal(heard.all[1].new.status, 'closed')
  assert.deepEqual(heard.all[1].new.tags, [])
  assert.equal(heard.all[1].new.customer, null)
  assert.equal(heard.all[1].old.status, 'pending')
  assert.deepEqual(heard.all[1].old.tags, written.tags)

  await database.query('delete from public.conversations where id = $1', [id])
  await until(({ all }) => all.length > 2, 'delete')
  assert.equal(heard.all[2].eventType, 'DELETE')
  assert.equal(heard.all[2].old.id, id)
  assert.deepEqual([heard.inserts.length, heard.few.length], [1, 1])
  console.log(`ok ${vsn}`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  supabase.realtime.disconnect()
  await database.end()
  setTimeout(() => process.exit(), 200).unref()
}
