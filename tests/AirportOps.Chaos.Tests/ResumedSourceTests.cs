using System.Text;
using AirportOps.Chaos.Feeding;
using AirportOps.Reference;
using AirportOps.Simulator;
using AirportOps.Streams;

namespace AirportOps.Chaos.Tests;

public sealed class ResumedSourceTests : IDisposable
{
    /// <summary>No pauses to speak of.</summary>
    private static readonly SourceOptions Source = new(Events: 3_000, Rate: 10_000, Seed: 5, Shards: 3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ao-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Stream => Path.Combine(_folder.FullName, "stream");

    private string Ledger => Path.Combine(_folder.FullName, "ledger.jsonl");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_234)]
    public async Task A_source_that_was_killed_anywhere_ends_with_every_record_once_and_the_whole_ledger(int arrived)
    {
        var (records, ledger) = Sent();
        await WriteAsync(records.Take(arrived));

        Assert.Equal(0, await ResumedSource.RunAsync(Stream, Ledger, Source, Token));

        Assert.Equal(Texts(records), (await ReadAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(ledger, await File.ReadAllBytesAsync(Ledger, Token));
    }

    [Fact]
    public async Task What_is_all_sent_is_not_sent_again()
    {
        var (records, _) = Sent();
        await WriteAsync(records);

        await ResumedSource.RunAsync(Stream, Ledger, Source, Token);

        Assert.Equal(records.Count, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task A_record_that_nobody_sent_is_a_fault_of_the_stream()
    {
        await WriteAsync([new OutgoingRecord("nobody", new byte[] { 1 })]);

        var broken = await Assert.ThrowsAsync<SourceException>(() => ResumedSource.RunAsync(Stream, Ledger, Source, Token));

        Assert.Equal("the stream has records that nobody sent, among them one of the key 'nobody'", broken.Message);
    }

    [Fact]
    public async Task A_record_out_of_its_order_is_a_fault_of_the_stream()
    {
        var (records, _) = Sent();
        var key = records.GroupBy(record => record.PartitionKey).First(group => group.Count() > 1);
        await WriteAsync([key.Last()]);

        var broken = await Assert.ThrowsAsync<SourceException>(() => ResumedSource.RunAsync(Stream, Ledger, Source, Token));

        Assert.EndsWith("is not the next one that was sent", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_acknowledged_record_that_is_gone_is_a_fault_of_the_stream()
    {
        var (records, ledger) = Sent();
        await WriteAsync(records.Take(10));

        // That much of the ledger is written only once the first batches are acknowledged.
        await File.WriteAllBytesAsync(Ledger, ledger[..(ledger.Length / 2)], Token);

        var broken = await Assert.ThrowsAsync<SourceException>(() => ResumedSource.RunAsync(Stream, Ledger, Source, Token));

        Assert.Contains("although it acknowledged them", broken.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static (List<OutgoingRecord> Records, byte[] Ledger) Sent()
    {
        var records = new List<OutgoingRecord>();
        var ledger = new MemoryStream();
        foreach (var batch in new AirportSimulator(Source.Simulator, ReferenceTables.Default).Batches())
        {
            using (batch)
            {
                records.AddRange(batch.Records.Select(record => new OutgoingRecord(record.PartitionKey, record.Data.ToArray())));
                ledger.Write(batch.Ledger.Span);
            }
        }

        return (records, ledger.ToArray());
    }

    private async Task WriteAsync(IEnumerable<OutgoingRecord> records)
    {
        await using var stream = LocalStream.Open(Stream, new LocalStreamOptions { ShardCount = Source.Shards }, TimeProvider.System);
        await using var writer = await stream.OpenWriterAsync(Token);
        await writer.WriteAsync([.. records], Token);
    }

    private async Task<List<string>> ReadAsync()
    {
        await using var stream = LocalStream.Open(Stream, new LocalStreamOptions(), TimeProvider.System);
        return [.. (await StreamRecords.ReadAllAsync(stream, Token)).Select(one => Text(one.Record.PartitionKey, one.Record.Data))];
    }

    private static IEnumerable<string> Texts(IEnumerable<OutgoingRecord> records) =>
        records.Select(record => Text(record.PartitionKey, record.Data)).Order(StringComparer.Ordinal);

    private static string Text(string key, ReadOnlyMemory<byte> data) => $"{key} {Encoding.Latin1.GetString(data.Span)}";
}
