import pg from 'pg'
import { DB_URL } from './settings.mjs'

const pool = new pg.Pool({ connectionString: DB_URL })
pool.on('error', (error) => console.error('database ', error.message))

// Runs one statement with the rights of a signed-in user: row level security decides, as everywhere.
// Role and claims end with the transaction.
export async function as(claims, statement, values) {
  const connection = await pool.connect()
  try {
    await connection.query('begin')
    await connection.query('set local role authenticated')
    await connection.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify(claims)])
    const { rows } = await connection.query(statement, values)
    await connection.query('commit')
    connection.release()
    return rows
  } catch (error) {
    connection.release(error) // closes it, and so ends the transaction
    throw error
  }
}
