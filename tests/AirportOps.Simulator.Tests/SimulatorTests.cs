using System.Security.Cryptography;
using System.Text;
using AirportOps.Reference;
using AirportOps.Simulator.Network;

namespace AirportOps.Simulator.Tests;

/// <summary>What a run promises whatever is asked for.</summary>
public sealed class SimulatorTests
{
    private static readonly DateOnly Date = new(2026, 11, 20);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 37)]
    [InlineData(3, 1_400)]
    [InlineData(4, 9_999)]
    [InlineData(5, 60_000)]
    public void A_run_has_exactly_the_events_asked_for(ulong seed, long events)
    {
        var batches = new AirportSimulator(new SimulatorOptions { Events = events, Seed = seed, Mess = 0, Date = Date }, ReferenceTables.Default)
            .Batches().ToList();

        Assert.Equal(events, batches.Sum(batch => (long)batch.Events));
        Assert.Equal(events, batches.Sum(batch => batch.Records.Sum(record => (long)record.Events)));
        Assert.All(batches.Zip(batches.Skip(1)), pair =>
            Assert.Equal(pair.First.FirstRecordNumber + pair.First.Records.Count, pair.Second.FirstRecordNumber));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(25)]
    [InlineData(150)]
    [InlineData(400)]
    public void The_days_of_a_network_hold_the_events_it_is_sized_for(int aircraft)
    {
        for (var events = 10L; ; events += 10 + (events / 100))
        {
            if (NetworkSize.For(events) is { } size && size.Aircraft > aircraft)
            {
                for (ulong seed = 1; seed <= (aircraft > 100 ? 1UL : 8UL); seed++)
                {
                    Assert.True(Days.Run(seed, aircraft, 1, Date).Count >= events, $"Seed {seed}, {aircraft} aircraft, {events} events.");
                }

                return;
            }
        }
    }

    [Fact]
    public void A_network_grows_before_its_days_do()
    {
        Assert.Equal(1, NetworkSize.For(400_000).Days);
        Assert.InRange(NetworkSize.For(400_000).Aircraft, 1_000, FlightNetwork.MaxAircraft);
        Assert.InRange(NetworkSize.For(10_000_000).Days, 15, 25);
        Assert.InRange(NetworkSize.For(SimulatorOptions.MaxEvents).Aircraft, 1_000, FlightNetwork.MaxAircraft);
    }

    [Fact]
    public void The_same_options_give_the_same_bytes_and_another_seed_gives_others()
    {
        Assert.Equal(Hash(seed: 7, batchEvents: 1_000), Hash(seed: 7, batchEvents: 77));
        Assert.NotEqual(Hash(seed: 7, batchEvents: 1_000), Hash(seed: 8, batchEvents: 1_000));
    }

    /// <summary>
    /// What 20,000 events were when this was written, on Linux x64: records and ledger. A change of the simulator or of the reference tables
    /// changes it knowingly; a platform or a version of .NET must not.
    /// </summary>
    [Fact]
    public void The_bytes_are_the_same_everywhere()
    {
        Assert.Equal("77f286eb87796fd2 6d9422b524474d13", Hash(seed: 7, batchEvents: 1_000));
    }

    [Fact]
    public void All_faults_of_the_options_are_told_at_once()
    {
        var options = new SimulatorOptions { Events = 0, Mess = 1.5, Date = new DateOnly(1999, 1, 1), BatchEvents = 0 };

        var thrown = Assert.Throws<ArgumentException>(() => new AirportSimulator(options, ReferenceTables.Default));

        Assert.Equal(4, options.Faults().Count);
        Assert.All(options.Faults(), fault => Assert.Contains(fault, thrown.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_batch_keeps_its_records_until_it_is_given_back()
    {
        using var batches = new AirportSimulator(new SimulatorOptions { Events = 5_000, Mess = 0, Date = Date }, ReferenceTables.Default)
            .Batches().GetEnumerator();
        Assert.True(batches.MoveNext());
        var first = batches.Current;
        var before = first.Records.Select(record => Encoding.UTF8.GetString(record.Data.Span)).ToList();

        Assert.True(batches.MoveNext());
        Assert.Equal(before, first.Records.Select(record => Encoding.UTF8.GetString(record.Data.Span)));

        first.Dispose();
        first.Dispose();
        Assert.True(batches.MoveNext());
        Assert.Same(first, batches.Current);
    }

    private static string Hash(ulong seed, int batchEvents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var ledger = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var options = new SimulatorOptions { Events = 20_000, Seed = seed, Date = Date, BatchEvents = batchEvents, WithLedger = true };
        foreach (var batch in new AirportSimulator(options, ReferenceTables.Default).Batches())
        {
            foreach (var record in batch.Records)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(record.PartitionKey));
                hash.AppendData(record.Data.Span);
            }

            ledger.AppendData(batch.Ledger.Span);
            batch.Dispose();
        }

        return $"{Convert.ToHexStringLower(hash.GetHashAndReset()[..8])} {Convert.ToHexStringLower(ledger.GetHashAndReset()[..8])}";
    }
}
