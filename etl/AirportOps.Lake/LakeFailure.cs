namespace AirportOps.Lake;

/// <summary>The words for what can go wrong with a lake in a directory.</summary>
internal static class LakeFailure
{
    private const int NoSpace = 28;
    private const int LinuxQuotaExceeded = 122;
    private const int WindowsNoSpace = unchecked((int)0x80070070);

    /// <summary>Whether an exception is the file system's.</summary>
    public static bool IsOfFiles(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>A call into the file system failed.</summary>
    /// <param name="action">What was tried, as in "put 'key' into".</param>
    /// <param name="directory">The lake.</param>
    /// <param name="exception">Of the file system.</param>
    public static LakeException Of(string action, string directory, Exception exception) =>
        exception.HResult is NoSpace or LinuxQuotaExceeded or WindowsNoSpace
            ? new($"Can't {action} the lake '{directory}': the disk is full; free space and it goes on.", isTransient: true, exception)
            : new($"Can't {action} the lake '{directory}': {exception.Message}", isTransient: false, exception);
}
