// Kinesis on PORT, kept in DATA across restarts. Makes the stream STREAM with SHARDS shards unless it is there: no verb of the program does.
const kinesalite = require('kinesalite')
const http = require('http')

const { PORT = '4567', HOST = '0.0.0.0', DATA = '/emulators/data/kinesis', STREAM = 'airport-events', SHARDS = '4' } = process.env

const server = kinesalite({ path: DATA, createStreamMs: 50, deleteStreamMs: 50, updateStreamMs: 50, shardLimit: 200 })
server.listen(+PORT, HOST, () => {
  const body = JSON.stringify({ StreamName: STREAM, ShardCount: +SHARDS })
  // The emulator wants a signature to be there; it doesn't check it.
  const request = http.request({
    port: server.address().port,
    host: '127.0.0.1',
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'Kinesis_20131202.CreateStream',
      'X-Amz-Date': new Date().toISOString().replace(/[-:]|\.\d+/g, ''),
      Authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=00',
    },
  }, answer => {
    const said = []
    answer.on('data', part => said.push(part))
    answer.on('end', () => {
      const text = Buffer.concat(said).toString()
      if (answer.statusCode !== 200 && !text.includes('ResourceInUseException')) {
        console.error(`the stream ${STREAM} can't be made: ${answer.statusCode} ${text}`)
        process.exit(1)
      }
      console.log(`kinesis on ${server.address().port}, stream ${STREAM}`)
    })
  })
  request.end(body)
})

process.on('SIGTERM', () => server.close(() => process.exit(0)))
