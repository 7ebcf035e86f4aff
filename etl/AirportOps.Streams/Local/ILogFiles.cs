using Microsoft.Win32.SafeHandles;

namespace AirportOps.Streams;

/// <summary>What the log's writer does to the file system: each call is a step that may fail, or the last before a crash.</summary>
internal interface ILogFiles
{
    /// <summary>Creates or empties a file.</summary>
    SafeFileHandle Create(string path);

    /// <summary>Opens a file that is there, to flush it.</summary>
    SafeFileHandle OpenExisting(string path);

    /// <summary>Writes bytes at an offset.</summary>
    void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Makes a file's content durable.</summary>
    void Flush(SafeFileHandle file);

    /// <summary>Renames a file, over another one if need be.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file.</summary>
    void Delete(string path);

    /// <summary>Makes a directory's entries durable.</summary>
    void FlushDirectory(string path);
}
