using System.Text;

namespace AirportOps.Cli.Output;

/// <summary>
/// Text that is written out whole or not at all: kept in memory, beyond a limit in a temporary file, which is gone when this is disposed.
/// </summary>
/// <param name="maxMemoryBytes">How much may lie in memory.</param>
internal sealed class WholeOutput(int maxMemoryBytes) : IAsyncDisposable
{
    private const int CopiedChars = 1 << 16;

    private Stream _kept = new MemoryStream();

    /// <summary>Whether it has outgrown the memory.</summary>
    internal bool IsInFile => _kept is FileStream;

    /// <summary>Adds text, which ends in no half of a surrogate pair.</summary>
    internal void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (_kept is MemoryStream memory && memory.Length + bytes.Length > maxMemoryBytes)
        {
            _kept = CreateFile();
            memory.WriteTo(_kept);
            memory.Dispose();
        }

        _kept.Write(bytes);
    }

    /// <summary>Writes all of it out.</summary>
    internal async Task CopyToAsync(TextWriter output, CancellationToken cancellationToken)
    {
        _kept.Position = 0;
        using var reader = new StreamReader(_kept, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var buffer = new char[CopiedChars];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var length)
        {
            await output.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _kept.DisposeAsync();

    /// <summary>A file of the user alone: it holds rows of the warehouse.</summary>
    private static FileStream CreateFile() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        FileModes.Private(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, options: FileOptions.DeleteOnClose));
}
