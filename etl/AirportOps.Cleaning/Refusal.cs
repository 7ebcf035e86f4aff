namespace AirportOps.Cleaning;

/// <summary>An event that was refused: what a quarantine line says.</summary>
public sealed class Refusal
{
    /// <summary>One of <see cref="CleaningRules.RefusalReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The field at fault; null where the reason is not about one field.</summary>
    public string? Field { get; init; }

    /// <summary>What was found and what was expected, in one line.</summary>
    public required string Detail { get; init; }

    /// <summary>The event's id as it came, trimmed; null where it is absent or can't be read.</summary>
    public string? EventId { get; init; }

    /// <summary>The shard's id, or the file's name.</summary>
    public required string Shard { get; init; }

    /// <summary>The record's sequence number, or its number in the file.</summary>
    public required string Sequence { get; init; }

    /// <summary>Arrival of the record, microseconds since 1970-01-01 UTC.</summary>
    public required long ArrivedMicros { get; init; }

    /// <summary>
    /// The original bytes: the whole record where it held one event, else the refused element's own
    /// (of events in a JSON string: after unescaping). A copy that stays valid after the batch is cleared.
    /// </summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }
}
