// Broadcasts over HTTP with the real client, in one protocol version: before its channel is joined,
// and by the endpoint for one message, as JSON and as bytes.
//
//   node http-broadcast.mjs http://127.0.0.1:54321 <publishable key> 1.0.0|2.0.0
import { createClient } from '@supabase/supabase-js'
import ws from 'ws'
import assert from 'node:assert/strict'

const [url, key, vsn] = process.argv.slice(2)
const patience = 10_000

const client = () =>
  createClient(url, key, { auth: { persistSession: false }, realtime: { transport: ws, vsn } })

const within = (promise, what) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error(`no ${what}`)), patience)),
  ])

const [sender, receiver] = [client(), client()]
try {
  const heard = []
  let check = () => {}
  const channel = receiver.channel('room:1').on('broadcast', { event: '*' }, (message) => {
    heard.push(message)
    check()
  })
  await within(
    new Promise((resolve, reject) =>
      channel.subscribe((status, error) => (status === 'SUBSCRIBED' ? resolve() : reject(error ?? new Error(status))))),
    'subscription',
  )
  const until = (count) =>
    within(
      new Promise((resolve) => {
        check = () => heard.length >= count && resolve()
        check()
      }),
      `message ${count}`,
    )

  const silent = sender.channel('room:1')
  // Without a subscription send() falls back to the batch endpoint.
  assert.equal(await silent.send({ type: 'broadcast', event: 'bätch', payload: { n: 1 } }), 'ok')
  await until(1)
  assert.deepEqual([heard[0].event, heard[0].payload], ['bätch', { n: 1 }])

  assert.deepEqual(await silent.httpSend('a/b c', { n: 2 }), { success: true })
  await until(2)
  assert.deepEqual([heard[1].event, heard[1].payload], ['a/b c', { n: 2 }])

  assert.deepEqual(await silent.httpSend('raw', new Uint8Array([0, 1, 255]).buffer), { success: true })
  assert.deepEqual(await silent.httpSend('end', {}), { success: true })
  // Bytes cannot reach a receiver of version 1.0.0.
  await until(vsn === '2.0.0' ? 4 : 3)
  if (vsn === '2.0.0') assert.deepEqual([...new Uint8Array(heard[2].payload)], [0, 1, 255])
  assert.equal(heard.at(-1).event, 'end')

  const secret = sender.channel('secret', { config: { private: true } })
  await assert.rejects(secret.httpSend('e', {}), /Unauthorized/)
  console.log(`ok ${vsn}`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  for (const { realtime } of [sender, receiver]) realtime.disconnect()
  setTimeout(() => process.exit(), 200).unref()
}
