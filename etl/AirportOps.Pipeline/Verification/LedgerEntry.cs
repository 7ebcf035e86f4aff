using System.Text.Json;
using AirportOps.Cleaning;

namespace AirportOps.Pipeline.Verification;

/// <summary>What a ledger says must become of one event.</summary>
internal sealed record LedgerEntry
{
    /// <summary>What becomes of the event.</summary>
    internal required LedgerOutcome Outcome { get; init; }

    /// <summary>The kinds of mess that were made of the event, joined by commas; empty for none.</summary>
    internal required string Mess { get; init; }

    /// <summary>The event's id; null where it has none that could be read.</summary>
    internal string? EventId { get; init; }

    /// <summary>What the row is about; rows only.</summary>
    internal Entity Entity { get; init; }

    /// <summary>The row's fields that are not null; rows only.</summary>
    internal JsonElement Row { get; init; }

    /// <summary>The row's repairs, sorted and joined by commas; null for none.</summary>
    internal string? Repairs { get; init; }

    /// <summary>Why the event is refused; refusals only.</summary>
    internal string? Reason { get; init; }
}
