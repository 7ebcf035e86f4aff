using System.Collections;

namespace AirportOps.Ingest;

/// <summary>
/// Events of consecutive rows, and the rows refused between them. Made once and filled again and again: it keeps its memory. For one
/// thread at a time.
/// </summary>
public sealed class FlightEventBatch : IReadOnlyList<FlightEvent>
{
    private readonly List<(string Key, int Start, int Length)> _events = [];
    private readonly List<RefusedRow> _refused = [];

    /// <inheritdoc/>
    public int Count => _events.Count;

    /// <summary>The rows refused, in the order of the file.</summary>
    public IReadOnlyList<RefusedRow> Refused => _refused;

    /// <summary>The events' bytes, one after the other.</summary>
    internal Utf8Buffer Buffer { get; } = new();

    /// <inheritdoc/>
    public FlightEvent this[int index]
    {
        get
        {
            var (key, start, length) = _events[index];
            return new FlightEvent(key, Buffer.Slice(start, length));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<FlightEvent> GetEnumerator()
    {
        for (var i = 0; i < _events.Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Clear()
    {
        _events.Clear();
        _refused.Clear();
        Buffer.Clear();
    }

    /// <summary>Takes what was written to the buffer from an offset on as one event.</summary>
    internal void Add(string partitionKey, int start) => _events.Add((partitionKey, start, Buffer.Length - start));

    internal void Add(RefusedRow row) => _refused.Add(row);
}
