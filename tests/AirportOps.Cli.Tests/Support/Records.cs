using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AirportOps.Streams;

namespace AirportOps.Cli.Tests.Support;

/// <summary>The records of a stream and of its archive as lines of shard, sequence number, key and data, which are equal when the archive is complete.</summary>
internal static class Records
{
    /// <summary>Every record of a stream, shard by shard, in order.</summary>
    internal static async Task<IReadOnlyList<string>> OfStreamAsync(string folder)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var records = new List<string>();
        await using var stream = LocalStream.Open(folder, new LocalStreamOptions(), TimeProvider.System);
        foreach (var shard in await stream.ListShardsAsync(cancellationToken))
        {
            await using var reader = await stream.OpenReaderAsync(shard.Id, StreamPosition.TrimHorizon, cancellationToken);
            while (true)
            {
                using var batch = await reader.ReadAsync(1_000, 1 << 22, cancellationToken);
                records.AddRange(batch.Records.Select(record => Line(shard.Id, record.Sequence.ToString(), record.PartitionKey, record.Data.Span)));
                if (batch.Records.Count == 0)
                {
                    break;
                }
            }
        }

        return records;
    }

    /// <summary>Every record of an archive, shard by shard, in the order of the objects' names and their lines.</summary>
    internal static IReadOnlyList<string> OfBronze(string folder)
    {
        var objects = Directory.EnumerateFiles(folder, "*.jsonl.gz", SearchOption.AllDirectories)
            .OrderBy(path => Path.GetFileName(path).Split('-')[1], StringComparer.Ordinal)
            .ThenBy(path => decimal.Parse(Path.GetFileName(path).Split('-')[2], CultureInfo.InvariantCulture));
        return [.. objects.SelectMany(Lines)];
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement;
            yield return Line(
                record.GetProperty("shard").GetString()!,
                record.GetProperty("sequence").GetString()!,
                record.GetProperty("key").GetString()!,
                record.TryGetProperty("data", out var data) ? Encoding.UTF8.GetBytes(data.GetRawText()) : record.GetProperty("data_b64").GetBytesFromBase64());
        }
    }

    private static string Line(string shard, string sequence, string key, ReadOnlySpan<byte> data) =>
        $"{shard} {sequence} {key} {Convert.ToHexString(data)}";
}
