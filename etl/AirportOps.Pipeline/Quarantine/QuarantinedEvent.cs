using System.Globalization;

namespace AirportOps.Pipeline.Quarantine;

/// <summary>A refused event as the quarantine keeps it.</summary>
/// <param name="Reason">Why it was refused, one of the reasons of the cleaning rules.</param>
/// <param name="Field">The field at fault; null where the reason is not about one.</param>
/// <param name="Detail">What was found and what was expected.</param>
/// <param name="EventId">The event's id as it came; null where none could be read.</param>
/// <param name="Shard">The shard it came on.</param>
/// <param name="Sequence">Its record's sequence number.</param>
/// <param name="Arrived">When it arrived, <c>YYYY-MM-DDTHH:MM:SS[.ffffff]Z</c>.</param>
/// <param name="Raw">The original bytes.</param>
public sealed record QuarantinedEvent(
    string Reason,
    string? Field,
    string Detail,
    string? EventId,
    string Shard,
    string Sequence,
    string Arrived,
    ReadOnlyMemory<byte> Raw)
{
    /// <summary>When it arrived, microseconds since 1970-01-01 UTC.</summary>
    public long ArrivedMicros { get; } = Iso8601.ToMicros(DateTimeOffset.Parse(Arrived, CultureInfo.InvariantCulture));
}
