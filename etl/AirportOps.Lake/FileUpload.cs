using AirportOps.Reliability;

namespace AirportOps.Lake;

/// <summary>An object on its way into a directory, in a file of its own under the lake's hidden folder.</summary>
internal sealed class FileUpload : LakeUpload
{
    private readonly string _directory;
    private readonly string _temporaryPath;
    private readonly string _path;
    private readonly FileStream _file;
    private State _state;
    private long _bytesWritten;

    /// <summary>Creates the file.</summary>
    /// <exception cref="LakeException">It can't be created.</exception>
    public FileUpload(string directory, string key, string temporaryPath, string path)
    {
        (_directory, Key, _temporaryPath, _path) = (directory, key, temporaryPath, path);
        try
        {
            _file = new FileStream(
                temporaryPath, FileModes.Private(FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, FileOptions.Asynchronous));
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            throw Failure("start", exception);
        }
    }

    private enum State
    {
        Open,
        Completed,
        Disposed,
    }

    /// <inheritdoc/>
    public override string Key { get; }

    /// <inheritdoc/>
    public override long BytesWritten => _bytesWritten;

    /// <inheritdoc/>
    public override bool CanWrite => _state == State.Open;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfNotOpen();
        try
        {
            _file.Write(buffer);
            _bytesWritten += buffer.Length;
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            throw Failure("write", exception);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfNotOpen();
        try
        {
            await _file.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            _bytesWritten += buffer.Length;
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            throw Failure("write", exception);
        }
    }

    /// <inheritdoc/>
    public override void Flush() => ThrowIfNotOpen();

    /// <inheritdoc/>
    public override Task<bool> CompleteAsync(PutMode mode, CancellationToken cancellationToken)
    {
        ThrowIfNotOpen();
        cancellationToken.ThrowIfCancellationRequested();
        _state = State.Completed;

        // Not cancelled half-way: the caller could not know whether it is published.
        return Task.Run(() => Publish(mode), CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _state != State.Disposed)
        {
            _state = State.Disposed;
            Discard();
        }

        base.Dispose(disposing);
    }

    private bool Publish(PutMode mode)
    {
        try
        {
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            var folder = Path.GetDirectoryName(_path)!;
            DurableDirectory.Create(folder, _directory);
            var isPublished = true;
            if (mode == PutMode.Overwrite)
            {
                File.Move(_temporaryPath, _path, overwrite: true);
            }
            else
            {
                isPublished = DurableDirectory.TryRename(_temporaryPath, _path);
            }

            if (!isPublished && Directory.Exists(_path))
            {
                throw new IOException("There is a folder of that name.");
            }

            // Also for the one who came too late: what was there must not be gone after a power cut.
            DurableDirectory.Flush(folder);
            return isPublished;
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            throw Failure("put", exception);
        }
    }

    private void Discard()
    {
        try
        {
            _file.Dispose();
            File.Delete(_temporaryPath);
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            // What is left of it is swept when a lake is opened a day later.
        }
    }

    private LakeException Failure(string action, Exception exception) => LakeFailure.Of($"{action} '{Key}' in", _directory, exception);

    private void ThrowIfNotOpen()
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        if (_state == State.Completed)
        {
            throw new InvalidOperationException($"The upload of '{Key}' is complete.");
        }
    }
}
