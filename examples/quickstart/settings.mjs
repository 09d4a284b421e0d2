// What `hearth status -o env` prints, or the values of a server on this machine that was started without options.
export const {
  API_URL = 'http://127.0.0.1:54321',
  PUBLISHABLE_KEY = 'sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH',
  PORT = '3000',
} = process.env
