// Joins, broadcasts and tracks presence with the real client, in one protocol version.
//
//   node realtime-core.mjs http://127.0.0.1:54321 <publishable key> 1.0.0|2.0.0
import { createClient } from '@supabase/supabase-js'
import ws from 'ws'
import assert from 'node:assert/strict'

const [url, key, vsn] = process.argv.slice(2)
const patience = 10_000

const client = () =>
  createClient(url, key, { auth: { persistSession: false }, realtime: { transport: ws, vsn } })

const subscribed = (channel) =>
  new Promise((resolve, reject) => {
    channel.subscribe((status, error) => {
      if (status === 'SUBSCRIBED') resolve(channel)
      else if (status !== 'CLOSED') reject(error ?? new Error(status))
    }, patience)
  })

const within = (promise, what) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what}`)), patience)),
  ])

const once = (channel, type, filter, what) =>
  within(new Promise((resolve) => channel.on(type, filter, resolve)), what)

const clients = [client(), client()]
const [one, two] = clients

async function broadcastsText() {
  const sender = one.channel('text', { config: { broadcast: { ack: true, self: true } } })
  const receiver = two.channel('text')
  const own = once(sender, 'broadcast', { event: 'évt' }, 'own broadcast')
  const received = once(receiver, 'broadcast', { event: 'évt' }, 'broadcast')
  await Promise.all([subscribed(sender), subscribed(receiver)])
  assert.equal(await sender.send({ type: 'broadcast', event: 'évt', payload: { a: 1 } }), 'ok')
  assert.deepEqual((await received).payload, { a: 1 })
  assert.deepEqual((await own).payload, { a: 1 })
}

async function broadcastsBytes() {
  const sender = one.channel('bytes', { config: { broadcast: { ack: true } } })
  const receiver = two.channel('bytes')
  const received = once(receiver, 'broadcast', { event: 'raw' }, 'bytes')
  await Promise.all([subscribed(sender), subscribed(receiver)])
  const payload = new Uint8Array([0, 1, 255]).buffer
  assert.equal(await sender.send({ type: 'broadcast', event: 'raw', payload }), 'ok')
  assert.deepEqual([...new Uint8Array((await received).payload)], [0, 1, 255])
}

async function tracksPresence() {
  const watcher = one.channel('room', { config: { presence: { key: 'watcher' } } })
  const user = two.channel('room', { config: { presence: { key: 'user' } } })
  const joined = new Promise((resolve) =>
    watcher.on('presence', { event: 'join' }, (event) => event.key === 'user' && resolve(event)))
  const left = new Promise((resolve) =>
    watcher.on('presence', { event: 'leave' }, (event) => event.key === 'user' && resolve(event)))
  watcher.on('presence', { event: 'sync' }, () => {})
  await subscribed(watcher)
  await subscribed(user)
  assert.equal(await user.track({ name: 'Ada' }), 'ok')
  assert.equal((await within(joined, 'join')).newPresences[0].name, 'Ada')
  assert.equal(watcher.presenceState().user[0].name, 'Ada')
  assert.equal(await user.untrack(), 'ok')
  await within(left, 'leave')
  assert.equal(watcher.presenceState().user, undefined)
}

async function isRefusedAPrivateChannel() {
  const channel = one.channel('secret', { config: { private: true } })
  await assert.rejects(within(subscribed(channel), 'refusal'), /You do not have permissions to read/)
  await one.removeChannel(channel)
}

try {
  await broadcastsText()
  if (vsn === '2.0.0') await broadcastsBytes()
  await tracksPresence()
  await isRefusedAPrivateChannel()
  console.log(`ok ${vsn}`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await Promise.all(clients.map((each) => each.removeAllChannels()))
  clients.forEach((each) => each.realtime.disconnect())
  setTimeout(() => process.exit(), 200).unref()
}
