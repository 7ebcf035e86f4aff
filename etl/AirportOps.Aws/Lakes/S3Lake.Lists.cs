using System.Runtime.CompilerServices;
using AirportOps.Lake;
using Amazon.S3.Model;

namespace AirportOps.Aws.Lakes;

/// <summary>Lists, which cost twelve times what reads do: each asks for the least it needs.</summary>
public sealed partial class S3Lake
{
    /// <inheritdoc/>
    public IAsyncEnumerable<LakeObject> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        LakeKey.ValidatePrefix(prefix);
        return PagesAsync(prefix, startAfter, maxKeys: null, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<LakeObject?> FirstAsync(string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        LakeKey.ValidatePrefix(prefix);
        await foreach (var found in PagesAsync(prefix, startAfter, maxKeys: 1, cancellationToken).ConfigureAwait(false))
        {
            return found;
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListFoldersAsync(string folder, CancellationToken cancellationToken)
    {
        LakeKey.ValidatePrefix(folder);
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        var folders = new List<string>();
        var request = new ListObjectsV2Request
        {
            BucketName = _place.Bucket,
            Prefix = _place.Root + folder,
            Delimiter = "/",
            ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
        };
        do
        {
            var page = await _place
                .CallAsync("s3:ListBucket", null, token => _client.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);
            folders.AddRange((page.CommonPrefixes ?? []).Select(name => name[request.Prefix.Length..^1]).Where(LakeKey.IsKey));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (!string.IsNullOrEmpty(request.ContinuationToken));
        return folders;
    }

    private async IAsyncEnumerable<LakeObject> PagesAsync(
        string prefix, string? startAfter, int? maxKeys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        var request = new ListObjectsV2Request
        {
            BucketName = _place.Bucket,
            Prefix = _place.Root + prefix,
            StartAfter = startAfter is null ? null : _place.Root + startAfter,
            MaxKeys = maxKeys,
            ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
        };
        do
        {
            var page = await _place
                .CallAsync("s3:ListBucket", null, token => _client.ListObjectsV2Async(request, token), cancellationToken).ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
            {
                // Consoles put empty objects with a slash at the end for folders.
                if (found.Key[_place.Root.Length..] is var key && LakeKey.IsKey(key))
                {
                    yield return new LakeObject(key, found.Size ?? 0, Utc(found.LastModified));
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (!string.IsNullOrEmpty(request.ContinuationToken));
    }
}
