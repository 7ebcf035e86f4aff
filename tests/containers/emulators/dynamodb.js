// DynamoDB on PORT, kept in DATA across restarts.
const { PORT = '4567', HOST = '0.0.0.0', DATA = '/emulators/data/dynamodb' } = process.env

const server = require('dynalite')({ path: DATA, createTableMs: 50, deleteTableMs: 50, updateTableMs: 50 })
server.listen(+PORT, HOST, () => console.log(`dynamodb on ${server.address().port}`))

process.on('SIGTERM', () => server.close(() => process.exit(0)))
