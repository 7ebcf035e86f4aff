using AirportOps.Reference;
using AirportOps.Simulator;

namespace AirportOps.Cleaning.Oracle.Tests;

/// <summary>The simulator's messiest traffic: the cleaner gives what the oracle gives, whatever the simulator's own ledger expects.</summary>
public sealed class SimulatorTests
{
    /// <summary>2026-11-21T12:00:00Z: after all that the simulated day has.</summary>
    private const long Arrival = 1_795_262_400_000_000;
    private const int Events = 3_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_cleaner_gives_what_the_oracle_gives_for_simulated_traffic(ulong seed)
    {
        var options = new SimulatorOptions { Events = Events, Seed = seed, Mess = 1.0, Date = new DateOnly(2026, 11, 20) };
        var comparison = new Comparison();
        var records = 0;
        foreach (var batch in new AirportSimulator(options, ReferenceTables.Default).Batches())
        {
            using (batch)
            {
                foreach (var record in batch.Records)
                {
                    var difference = comparison.Difference(record.Data.ToArray(), Arrival + (++records * 1_000L));
                    Assert.True(difference is null, $"seed {seed}, record {records}: {difference}");
                }
            }
        }

        Assert.InRange(records, Events / 2, 2 * Events);
    }
}
