using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using AirportOps.Reliability;

namespace AirportOps.Lake;

/// <summary>A lake in a directory: an object is the file at its key.</summary>
/// <remarks>
/// Objects are written under a hidden folder of the lake and get their name when they are whole and on disk. Folders come with the first
/// object in them and stay when the last is deleted: to remove one could pull it from under an object being published. A key
/// can't be an object and the folder of another at once, which S3 allows.
/// </remarks>
public sealed class FileLake : ILake
{
    /// <summary>Age at which an upload that never ended is taken for abandoned.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(24);

    private readonly string _directory;
    private readonly string _uploads;

    private FileLake(string directory, string uploads) => (_directory, _uploads) = (directory, uploads);

    /// <inheritdoc/>
    public string Location => "file:" + _directory;

    /// <inheritdoc/>
    public LookPace Pace => LookPace.OfDirectory;

    /// <summary>Opens a lake, creates it where there is none, and sweeps what uploads that never ended left a day ago or earlier.</summary>
    /// <exception cref="LakeException">The directory can't be used.</exception>
    public static FileLake Open(string directory, TimeProvider clock)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        try
        {
            var uploads = Path.Combine(root, ".uploads");
            DurableDirectory.Create(uploads, root);
            var lastKept = clock.GetUtcNow() - AbandonedAfter;
            foreach (var upload in new DirectoryInfo(uploads).EnumerateFiles().Where(file => file.LastWriteTimeUtc < lastKept))
            {
                upload.Delete();
            }

            return new FileLake(root, uploads);
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            throw LakeFailure.Of("open", root, exception);
        }
    }

    /// <summary>Opens a directory only to read objects from it: nothing is created or swept, and it may be a read-only one.</summary>
    public static FileLake OpenToRead(string directory)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return new FileLake(root, Path.Combine(root, ".uploads"));
    }

    /// <inheritdoc/>
    public async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        var upload = Create(key, cancellationToken);
        await using (upload.ConfigureAwait(false))
        {
            await upload.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            return await upload.CompleteAsync(mode, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<LakeUpload> CreateAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult<LakeUpload>(Create(key, cancellationToken));

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream>(TryOpen(key) ?? throw NotFound(key));
    }

    /// <inheritdoc/>
    public async Task<byte[]> GetAsync(string key, CancellationToken cancellationToken) =>
        await TryGetAsync(key, cancellationToken).ConfigureAwait(false) ?? throw NotFound(key);

    /// <inheritdoc/>
    public Task<byte[]?> TryGetAsync(string key, CancellationToken cancellationToken) =>
        ReadAsync(key, 0, Array.MaxLength, mayBeShort: false, cancellationToken);

    /// <inheritdoc/>
    public async Task<byte[]> GetRangeAsync(string key, long offset, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return await ReadAsync(key, offset, count, mayBeShort: true, cancellationToken).ConfigureAwait(false) ?? throw NotFound(key);
    }

    /// <inheritdoc/>
    public Task<LakeObject?> HeadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = TryOpen(key);
        return Task.FromResult(file is null ? null : new LakeObject(key, file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle)));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        LakeKey.ValidatePrefix(prefix);
        return WalkAsync(prefix, startAfter, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListFoldersAsync(string folder, CancellationToken cancellationToken)
    {
        LakeKey.ValidatePrefix(folder);
        return Task.Run<IReadOnlyList<string>>(
            () => [.. Children(folder).Where(name => name[^1] == '/').Order(LakeKey.Comparer).Select(name => name[folder.Length..^1])],
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        LakeKey.Validate(key);
        var path = PathOf(key);
        return Task.Run(
            () =>
            {
                try
                {
                    if (File.Exists(path))
                    {
                        File.Delete(path);
                        DurableDirectory.Flush(Path.GetDirectoryName(path)!);
                    }
                }
                catch (Exception exception) when (Faults.IsOfFiles(exception))
                {
                    throw LakeFailure.Of($"delete '{key}' from", _directory, exception);
                }
            },
            cancellationToken);
    }

    private string PathOf(string key) => Path.Combine(_directory, key);

    private LakeObjectNotFoundException NotFound(string key) => new(Location, key, null);

    private FileUpload Create(string key, CancellationToken cancellationToken)
    {
        LakeKey.Validate(key);
        cancellationToken.ThrowIfCancellationRequested();
        return new FileUpload(_directory, key, Path.Combine(_uploads, Guid.NewGuid().ToString("N")), PathOf(key));
    }

    private FileStream? TryOpen(string key)
    {
        LakeKey.Validate(key);
        var path = PathOf(key);
        try
        {
            const FileShare Anything = FileShare.ReadWrite | FileShare.Delete;
            return new FileStream(path, FileMode.Open, FileAccess.Read, Anything, bufferSize: 1 << 16, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            return exception is FileNotFoundException or DirectoryNotFoundException || Directory.Exists(path)
                ? null
                : throw LakeFailure.Of($"read '{key}' from", _directory, exception);
        }
    }

    private async Task<byte[]?> ReadAsync(string key, long offset, int count, bool mayBeShort, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = TryOpen(key);
        if (file is null)
        {
            return null;
        }

        await using (file.ConfigureAwait(false))
        {
            var available = Math.Max(0, file.Length - offset);
            if (available > count && !mayBeShort)
            {
                throw new LakeException(
                    $"The object '{key}' of the lake '{_directory}' has {file.Length} bytes, too many to take whole: read it as a stream.",
                    Fault.Operator,
                    null);
            }

            try
            {
                var content = new byte[Math.Min(count, available)];
                file.Position = offset;
                await file.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
                return content;
            }
            catch (Exception exception) when (Faults.IsOfFiles(exception))
            {
                throw LakeFailure.Of($"read '{key}' from", _directory, exception);
            }
        }
    }

    private async IAsyncEnumerable<LakeObject> WalkAsync(
        string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Names still to visit, the next on top; a folder's ends in a slash.
        var pending = new Stack<string>([prefix[..(prefix.LastIndexOf('/') + 1)]]);
        while (pending.TryPop(out var name))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name.Length > 0 && name[^1] != '/')
            {
                if (Find(name) is { } found)
                {
                    yield return found;
                }

                continue;
            }

            var children = await Task.Run(() => Children(name), cancellationToken).ConfigureAwait(false);
            foreach (var child in children.Where(IsWanted).OrderDescending(LakeKey.Comparer))
            {
                pending.Push(child);
            }
        }

        bool IsWanted(string name)
        {
            var isFolder = name[^1] == '/';
            var isInPrefix = name.StartsWith(prefix, StringComparison.Ordinal)
                || (isFolder && prefix.StartsWith(name, StringComparison.Ordinal));
            return isInPrefix
                && (startAfter is null
                    || LakeKey.Comparer.Compare(name, startAfter) > 0
                    || (isFolder && startAfter.StartsWith(name, StringComparison.Ordinal)));
        }
    }

    /// <summary>What lies in a folder, as keys; those of folders end in a slash, which is also how they are to be sorted.</summary>
    private string[] Children(string folder)
    {
        var everything = new EnumerationOptions { AttributesToSkip = 0 };
        try
        {
            return new FileSystemEnumerable<string>(
                PathOf(folder),
                (ref FileSystemEntry entry) => $"{folder}{entry.FileName}{(entry.IsDirectory ? "/" : "")}",
                everything)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => LakeKey.IsSegment(entry.FileName),
            }.ToArray();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            throw LakeFailure.Of($"list '{folder}' in", _directory, exception);
        }
    }

    private LakeObject? Find(string key)
    {
        // What the enumeration says of size and time is zero for a file deleted meanwhile; this tells.
        var file = new FileInfo(PathOf(key));
        return file.Exists ? new LakeObject(key, file.Length, file.LastWriteTimeUtc) : null;
    }
}
