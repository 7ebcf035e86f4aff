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

    /// <summary>What was durable can't be read any more.</summary>
    public static StreamException Damaged(string path, long offset) =>
        new($"The stream's file '{path}' is damaged at byte {offset}: records there are lost or were changed on disk;"
            + " restore the file from a copy or, once its shard has a newer file, remove it to go on without its records.",
            Fault.Operator,
            null);
}
