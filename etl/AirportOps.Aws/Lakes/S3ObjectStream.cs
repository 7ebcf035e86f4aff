using System.Net;
using AirportOps.Aws.Connecting;
using AirportOps.Lake;
using AirportOps.Reliability;
using Amazon.S3;
using Amazon.S3.Model;

namespace AirportOps.Aws.Lakes;

/// <summary>
/// An object's content, forward only. A connection that breaks is replaced from where it broke, by a range of the same version of the object
/// (compared by its ETag), so that no read mixes two contents.
/// </summary>
internal sealed class S3ObjectStream : Stream
{
    /// <summary>Breaks in a row without a byte between them, and then that is a failure. An object that was replaced is told at once.</summary>
    private static readonly RetryOptions Breaks =
        new() { MaxAttempts = 5, FirstDelay = TimeSpan.Zero, FaultOf = failure => failure is AwsFailure ? Fault.Ours : Fault.Operator };

    private readonly IAmazonS3 _client;
    private readonly S3Place _place;
    private readonly string _key;
    private readonly string _eTag;
    private readonly Retry _retry;
    private GetObjectResponse? _answer;
    private long _position;

    private S3ObjectStream(IAmazonS3 client, S3Place place, string key, GetObjectResponse answer) =>
        (_client, _place, _key, _answer, _eTag, _retry, ObjectBytes) =
        (client, place, key, answer, answer.ETag, new Retry(Breaks, place.Clock), answer.ContentLength);

    /// <summary>Bytes of the whole object.</summary>
    public long ObjectBytes { get; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens an object; trouble is the SDK's.</summary>
    public static async Task<S3ObjectStream> OpenAsync(IAmazonS3 client, S3Place place, string key, CancellationToken cancellationToken)
    {
        var answer = await client.GetObjectAsync(Request(place, key), cancellationToken).ConfigureAwait(false);
        return new S3ObjectStream(client, place, key, answer);
    }

    /// <inheritdoc/>
    /// <exception cref="LakeException">The connection broke and can't be replaced.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= ObjectBytes || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            return await _retry.RunAsync(TryAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsFailure broken)
        {
            throw _place.Failure(broken.Trouble, broken.InnerException!);
        }

        async Task<int> TryAsync(CancellationToken stop)
        {
            try
            {
                _answer ??= await _place.CallAsync("s3:GetObject", _key, ReopenAsync, stop).ConfigureAwait(false);
                var read = await _answer.ResponseStream.ReadAsync(buffer, stop).ConfigureAwait(false);
                _position += read;
                return read > 0 ? read : throw new EndOfStreamException($"The answer ended {ObjectBytes - _position} bytes early");
            }
            catch (Exception exception) when (exception is not LakeException && AwsTrouble.IsOfAws(exception, cancellationToken))
            {
                _answer?.Dispose();
                _answer = null;
                throw new AwsFailure(_place.Describe(exception, "s3:GetObject", _key), exception);
            }
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    /// <remarks>Blocks: decompressors may read this way, and a break has to be mended here too.</remarks>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _answer?.Dispose();
            _answer = null;
        }

        base.Dispose(disposing);
    }

    private static GetObjectRequest Request(S3Place place, string key) => new()
    {
        BucketName = place.Bucket,
        Key = place.Root + key,
        ExpectedBucketOwner = place.Options.ExpectedBucketOwner,
    };

    private async Task<GetObjectResponse> ReopenAsync(CancellationToken cancellationToken)
    {
        var request = Request(_place, _key);
        request.EtagToMatch = _eTag;
        request.ByteRange = new ByteRange(_position, ObjectBytes - 1);
        try
        {
            return await _client.GetObjectAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception changed) when (changed.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            throw new LakeException(
                $"The object '{_key}' of the lake {_place.Location} was replaced or deleted while it was read; read it again.", Fault.Outside, changed);
        }
    }
}
