// Sits in a room with other clients: tells on its output what it hears there, and does what its
// input says.
//
//   node room.mjs http://127.0.0.1:54321 <publishable key> 1.0.0|2.0.0
import { createClient } from '@supabase/supabase-js'
import { createInterface } from 'node:readline'
import ws from 'ws'

const [url, key, vsn] = process.argv.slice(2)
const supabase = createClient(url, key, { auth: { persistSession: false }, realtime: { transport: ws, vsn } })

const channel = supabase
  .channel('three', { config: { presence: { key: 'js' } } })
  .on('broadcast', { event: 'text' }, ({ payload }) => console.log(`text of ${payload.from}`))
  .on('broadcast', { event: 'blob' }, ({ payload }) => console.log(`blob ${Buffer.from(payload).toString('hex')}`))
  .on('presence', { event: 'join' }, (joined) => console.log(`join ${joined.key}`))
  .on('presence', { event: 'leave' }, (left) => console.log(`leave ${left.key}`))
  .on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'room_rows' }, (change) =>
    console.log(`row of ${change.new.body}`))
  .subscribe((status) => console.log(status))

const commands = {
  text: () => channel.send({ type: 'broadcast', event: 'text', payload: { from: 'js' } }),
  blob: () => channel.send({ type: 'broadcast', event: 'blob', payload: new Uint8Array([3, 0, 255]).buffer }),
  track: () => channel.track({ name: 'js' }),
  untrack: () => channel.untrack(),
  row: () => supabase.from('room_rows').insert({ body: 'js' }),
}
for await (const line of createInterface({ input: process.stdin })) await commands[line]()
process.exit()
