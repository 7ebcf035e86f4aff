using System.Diagnostics;
using System.Globalization;
using AirportOps.Reliability;
using Microsoft.Win32.SafeHandles;

namespace AirportOps.Streams;

/// <summary>The right to write to a stream on disk, held until disposed or until the process ends, however it ends.</summary>
internal sealed class WriterLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private WriterLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock, at once or not at all.</summary>
    /// <exception cref="StreamException">Another writer has it, in this process or another; the message says which.</exception>
    public static WriterLock Take(string directory, TimeProvider clock)
    {
        // The lock file itself can't be read by others while it is locked.
        var holderPath = Path.Combine(directory, "writer.txt");
        SafeFileHandle? file = null;
        try
        {
            file = FileModes.OpenPrivate(Path.Combine(directory, "writer.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            using var process = Process.GetCurrentProcess();
            using var holder = new StreamWriter(holderPath, FileModes.Private(FileMode.Create, FileAccess.Write, FileShare.Read));
            holder.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"process {process.Id} ({process.ProcessName}) since {clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}"));
            return new WriterLock(file);
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            file?.Dispose();
            throw IsHeld(exception)
                ? new StreamException(
                    $"The stream in '{directory}' has a writer already: {Holder(holderPath)}; wait until it ends, or stop it.",
                    Fault.Outside,
                    exception)
                : LocalStreamFailure.Of("lock", directory, exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static bool IsHeld(Exception exception)
    {
        const int LinuxWouldBlock = 11;
        const int MacWouldBlock = 35;
        const int WindowsSharingViolation = unchecked((int)0x80070020);
        return exception.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation;
    }

    private static string Holder(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            return "one that has just started";
        }
    }
}
