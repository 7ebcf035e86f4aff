namespace AirportOps.Pipeline.Batch;

/// <summary>
/// A file written front to back that need not stay open in between: a batch can have more files under way than a process may open. Writes only.
/// </summary>
/// <param name="path">Where; created by the first write, its folder too.</param>
/// <param name="folder">Told of every step.</param>
internal sealed class AppendedFile(string path, OutputFolder folder) : OutputStream
{
    private FileStream? _open;
    private bool _isCreated;
    private long _length;

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        folder.Step();
        if (_open is null)
        {
            if (!_isCreated)
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            }

            _open = new FileStream(path, _isCreated ? FileMode.Append : FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            _isCreated = true;
        }

        _open.Write(buffer);
        _length += buffer.Length;
    }

    /// <summary>Closes the file until the next write.</summary>
    internal void Release()
    {
        _open?.Dispose();
        _open = null;
    }

    /// <summary>Makes everything written durable and closes the file.</summary>
    internal void Complete()
    {
        _open?.Flush(flushToDisk: true);
        Release();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
        }

        base.Dispose(disposing);
    }
}
