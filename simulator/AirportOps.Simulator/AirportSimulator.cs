using System.Collections.Concurrent;
using AirportOps.Reference;
using AirportOps.Simulator.Day;
using AirportOps.Simulator.Delivery;
using AirportOps.Simulator.Network;

namespace AirportOps.Simulator;

/// <summary>
/// Simulates the traffic of a network of airports as the events their systems would send. Lazy: memory holds hours of it, however many
/// events are asked for. Not for several threads at once; its batches may go to others.
/// </summary>
public sealed class AirportSimulator
{
    private readonly SimulatorOptions _options;
    private readonly ReferenceTables _tables;

    /// <summary>A simulator of some options.</summary>
    /// <param name="options">What to simulate.</param>
    /// <param name="tables">Airports and airlines; the network must be among them.</param>
    /// <exception cref="ArgumentException">The options have faults; the message lists all.</exception>
    public AirportSimulator(SimulatorOptions options, ReferenceTables tables)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tables);
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _tables = tables;
    }

    /// <summary>The records in order of delivery, exactly <see cref="SimulatorOptions.Events"/> events in all; anew at every call.</summary>
    public IEnumerable<SimulatedBatch> Batches()
    {
        var size = NetworkSize.For(_options.Events);
        var end = SimClock.StartOf(_options.Date) + SimClock.Day;
        var network = FlightNetwork.Build(_tables, size.Aircraft, _options.Seed);
        var day = new AirportDay(network, _options.Seed, end - (size.Days * SimClock.Day), end);
        var writer = new RecordWriter(_options.WithLedger);
        var feed = new Feed(_options, day.Queue, end, writer);
        var pool = new ConcurrentBag<SimulatedBatch>();
        var taken = new List<SimEvent>();
        while (writer.Events < _options.Events)
        {
            if (!pool.TryTake(out var batch))
            {
                batch = new SimulatedBatch(pool.Add);
            }

            batch.Begin(writer.Records + 1);
            writer.WriteTo(batch);
            while ((batch.Events < _options.BatchEvents || writer.IsOpen) && writer.Events < _options.Events)
            {
                SendMinute(day, feed, writer, taken, end);
            }

            batch.End(day.Queue.Now);
            yield return batch;
        }
    }

    private void SendMinute(AirportDay day, Feed feed, RecordWriter writer, List<SimEvent> taken, long end)
    {
        if (day.Queue.Now >= end)
        {
            throw new InvalidOperationException($"The day of the run was over after {writer.Events} of {_options.Events} events.");
        }

        taken.Clear();
        day.TakeMinute(taken);
        foreach (var item in taken)
        {
            if (writer.Events == _options.Events)
            {
                break;
            }

            feed.Send(item);
        }
    }
}
