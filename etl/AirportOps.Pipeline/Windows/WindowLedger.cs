namespace AirportOps.Pipeline.Windows;

/// <summary>What became of a window's records. Always <c>Events = Rows + Duplicates + the sum of Refused</c>.</summary>
public sealed record WindowLedger
{
    /// <summary>Records read from the stream.</summary>
    public required long Records { get; init; }

    /// <summary>Events found in the records; a record holds one or several, and one that is no event counts as one.</summary>
    public required long Events { get; init; }

    /// <summary>Events that became rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Events dropped because their id was accepted before with the same content.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Refused events by reason; reasons that did not occur are not in it. In the order of their names.</summary>
    public required IReadOnlyDictionary<string, long> Refused { get; init; }

    /// <summary>How many rows took each repair. In the order of their names.</summary>
    public required IReadOnlyDictionary<string, long> Repairs { get; init; }

    /// <summary>Refused events in all.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long RefusedEvents => Refused.Values.Sum();

    /// <summary>Whether every event is accounted for.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Balances => Events == Rows + Duplicates + RefusedEvents;
}
