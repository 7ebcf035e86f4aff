using System.Threading.Channels;
using AirportOps.Pipeline;
using AirportOps.Simulator;
using AirportOps.Streams;

namespace AirportOps.Cli.Feeding;

/// <summary>Sends simulated events: one thread simulates, another writes.</summary>
internal static class SimulatorFeed
{
    private const int BatchesAhead = 10;

    /// <summary>
    /// Batches written in one call when nothing paces: a stream whose requests hold a key once fills them from as many keys as it is given.
    /// </summary>
    private const int MostAtOnce = 10;

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
        var taken = new List<SimulatedBatch>();
        try
        {
            while (await ahead.Reader.WaitToReadAsync(cancellationToken))
            {
                Take(ahead.Reader, eventsPerSecond is null ? MostAtOnce : 1, taken);
                try
                {
                    outgoing.Clear();
                    outgoing.AddRange(taken.SelectMany(batch => batch.Records).Select(record => new OutgoingRecord(record.PartitionKey, record.Data)));

                    // The ledger first: an event that was sent must be in it, whenever the run ends.
                    foreach (var batch in taken)
                    {
                        await (ledger?.WriteAsync(batch.Ledger, cancellationToken) ?? default);
                    }

                    await writer.WriteAsync(outgoing, cancellationToken);
                    var events = taken.Sum(batch => batch.Events);
                    sent += events;
                    progress.Add(records: outgoing.Count, events: events, bytes: outgoing.Sum(record => (long)record.Data.Length));
                }
                finally
                {
                    taken.ForEach(batch => batch.Dispose());
                    taken.Clear();
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

    /// <summary>Takes what is there, up to a number of batches.</summary>
    private static void Take(ChannelReader<SimulatedBatch> from, int most, List<SimulatedBatch> taken)
    {
        while (taken.Count < most && from.TryRead(out var batch))
        {
            taken.Add(batch);
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
