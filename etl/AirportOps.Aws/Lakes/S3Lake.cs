using System.Net;
using System.Runtime.InteropServices;
using AirportOps.Aws.Connecting;
using AirportOps.Lake;
using AirportOps.Reliability;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Logging;

namespace AirportOps.Aws.Lakes;

/// <summary>A lake in a bucket of S3, which must exist; it is looked at when the lake is first used.</summary>
/// <remarks>
/// Every object carries a mark of the put that made it, in its metadata. A put-if-absent that is answered "there is one already" after an
/// answer was lost looks at the mark: was it I who wrote? Needs <c>s3:ListBucket</c>, <c>GetObject</c>, <c>PutObject</c>,
/// <c>DeleteObject</c>, <c>AbortMultipartUpload</c>, and with a KMS key <c>kms:GenerateDataKey</c> and <c>kms:Decrypt</c>. A lifecycle rule should
/// remove uploads that were never completed.
/// </remarks>
public sealed partial class S3Lake : ILake, IDisposable
{
    /// <summary>Metadata that names the put an object comes from.</summary>
    internal const string Mark = "airportops-put";

    private readonly IAmazonS3 _client;
    private readonly S3Place _place;
    private volatile bool _isKnownToBeThere;

    private S3Lake(IAmazonS3 client, S3Place place) => (_client, _place) = (client, place);

    /// <inheritdoc/>
    public string Location => _place.Location;

    /// <summary>Names a lake to use; nothing is called yet.</summary>
    /// <param name="place">The bucket and, after a slash, a prefix that follows <see cref="LakeKey"/>, or none.</param>
    /// <param name="aws">How AWS is reached.</param>
    /// <param name="options">See there.</param>
    /// <param name="logger">Told of trouble that is waited out.</param>
    /// <param name="clock">Waits.</param>
    /// <exception cref="UsageException">The place is none.</exception>
    /// <exception cref="LakeException">There is no region.</exception>
    public static S3Lake Open(string place, AwsOptions aws, S3LakeOptions options, ILogger logger, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        var (bucket, prefix) = slash < 0 ? (place, string.Empty) : (place[..slash], place[(slash + 1)..].TrimEnd('/'));
        if (bucket.Length is < 3 or > 63 || !bucket.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '.'))
        {
            throw new UsageException($"'{bucket}' is no name of a bucket: expected 3 to 63 lower-case letters, digits, '-' and '.'");
        }

        if (prefix.Length > 0)
        {
            try
            {
                LakeKey.Validate(prefix);
            }
            catch (ArgumentException wrong)
            {
                throw new UsageException($"'{prefix}' is no prefix of a lake: {wrong.Message.Split(" (Parameter", 2)[0]}");
            }

            prefix += '/';
        }

        try
        {
            var client = new AwsClients(aws).S3();
            return new S3Lake(client, new S3Place(bucket, prefix, client.Config.ServiceURL, options, logger, clock));
        }
        catch (AmazonClientException unfit)
        {
            // Without a region there is no client.
            var nowhere = new S3Place(bucket, prefix, aws.Endpoint, options, logger, clock);
            throw nowhere.Failure(nowhere.Describe(unfit, "s3:ListBucket", null), unfit);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        LakeKey.Validate(key);
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        var mark = NewMark();
        return await _place.CallAsync("s3:PutObject", key, PutOnceAsync, cancellationToken).ConfigureAwait(false);

        async Task<bool> PutOnceAsync(CancellationToken token)
        {
            using var body = AsStream(content);
            var request = new PutObjectRequest
            {
                BucketName = _place.Bucket,
                Key = _place.Root + key,
                InputStream = body,
                AutoCloseStream = false,
                ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
                IfNoneMatch = mode == PutMode.IfAbsent ? "*" : null,
            };
            request.Metadata.Add(Mark, mark);
            if (_place.Options.KmsKeyId is { } kmsKey)
            {
                request.ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS;
                request.ServerSideEncryptionKeyManagementServiceKeyId = kmsKey;
            }

            try
            {
                await _client.PutObjectAsync(request, token).ConfigureAwait(false);
                return true;
            }
            catch (AmazonS3Exception taken) when (taken.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return await HasMarkAsync(key, mark, token).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<LakeUpload> CreateAsync(string key, CancellationToken cancellationToken)
    {
        LakeKey.Validate(key);
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new S3Upload(this, _client, _place, key);
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        await TryOpenAsync(key, cancellationToken).ConfigureAwait(false) ?? throw NotFound(key);

    /// <inheritdoc/>
    public async Task<byte[]> GetAsync(string key, CancellationToken cancellationToken) =>
        await TryGetAsync(key, cancellationToken).ConfigureAwait(false) ?? throw NotFound(key);

    /// <inheritdoc/>
    public async Task<byte[]?> TryGetAsync(string key, CancellationToken cancellationToken)
    {
        var content = await TryOpenAsync(key, cancellationToken).ConfigureAwait(false);
        if (content is null)
        {
            return null;
        }

        await using (content.ConfigureAwait(false))
        {
            if (content.ObjectBytes > Array.MaxLength)
            {
                throw new LakeException(
                    $"The object '{key}' of the lake {Location} has {content.ObjectBytes} bytes, too many to take whole: read it as a stream.",
                    Fault.Operator,
                    null);
            }

            var bytes = new byte[content.ObjectBytes];
            await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes;
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]> GetRangeAsync(string key, long offset, int count, CancellationToken cancellationToken)
    {
        LakeKey.Validate(key);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
        {
            return await HeadAsync(key, cancellationToken).ConfigureAwait(false) is null ? throw NotFound(key) : [];
        }

        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        return await _place.CallAsync("s3:GetObject", key, GetOnceAsync, cancellationToken).ConfigureAwait(false);

        async Task<byte[]> GetOnceAsync(CancellationToken token)
        {
            try
            {
                var request = new GetObjectRequest
                {
                    BucketName = _place.Bucket,
                    Key = _place.Root + key,
                    ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
                    ByteRange = new ByteRange(offset, offset + count - 1),
                };
                using var answer = await _client.GetObjectAsync(request, token).ConfigureAwait(false);
                var bytes = new byte[answer.ContentLength];
                await answer.ResponseStream.ReadExactlyAsync(bytes, token).ConfigureAwait(false);
                return bytes;
            }
            catch (AmazonS3Exception behind) when (behind.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return [];
            }
            catch (AmazonS3Exception missing) when (IsNoSuchKey(missing))
            {
                throw NotFound(key);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<LakeObject?> HeadAsync(string key, CancellationToken cancellationToken) =>
        await MetadataAsync(key, cancellationToken).ConfigureAwait(false) is { } found
            ? new LakeObject(key, found.ContentLength, Utc(found.LastModified))
            : null;

    /// <inheritdoc/>
    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        LakeKey.Validate(key);
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        var request = new DeleteObjectRequest
        {
            BucketName = _place.Bucket,
            Key = _place.Root + key,
            ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
        };
        await _place.CallAsync("s3:DeleteObject", key, token => _client.DeleteObjectAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>A mark for one put; every try of it carries the same.</summary>
    internal static string NewMark() => Guid.NewGuid().ToString("N");

    /// <summary>A stream over memory, without a copy where it lies in an array.</summary>
    internal static MemoryStream AsStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);

    /// <summary>Whether the object that is there comes from this put.</summary>
    internal async Task<bool> HasMarkAsync(string key, string mark, CancellationToken cancellationToken) =>
        (await MetadataAsync(key, cancellationToken).ConfigureAwait(false))?.Metadata[Mark] == mark;

    private static bool IsNoSuchKey(AmazonS3Exception exception) =>
        exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode is "NoSuchKey" or "NotFound";

    private static DateTimeOffset Utc(DateTime? time) => new(DateTime.SpecifyKind(time ?? DateTime.UnixEpoch, DateTimeKind.Utc));

    private LakeObjectNotFoundException NotFound(string key) => new(Location, key, null);

    private async Task<GetObjectMetadataResponse?> MetadataAsync(string key, CancellationToken cancellationToken)
    {
        LakeKey.Validate(key);
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        var request = new GetObjectMetadataRequest
        {
            BucketName = _place.Bucket,
            Key = _place.Root + key,
            ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
        };
        return await _place.CallAsync("s3:GetObject", key, HeadOnceAsync, cancellationToken).ConfigureAwait(false);

        async Task<GetObjectMetadataResponse?> HeadOnceAsync(CancellationToken token)
        {
            try
            {
                return await _client.GetObjectMetadataAsync(request, token).ConfigureAwait(false);
            }
            catch (AmazonS3Exception missing) when (IsNoSuchKey(missing))
            {
                return null;
            }
        }
    }

    private async Task<S3ObjectStream?> TryOpenAsync(string key, CancellationToken cancellationToken)
    {
        LakeKey.Validate(key);
        await EnsureThereAsync(cancellationToken).ConfigureAwait(false);
        return await _place.CallAsync("s3:GetObject", key, OpenOnceAsync, cancellationToken).ConfigureAwait(false);

        async Task<S3ObjectStream?> OpenOnceAsync(CancellationToken token)
        {
            try
            {
                return await S3ObjectStream.OpenAsync(_client, _place, key, token).ConfigureAwait(false);
            }
            catch (AmazonS3Exception missing) when (IsNoSuchKey(missing))
            {
                return null;
            }
        }
    }

    /// <summary>Trouble with the whole bucket is told before any work is begun.</summary>
    private async Task EnsureThereAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isKnownToBeThere)
        {
            return;
        }

        try
        {
            // A list and not a HEAD, whose answer has no body and so keeps back why it refuses: credentials, the clock, the region or the policy. What is down
            // at the start is told at once, what is only asked too often is waited for.
            var request = new ListObjectsV2Request
            {
                BucketName = _place.Bucket,
                Prefix = _place.Root,
                MaxKeys = 1,
                ExpectedBucketOwner = _place.Options.ExpectedBucketOwner,
            };
            await _place.CallAsync("s3:ListBucket", null, ListOnceAsync, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            _isKnownToBeThere = true;

            async Task<ListObjectsV2Response> ListOnceAsync(CancellationToken token)
            {
                try
                {
                    return await _client.ListObjectsV2Async(request, token).ConfigureAwait(false);
                }
                catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
                {
                    throw new LakeException(
                        $"There is no bucket {_place.Bucket}; check its name, or create it: aws s3 mb s3://{_place.Bucket}.", Fault.Operator, missing);
                }
            }
        }
        catch (LakeException failed) when (failed.InnerException is AmazonS3Exception refused && AwsTrouble.DeniedBy(refused) is { Action: null })
        {
            var owner = _place.Options.ExpectedBucketOwner is { } account ? $", or the bucket is not account {account}'s" : string.Empty;
            throw new LakeException(
                $"The lake {Location} can't be used: access denied: allow s3:ListBucket on bucket {_place.Bucket} in the policy of the credentials in use{owner}.",
                Fault.Operator,
                refused);
        }
    }
}
