using AirportOps.Reliability;

namespace AirportOps.Lake;

/// <summary>The words for what can go wrong with a lake in a directory.</summary>
internal static class LakeFailure
{
    /// <summary>A call into the file system failed.</summary>
    /// <param name="action">What was tried, as in "put 'key' into".</param>
    /// <param name="directory">The lake.</param>
    /// <param name="exception">Of the file system.</param>
    public static LakeException Of(string action, string directory, Exception exception) =>
        Faults.IsDiskFull(exception)
            ? new($"Can't {action} the lake '{directory}': the disk is full; free space and it goes on.", Fault.Outside, exception)
            : new($"Can't {action} the lake '{directory}': {exception.Message}", Fault.Operator, exception);
}
