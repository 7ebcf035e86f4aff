using System.Globalization;
using System.Text;

namespace AirportOps.Streams.Tests;

/// <summary>Short forms of what the tests do to a stream with one shard.</summary>
internal static class Local
{
    public const string ShardId = "shardId-000000000000";

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static OutgoingRecord[] Records(int from, int count) =>
        Enumerable.Range(from, count).Select(number => new OutgoingRecord("key", Data(number))).ToArray();

    public static byte[] Data(int number) => Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    public static int Number(StreamRecord record) => int.Parse(record.Data.Span, NumberStyles.None, CultureInfo.InvariantCulture);

    public static async Task WriteAsync(LocalStream stream, params OutgoingRecord[][] calls)
    {
        await using var writer = await stream.OpenWriterAsync(Token);
        foreach (var call in calls)
        {
            await writer.WriteAsync(call, Token);
        }
    }

    public static async Task<List<StreamRecord>> ReadAsync(LocalStream stream, StreamPosition position)
    {
        await using var reader = await stream.OpenReaderAsync(ShardId, position, Token);
        return await ReadToTipAsync(reader);
    }

    public static Task<List<StreamRecord>> ReadAsync(LocalStream stream) => ReadAsync(stream, StreamPosition.TrimHorizon);

    public static async Task<List<StreamRecord>> ReadToTipAsync(IShardReader reader)
    {
        var records = new List<StreamRecord>();
        await ReadToTipAsync(reader, records);
        return records;
    }

    /// <summary>Adds what is read; keeps what came before a failure.</summary>
    public static async Task ReadToTipAsync(IShardReader reader, List<StreamRecord> records)
    {
        RecordBatch batch;
        do
        {
            batch = await reader.ReadAsync(1000, 10_000_000, Token);
            records.AddRange(batch.Records);
        }
        while (batch.Lag > TimeSpan.Zero);
    }

    /// <summary>A stream that keeps only what the last writer wrote.</summary>
    public static Task<(IEventStream Stream, Func<Task> Forget)> CreateForgettingAsync(TestDirectory directory, long segmentBytes)
    {
        var options = new LocalStreamOptions { ShardCount = 1, SegmentBytes = segmentBytes, RetentionBytes = 0 };
        var stream = LocalStream.Open(directory.PathOf("events"), options, TimeProvider.System);
        return Task.FromResult<(IEventStream, Func<Task>)>((stream, () => Task.CompletedTask));
    }

    public static void CopyDirectory(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(target);
        }

        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            CopyDirectory(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
