using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AirportOps.Benchmarks.Comparison;
using AirportOps.Streams;

namespace AirportOps.Benchmarks.Kinesis;

/// <summary>
/// The least a client can do: ready-made bodies posted as they are, answers received and hardly looked at. No signature is made; the emulator wants
/// only the header.
/// </summary>
internal sealed class RawKinesis(Uri endpoint, int connections) : IDisposable
{
    private const int RequestRecords = 500;

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false });

    /// <summary>Bodies of PutRecords with as many records each as the service takes, in order.</summary>
    internal static List<byte[]> Bodies(string stream, IReadOnlyList<OutgoingRecord> records) =>
    [
        .. records.Chunk(RequestRecords).Select(chunk =>
        {
            using var body = new MemoryStream();
            using (var json = new Utf8JsonWriter(body))
            {
                json.WriteStartObject();
                json.WriteString("StreamName", stream);
                json.WriteStartArray("Records");
                foreach (var (key, data) in chunk)
                {
                    json.WriteStartObject();
                    json.WriteBase64String("Data", data.Span);
                    json.WriteString("PartitionKey", key);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            return body.ToArray();
        }),
    ];

    /// <summary>Posts bodies on all connections.</summary>
    internal async Task WriteAsync(IReadOnlyList<byte[]> bodies, CancellationToken cancellationToken)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            for (var index = Interlocked.Increment(ref next); index < bodies.Count; index = Interlocked.Increment(ref next))
            {
                await CallAsync("PutRecords", bodies[index], cancellationToken);
            }
        }));
    }

    /// <summary>Reads a shard from its first record to where it ends.</summary>
    /// <param name="stream">The stream's name.</param>
    /// <param name="shard">The shard's id.</param>
    /// <param name="expected">Records in it.</param>
    /// <param name="cancellationToken">Stops.</param>
    internal async Task ReadAsync(string stream, string shard, int expected, CancellationToken cancellationToken)
    {
        var start = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { ["StreamName"] = stream, ["ShardId"] = shard, ["ShardIteratorType"] = "TRIM_HORIZON" });
        var iterator = Text(await CallAsync("GetShardIterator", start, cancellationToken), "\"ShardIterator\":\""u8);
        for (var read = 0; read < expected;)
        {
            var answer = await CallAsync("GetRecords", Encoding.UTF8.GetBytes($"{{\"ShardIterator\":\"{iterator}\",\"Limit\":10000}}"), cancellationToken);
            iterator = Text(answer, "\"NextShardIterator\":\""u8);
            read += Count(answer, "\"SequenceNumber\":"u8);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> CallAsync(string operation, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"Kinesis_20131202.{operation}");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260301T000000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=test/20260301/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await _http.SendAsync(request, cancellationToken);
        var content = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? content
            : throw new ComparisonException(string.Create(
                CultureInfo.InvariantCulture, $"{operation} was answered by {(int)answer.StatusCode}: {Encoding.UTF8.GetString(content)}"));
    }

    private static string Text(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> before)
    {
        var rest = answer[(answer.IndexOf(before) + before.Length)..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
    }

    private static int Count(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (var found = answer.IndexOf(text); found >= 0; found = answer.IndexOf(text))
        {
            count++;
            answer = answer[(found + text.Length)..];
        }

        return count;
    }
}
