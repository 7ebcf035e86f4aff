namespace AirportOps.Streams;

/// <summary>Records of a shard that were trimmed away before they were read, or may have been.</summary>
/// <param name="After">The last record before the hole.</param>
/// <param name="LostThrough">The last record that is gone; null where the stream can't say.</param>
/// <param name="FirstAvailable">The first record behind the hole; null where there is none yet.</param>
/// <param name="FirstArrived">When that arrived, UTC; null where there is none yet.</param>
/// <param name="IsCertain">
/// Whether a record was lost for certain. <c>kinesis:</c> can't tell: its numbers are not dense, so that nothing shows whether there was a record
/// between two. It says that more time than the retention has passed and the last record is gone.
/// </param>
public sealed record RecordGap(
    SequenceNumber After, SequenceNumber? LostThrough, SequenceNumber? FirstAvailable, DateTimeOffset? FirstArrived, bool IsCertain);
