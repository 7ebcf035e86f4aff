using Microsoft.Win32.SafeHandles;

namespace AirportOps.Streams;

/// <summary>The real file system.</summary>
internal sealed class LogFiles : ILogFiles
{
    /// <inheritdoc/>
    public SafeFileHandle Create(string path) =>
        FileModes.OpenPrivate(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc/>
    public SafeFileHandle OpenExisting(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc/>
    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    /// <inheritdoc/>
    public void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void FlushDirectory(string path) => DurableDirectory.Flush(path);
}
