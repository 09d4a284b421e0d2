// A client whose storage is the file of the Java SDK's SessionStorage.file. Writes the session that
// it then has to its output.
//
//   node session-storage.mjs http://127.0.0.1:54321 <publishable key> <file> sign-in|read
import { createClient } from '@supabase/supabase-js'
import fs from 'node:fs'
import ws from 'ws'

const [url, key, file, task] = process.argv.slice(2)

const items = () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {})
const keep = (all) => fs.writeFileSync(file, JSON.stringify(all))
const storage = {
  getItem: (name) => items()[name] ?? null,
  setItem: (name, value) => keep({ ...items(), [name]: value }),
  removeItem: (name) => {
    const { [name]: _, ...others } = items()
    keep(others)
  },
}
const supabase = createClient(url, key, { auth: { storage, autoRefreshToken: false }, realtime: { transport: ws } })

if (task === 'sign-in') {
  const { error } = await supabase.auth.signInAnonymously()
  if (error) throw error
}
const { data } = await supabase.auth.getSession()
console.log(JSON.stringify(data.session))
process.exit(0)
