// Two visitors of the support chat, one socket each, every published table: without a filter, with
// one's own, with the other's, and with a token that has run out. Nothing of the other arrives.
//
//   node support-chat.mjs http://127.0.0.1:54321 <publishable key> 1.0.0|2.0.0 <database url> <jwt secret>
//
// Absence is proven by order: a marker that may be seen is committed after the other's changes, and
// each channel then sends itself a broadcast, which comes behind whatever came for it before.
import { createClient } from '@supabase/supabase-js'
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import pg from 'pg'
import ws from 'ws'

const [url, key, vsn, databaseUrl, secret] = process.argv.slice(2)
const patience = 20_000

// Each table with the column that tells whose row it is, and what a change of it carries there.
const tables = {
  conversations: 'id',
  messages: 'conversation_id',
  realtime_conversations: 'id',
  typing_indicators: 'conversation_id',
}

const within = (promise, what) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what}`)), patience)),
  ])

const client = (accessToken) =>
  createClient(url, key, {
    auth: { persistSession: false },
    realtime: { transport: ws, vsn },
    ...(accessToken && { accessToken: async () => accessToken }),
  })

function signed(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

// Joins a channel on one table and keeps what comes.
async function listen(supabase, table, name, filter) {
  const listener = { name: `${table} ${name}`, table, changes: [], closed: false, check: () => {} }
  const binding = { event: '*', schema: 'public', table, ...(filter && { filter }) }
  const config = { broadcast: { self: true } }
  listener.channel = supabase
    .channel(`${table}:${name}`, { config })
    .on('postgres_changes', binding, (change) => {
      listener.changes.push(change)
      listener.check()
    })
    .on('broadcast', { event: 'end' }, () => listener.ended?.())
  await within(
    new Promise((resolve, reject) =>
      listener.channel.subscribe((status, error) => {
        if (status === 'SUBSCRIBED') resolve()
        else if (status === 'CLOSED') {
          listener.closed = true
          listener.check()
        } else reject(error ?? new Error(status))
      }, patience)),
    `subscription of ${listener.name}`,
  )
  return listener
}

const until = (listener, condition, what) =>
  within(
    new Promise((resolve) => {
      listener.check = () => condition(listener) && resolve()
      listener.check()
    }),
    `${what} of ${listener.name}`,
  )

const drained = (listener) =>
  within(
    new Promise((resolve) => {
      listener.ended = resolve
      listener.channel.send({ type: 'broadcast', event: 'end', payload: {} })
    }),
    `end of ${listener.name}`,
  )

async function visitor(database, organization) {
  const supabase = client()
  const { data, error } = await supabase.auth.signInAnonymously()
  assert.equal(error, null)
  const id = data.user.id
  await database.query(
    'insert into public.widget_sessions (user_id, organization_id) values ($1, $2)',
    [id, organization],
  )
  const { rows } = await database.query(
    `insert into public.conversations (organization_id, widget_user_id, subject)
     values ($1, $2, 'first') returning id`,
    [organization, id],
  )
  return { supabase, id, organization, conversation: rows[0].id, listeners: [] }
}

// Writes to every table on behalf of a conversation.
async function write(database, { conversation, organization, id }, text) {
  await database.query('update public.conversations set subject = $2, customer_name = $2 where id = $1', [conversation, text])
  await database.query(
    `insert into public.messages (conversation_id, organization_id, content, sender_type, sender_id)
     values ($1, $2, $3, 'visitor', $4)`,
    [conversation, organization, text, id],
  )
  await database.query(
    `insert into public.typing_indicators (conversation_id, user_key, organization_id, is_typing, display_name)
     values ($1, $2, $3, true, $4)
     on conflict (conversation_id, user_key) do update set display_name = excluded.display_name`,
    [conversation, id, organization, text],
  )
}

const texts = { conversations: 'customer_name', messages: 'content', realtime_conversations: 'subject', typing_indicators: 'display_name' }

async function run(database) {
  const { rows } = await database.query(
    `insert into public.organizations (name, slug) values ('Acme', 'acme-' || gen_random_uuid()) returning id`)
  const ann = await visitor(database, rows[0].id)
  const ben = await visitor(database, rows[0].id)
  for (const [me, other] of [[ann, ben], [ben, ann]]) {
    for (const [table, column] of Object.entries(tables)) {
      me.listeners.push(await listen(me.supabase, table, 'all'))
      me.listeners.push(await listen(me.supabase, table, 'own', `${column}=eq.${me.conversation}`))
      me.listeners.push(await listen(me.supabase, table, 'other', `${column}=eq.${other.conversation}`))
    }
  }
  const now = Math.floor(Date.now() / 1000)
  const late = client(signed({ sub: ben.id, role: 'authenticated', aud: 'authenticated', iat: now, exp: now + 10 }))
  // Else the first channel may join before the client has asked for the token, with the key alone.
  await late.realtime.setAuth()
  const expired = []
  for (const table of Object.keys(tables)) expired.push(await listen(late, table, 'late'))
  for (const listener of expired) await until(listener, ({ closed }) => closed, 'expiry')

  await write(database, ann, 'of ann')
  await write(database, ben, 'of ben')
  await write(database, ann, 'marker')
  await write(database, ben, 'marker')

  for (const me of [ann, ben]) {
    for (const listener of me.listeners.filter(({ name }) => !name.endsWith('other'))) {
      await until(
        listener,
        ({ changes }) => changes.some((change) => change.new[texts[listener.table]] === 'marker'),
        'marker',
      )
    }
    for (const listener of me.listeners) await drained(listener)
    for (const listener of me.listeners) {
      const column = tables[listener.table]
      const owners = new Set(listener.changes.map((change) => change.new[column]))
      assert.deepEqual([...owners], listener.name.endsWith('other') ? [] : [me.conversation], listener.name)
      assert.ok(listener.changes.every((change) => change.errors === null), listener.name)
    }
  }
  for (const listener of expired) assert.deepEqual(listener.changes, [], listener.name)
  return [ann.supabase, ben.supabase, late]
}

const database = new pg.Client({ connectionString: databaseUrl })
let clients = []
try {
  await database.connect()
  clients = await run(database)
  console.log(`ok ${vsn}`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  clients.forEach(({ realtime }) => realtime.disconnect())
  await database.end()
  setTimeout(() => process.exit(), 200).unref()
}
