// The real supabase-js with the file of SessionStorage.file as its storage.
// node session-storage.mjs FOLDER_WITH_NODE_MODULES URL FILE sign-in|read
import { createRequire } from 'node:module'
import fs from 'node:fs'

const [folder, url, file, task] = process.argv.slice(2)
const require = createRequire(folder + '/package.json')
const { createClient } = require('@supabase/supabase-js')

const items = () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {})
const keep = (all) => fs.writeFileSync(file, JSON.stringify(all))
const storage = {
  getItem: (key) => items()[key] ?? null,
  setItem: (key, value) => keep({ ...items(), [key]: value }),
  removeItem: (key) => {
    const all = items()
    delete all[key]
    keep(all)
  },
}
const client = createClient(url, 'KEY', {
  auth: { storage, autoRefreshToken: false },
  realtime: { transport: require('ws') },
})
if (task === 'sign-in') {
  const { error } = await client.auth.signInWithPassword({ email: 'a@b.c', password: 'pw' })
  if (error) throw error
} else {
  const { data } = await client.auth.getSession()
  console.log(JSON.stringify(data.session))
}
process.exit(0)
