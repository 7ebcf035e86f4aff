namespace AirportOps.Operations.Emf;

/// <summary>What was measured of one metric under one set of dimensions since the last write. For one caller at a time.</summary>
/// <param name="name">The metric.</param>
/// <param name="unit">Its unit.</param>
/// <param name="kind">How measurements add up.</param>
internal sealed class EmfSeries(string name, string unit, EmfSeriesKind kind)
{
    /// <summary>The most values kept of a histogram; of more, the newest count.</summary>
    private const int MaxValues = 5_000;

    private readonly List<double> _values = [];
    private int _next;

    /// <summary>The metric.</summary>
    internal string Name => name;

    /// <summary>Its unit.</summary>
    internal string Unit => unit;

    /// <summary>What is to be written: one value, of a histogram all of them.</summary>
    internal IReadOnlyList<double> Values => _values;

    /// <summary>Adds a measurement; what JSON has no number for is left out.</summary>
    internal void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        if (_values.Count == 0 || (kind == EmfSeriesKind.Values && _values.Count < MaxValues))
        {
            _values.Add(value);
            return;
        }

        switch (kind)
        {
            case EmfSeriesKind.Sum:
                _values[0] += value;
                break;
            case EmfSeriesKind.Greatest:
                _values[0] = Math.Max(_values[0], value);
                break;
            default:
                _values[_next] = value;
                _next = (_next + 1) % MaxValues;
                break;
        }
    }
}
