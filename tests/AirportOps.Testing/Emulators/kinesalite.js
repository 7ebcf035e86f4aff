// Starts kinesalite on a free loopback port (its own program listens on every interface), in memory.
// Prints the port; ends when standard input does, so that it never outlives who started it.
// A line "forward SECONDS" on standard input moves its clock, which lets iterators expire.
const realNow = Date.now
let shift = 0
Date.now = () => realNow() + shift

const server = require(require('path').resolve(process.argv[2], 'node_modules/kinesalite'))({
  createStreamMs: 20, deleteStreamMs: 20, updateStreamMs: 20, shardLimit: 1000,
})
server.listen(0, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))

process.stdin.setEncoding('utf8')
process.stdin.on('data', text => {
  for (const line of text.split('\n').filter(line => line.startsWith('forward '))) {
    shift += 1000 * Number(line.slice('forward '.length))
    console.log('moved')
  }
})
process.stdin.on('end', () => process.exit(0))
