using System.Threading.Channels;
using AirportOps.Pipeline;
using AirportOps.Simulator;
using AirportOps.Streams;

namespace AirportOps.Cli.Feeding;

/// <summary>Sends simulated events: one thread simulates, another writes.</summary>
internal static class SimulatorFeed
{
    private const int BatchesAhead = 4;

    /// <summary>Sends all events of a simulation.</summary>
    /// <param name="simulator">Makes them.</param>
    /// <param name="writer">Takes the records.</param>
    /// <param name="ledger">Takes the ledger's lines, if one was asked for.</param>
    /// <param name="eventsPerSecond">How fast on average, in bursts; null for as fast as it goes.</param>
    /// <param name="progress">Records, events, bytes. Not completed: more may follow.</param>
    /// <param name="clock">Paces.</param>
    /// <param name="cancellationToken">Stops after the records being written.</param>
    internal static async Task RunAsync(
        AirportSimulator simulator,
        IStreamWriter writer,
        Stream? ledger,
        double? eventsPerSecond,
        StageProgress progress,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var ahead = Channel.CreateBounded<SimulatedBatch>(BatchesAhead);
        var simulating = Task.Run(() => SimulateAsync(simulator, ahead.Writer, cancellationToken), CancellationToken.None);
        var started = clock.GetTimestamp();
        var sent = 0L;
        var outgoing = new List<OutgoingRecord>();
        try
        {
            await foreach (var batch in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                using (batch)
                {
                    outgoing.Clear();
                    outgoing.AddRange(batch.Records.Select(record => new OutgoingRecord(record.PartitionKey, record.Data)));

                    // The ledger first: an event that was sent must be in it, whenever the run ends.
                    if (ledger is not null)
                    {
                        await ledger.WriteAsync(batch.Ledger, cancellationToken);
                    }

                    await writer.WriteAsync(outgoing, cancellationToken);
                    sent += batch.Events;
                    progress.Add(records: outgoing.Count, events: batch.Events, bytes: outgoing.Sum(record => (long)record.Data.Length));
                }

                if (eventsPerSecond is { } rate)
                {
                    var due = new BurstProfile(rate).DueAfter(sent) - clock.GetElapsedTime(started);
                    await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, clock, cancellationToken);
                }
            }
        }
        finally
        {
            ahead.Writer.TryComplete();
            await simulating;
        }
    }

    private static async Task SimulateAsync(AirportSimulator simulator, ChannelWriter<SimulatedBatch> ahead, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in simulator.Batches())
            {
                await ahead.WriteAsync(batch, cancellationToken);
            }

            ahead.TryComplete();
        }
        catch (Exception trouble)
        {
            // Whoever reads the channel gets it; a writer that ended early has completed the channel already.
            ahead.TryComplete(trouble);
        }
    }
}
