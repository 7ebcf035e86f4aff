// Starts dynalite on a free loopback port, in memory. Prints the port; ends when standard input does, so that it never outlives who started it.
const server = require(process.argv[2] + '/node_modules/dynalite')({ createTableMs: 20, deleteTableMs: 20, updateTableMs: 20 })
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
