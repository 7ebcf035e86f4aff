namespace AirportOps.Lake;

/// <summary>An object store: whole objects under keys, published atomically. Safe for concurrent use, also by other processes.</summary>
/// <remarks>
/// What was put is seen by every read and list that starts afterwards. Keys follow <see cref="LakeKey"/>; another key is an
/// <see cref="ArgumentException"/>. Outside trouble is a <see cref="LakeException"/> from every member.
/// </remarks>
public interface ILake
{
    /// <summary>The store as a URI, for messages: <c>file:/var/airportops/lake</c>, <c>s3://bucket/prefix</c>.</summary>
    string Location { get; }

    /// <summary>How often to look for what others put into it.</summary>
    LookPace Pace => LookPace.OfPaidRequests;

    /// <summary>Publishes an object, atomically and durably.</summary>
    /// <returns>False when it was to be created only if absent and there was one, which stays as it is.</returns>
    Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken);

    /// <summary>Starts an object that is written piece by piece; the upload is the caller's to complete and dispose.</summary>
    Task<LakeUpload> CreateAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Opens an object's content as it is now: replaced or deleted meanwhile, the stream goes on giving the old one or fails, it never
    /// mixes the two. Seekable on <c>file:</c>, forward-only on S3.
    /// </summary>
    /// <exception cref="LakeObjectNotFoundException">There is no such object.</exception>
    Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>An object's whole content, at most <see cref="Array.MaxLength"/> bytes.</summary>
    /// <exception cref="LakeObjectNotFoundException">There is no such object.</exception>
    Task<byte[]> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>An object's whole content, or null when there is none.</summary>
    Task<byte[]?> TryGetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Bytes of an object's content from an offset on: fewer than asked where it ends before, none behind its end.</summary>
    /// <exception cref="LakeObjectNotFoundException">There is no such object.</exception>
    Task<byte[]> GetRangeAsync(string key, long offset, int count, CancellationToken cancellationToken);

    /// <summary>An object without its content, or null when there is none.</summary>
    Task<LakeObject?> HeadAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// The objects whose keys start with a prefix, at any depth, in ascending order of <see cref="LakeKey.Comparer"/>.
    /// What is published or deleted while the list is read may be in it or not; everything else is in it once.
    /// </summary>
    /// <param name="prefix">A part of the string, not a folder: <c>a/b</c> finds <c>a/bc</c>; empty finds all.</param>
    /// <param name="startAfter">Only keys greater than this one; null for all.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken);

    /// <summary>
    /// The first object of <see cref="ListAsync"/>, or null when there is none: for a look at what comes next, which does not pay for the rest of the list.
    /// </summary>
    async Task<LakeObject?> FirstAsync(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        await foreach (var found in ListAsync(prefix, startAfter, cancellationToken).ConfigureAwait(false))
        {
            return found;
        }

        return null;
    }

    /// <summary>
    /// The names directly under a folder that are folders themselves, in order. On <c>file:</c> also those of which every object was deleted.
    /// </summary>
    /// <param name="folder">Its keys' beginning, with a slash at its end.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    async Task<IReadOnlyList<string>> ListFoldersAsync(string folder, CancellationToken cancellationToken)
    {
        var folders = new List<string>();

        // '0' follows '/' in the order of keys: the next key greater than this lies outside the folder just found.
        for (string? startAfter = null; await FirstAsync(folder, startAfter, cancellationToken).ConfigureAwait(false) is { } found;)
        {
            var end = found.Key.IndexOf('/', folder.Length);
            startAfter = end < 0 ? found.Key : $"{found.Key[..end]}0";
            if (end > 0)
            {
                folders.Add(found.Key[folder.Length..end]);
            }
        }

        return folders;
    }

    /// <summary>Removes an object; one that is not there is fine.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
