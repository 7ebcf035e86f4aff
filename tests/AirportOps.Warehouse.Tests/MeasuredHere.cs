using System.Diagnostics.Metrics;
using AirportOps.Pipeline;

namespace AirportOps.Warehouse.Tests;

/// <summary>What this test's own flow of control measures, not that of the tests beside it.</summary>
internal sealed class MeasuredHere : IDisposable
{
    private readonly AsyncLocal<bool> _isHere = new() { Value = true };
    private readonly MeterListener _listener = new();

    internal MeasuredHere()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PipelineMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value > 0 ? 1 : 0, tags));
        _listener.Start();
    }

    /// <summary>Sums, of times how many; by instrument and stage.</summary>
    internal SortedDictionary<string, long> Sums { get; } = new(StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_isHere.Value)
        {
            var name = $"{tags[0].Value} {instrument.Name["airportops.".Length..]}";
            Sums[name] = Sums.GetValueOrDefault(name) + value;
        }
    }
}
