// Follows a table with the real client for as long as it is let, in one protocol
// version, and tells on its output what it sees: what a client goes through when the server is
// restarted.
//
//   node restart.mjs http://127.0.0.1:54321 <publishable key> 1.0.0|2.0.0
import { createClient } from '@supabase/supabase-js'
import ws from 'ws'

const [url, key, vsn] = process.argv.slice(2)
const supabase = createClient(url, key, { auth: { persistSession: false }, realtime: { transport: ws, vsn } })
let joined = 0

supabase
  .channel('room')
  .on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'public_notes' }, ({ new: row }) =>
    console.log(`change ${row.body}`))
  .on('system', {}, ({ status, message }) => console.log(`system ${status} ${message}`))
  .subscribe((status) => {
    if (status !== 'SUBSCRIBED') return
    joined += 1
    console.log(`joined ${joined}`)
  })
