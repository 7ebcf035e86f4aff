namespace AirportOps.Pipeline.Batch;

/// <summary>What became of one record.</summary>
/// <param name="File">The file it stands in.</param>
/// <param name="Number">Its number there, from 1.</param>
/// <param name="Raw">The line as it arrived.</param>
/// <param name="Events">The events in it: those that could be read, then the refused ones.</param>
public sealed record ExplainedRecord(string File, long Number, ReadOnlyMemory<byte> Raw, IReadOnlyList<ExplainedEvent> Events);
