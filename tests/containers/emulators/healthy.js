// Whether the emulator of this container answers; any answer will do.
const request = require('http').get({ host: '127.0.0.1', port: +(process.env.PORT || 4567), timeout: 4000 }, answer => process.exit(answer.statusCode < 500 ? 0 : 1))
request.on('timeout', () => request.destroy(new Error('no answer')))
request.on('error', trouble => { console.error(trouble.message); process.exit(1) })
