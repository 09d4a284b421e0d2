// Follows a row of every type to the real client, beside what to_jsonb says of the same row.
//
//   node every-type.mjs <url> <secret key> <database url> <inserts.json> <settings to write> <settings to read>
import { createClient } from '@supabase/supabase-js'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import ws from 'ws'

const [url, key, databaseUrl, insertsFile, toWrite, toRead] = process.argv.slice(2)
const inserts = JSON.parse(readFileSync(insertsFile, 'utf8'))
const patience = 30_000

const within = (promise, what) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what}`)), patience)),
  ])

// Records as the wire has them, before the client turns cells into values.
const records = new Map()

class Recording extends ws {
  constructor(...parameters) {
    super(...parameters)
    this.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') return
      const [, , , event, payload] = JSON.parse(data)
      if (event === 'postgres_changes') records.set(payload.data.record.id, payload.data)
    })
  }
}

// Where the contract differs from to_jsonb: bytea without its mark, no NaN and infinity.
const numbers = ['float4', 'float8', 'numeric'].flatMap((name) => [name, `${name}[]`])
const finite = (value) => (typeof value === 'string' ? null : value)

function contract(name, value) {
  if (name === 'bytea' && value !== null) return value.slice(2)
  if (numbers.includes(name)) return Array.isArray(value) ? value.map(finite) : finite(value)
  return value
}

const database = new pg.Client({ connectionString: databaseUrl })
const supabase = createClient(url, key, {
  auth: { persistSession: false },
  realtime: { transport: Recording, vsn: '2.0.0' },
})
try {
  await database.connect()
  let arrived = 0
  let all
  const complete = new Promise((resolve) => (all = resolve))
  const channel = supabase
    .channel('types')
    .on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'everything' }, (change) => {
      assert.equal(change.errors, null)
      arrived += 1
      if (arrived === inserts.length) all()
    })
  await within(
    new Promise((resolve, reject) =>
      channel
        .on('system', {}, ({ status, message }) => (status === 'ok' ? resolve() : reject(new Error(message))))
        .subscribe((_, error) => error && reject(error))),
    'subscription',
  )

  await database.query(toWrite)
  for (const insert of inserts) await database.query(insert)
  await within(complete, 'changes')

  await database.query(toRead)
  const { rows } = await database.query('select to_jsonb(e) as row from everything e order by id')
  for (const { row } of rows) {
    const { record } = records.get(row.id)
    assert.deepEqual(Object.keys(record).sort(), Object.keys(row).sort())
    for (const [name, value] of Object.entries(row))
      assert.deepEqual(record[name], contract(name, value), `${name} of row ${row.id}`)
  }
  const columns = records.get(1).columns.length
  console.log(`ok ${(columns - 3) / 2}`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  supabase.realtime.disconnect()
  await database.end()
  setTimeout(() => process.exit(), 200).unref()
}
