using AirportOps.Reliability;

namespace AirportOps.Streams;

/// <summary>The words for what can go wrong with a stream on disk.</summary>
internal static class LocalStreamFailure
{
    /// <summary>A call into the file system failed.</summary>
    /// <param name="action">What was tried, as in "write to".</param>
    /// <param name="path">Where.</param>
    /// <param name="exception">Of the file system.</param>
    public static StreamException Of(string action, string path, Exception exception) =>
        Faults.IsDiskFull(exception)
            ? new($"Can't {action} '{path}': the disk is full; free space and it goes on.", Fault.Outside, exception)
            : new($"Can't {action} '{path}': {exception.Message}", Fault.Operator, exception);

    /// <summary>A file between two others is gone.</summary>
    public static StreamException Missing(string path, string givenUpSuffix) =>
        new($"The stream's file '{path}' is missing: readers that have not had its records would pass them over."
            + $" Restore the file from a copy, or make an empty file '{path}{givenUpSuffix}' to go on without its records.",
            Fault.Operator,
            null);

    /// <summary>A reader goes on behind the end of the log.</summary>
    public static StreamException EndsBefore(string path, ulong after) =>
        new(FormattableString.Invariant($"The stream's log '{path}' ends before sequence {after}, up to which this reader's stage has already read: ")
            + "its last file was cut or replaced, and what is appended now would be passed over. Restore the log from a copy; without one, run"
            + " './airportops generation begin' and give the stream another name, as docs/damages.md says.",
            Fault.Operator,
            null);

    /// <summary>What was durable can't be read any more.</summary>
    public static StreamException Damaged(string path, long offset) =>
        new($"The stream's file '{path}' is damaged at byte {offset}: records there are lost or were changed on disk;"
            + " restore the file from a copy or, once its shard has a newer file, append '.lost' to its name to go on without its records.",
            Fault.Operator,
            null);
}
